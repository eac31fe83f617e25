"""Types into a program's terminal, as an operator would.

terminal.py KEYS... -- PROGRAM ARGUMENT...

The program gets a terminal of its own for standard input and error, and this script's standard output. When it has said
that it is ready the keys are typed, one argument after the other, each after what the one before has brought. Prints what the
terminal showed, as a JSON string, when the program has ended.
"""
import json
import os
import pty
import select
import sys
import time

split = sys.argv.index("--")
keys, command = sys.argv[1:split], sys.argv[split + 1:]


def main():
    out, ready = os.pipe()
    child, terminal = pty.fork()
    if child == 0:
        os.dup2(ready, 1)
        os.environ["TERM"] = "xterm"
        os.execvp(command[0], command)
    os.close(ready)
    line = b""
    while not line.endswith(b"\n"):
        line += os.read(out, 1)
    shown = b""
    for key in keys:
        before = len(shown)
        os.write(terminal, key.encode())
        shown += read(terminal, lambda text: len(text) > 0 and text.endswith(b"\n"), before)
    os.kill(child, 15)
    shown += read(terminal, lambda text: False, 0)
    _, status = os.waitpid(child, 0)
    print(json.dumps({"shown": shown.decode(), "code": os.waitstatus_to_exitcode(status)}))


def read(terminal, is_enough, before):
    text, end = b"", time.monotonic() + 20
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 1)[0]:
            if is_enough(text):
                break
            continue
        try:
            chunk = os.read(terminal, 4096)
        except OSError:
            break
        if not chunk:
            break
        text += chunk
    return text


main()
