"""Sums up test results, .NET's (trx) and JUnit's (xml): verdict.py STATUS FILE…  prints what failed, then `N passed, N failed[, N skipped]`."""
import sys
import xml.etree.ElementTree as xml

NAMESPACE = {"t": "http://microsoft.com/schemas/VisualStudio/TeamTest/2010"}


def results_of(tree):
    """Each test's name and outcome, in trx's words."""
    for result in tree.iterfind(".//t:UnitTestResult", NAMESPACE):
        yield result.get("testName"), result.get("outcome")
    for case in tree.iter("testcase"):
        outcome = "Failed" if {"failure", "error"} & {child.tag for child in case} else "NotExecuted" if case.find("skipped") is not None else "Passed"
        yield f"{case.get('classname')}: {case.get('name')}", outcome


status, files = int(sys.argv[1]), sys.argv[2:]
outcomes = {"Passed": 0, "Failed": 0, "NotExecuted": 0}
for file in files:
    try:
        tree = xml.parse(file)
    except (OSError, xml.ParseError) as fault:
        print(f"{file}: {fault}", file=sys.stderr)
        status = status or 1
        continue
    for name, outcome in results_of(tree):
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        if outcome not in ("Passed", "NotExecuted"):
            print(f"{outcome}: {name}", file=sys.stderr)
    # A test host that crashed leaves a file whose summary alone says so.
    summary = tree.find(".//t:ResultSummary", NAMESPACE)
    if summary is not None and summary.get("outcome") == "Failed":
        status = status or 1

passed, skipped = outcomes.pop("Passed"), outcomes.pop("NotExecuted")
failed = sum(outcomes.values())
if passed + failed == 0 or (status and not failed):
    print("The test run itself failed; its output above says why.", file=sys.stderr)
    failed += 1
print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""), flush=True)
sys.exit(1 if failed else 0)
