"""Sums up test results: verdict.py STATUS FILE.trx…  prints what failed, then `N passed, N failed[, N skipped]`."""
import sys
import xml.etree.ElementTree as xml

NAMESPACE = {"t": "http://microsoft.com/schemas/VisualStudio/TeamTest/2010"}

status, files = int(sys.argv[1]), sys.argv[2:]
outcomes = {"Passed": 0, "Failed": 0, "NotExecuted": 0}
for file in files:
    try:
        tree = xml.parse(file)
    except (OSError, xml.ParseError) as fault:
        print(f"{file}: {fault}", file=sys.stderr)
        status = status or 1
        continue
    for result in tree.iterfind(".//t:UnitTestResult", NAMESPACE):
        outcome = result.get("outcome")
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        if outcome not in ("Passed", "NotExecuted"):
            print(f"{outcome}: {result.get('testName')}", file=sys.stderr)
    # A test host that crashed leaves a file whose summary alone says so.
    if tree.find(".//t:ResultSummary", NAMESPACE).get("outcome") == "Failed":
        status = status or 1

passed, skipped = outcomes.pop("Passed"), outcomes.pop("NotExecuted")
failed = sum(outcomes.values())
if passed + failed == 0 or (status and not failed):
    print("The test run itself failed; its output above says why.", file=sys.stderr)
    failed += 1
print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""), flush=True)
sys.exit(1 if failed else 0)
