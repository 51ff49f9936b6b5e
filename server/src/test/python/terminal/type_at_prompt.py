"""Runs a command in a terminal of its own and types one line at its prompt."""

import os
import pty
import sys

typed, command = sys.argv[1], sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
shown = b""
asked = False
while True:
    try:
        more = os.read(terminal, 65536)
    except OSError:
        break
    if not more:
        break
    shown += more
    if not asked and b"[y/N]" in shown:
        os.write(terminal, (typed + "\n").encode())
        asked = True
_, status = os.waitpid(child, 0)
sys.stdout.write(shown.decode())
sys.exit(os.waitstatus_to_exitcode(status))
