"""Runs a command at a terminal of its own and types what it is asked for.

    python3 seat.py ANSWER… -- COMMAND…

The answers are typed in turn, the last one again and again, whenever the command waits at a
question; a page is turned by Enter. What the terminal showed goes to standard output, and the
command's exit code is passed on.
"""
import os
import pty
import re
import sys

QUESTION = re.compile(rb"(Enter leaves it open: |\(optional\)\? )$")
PAGE = b"-- Enter for more --"

at = sys.argv.index("--")
answers, command = sys.argv[1:at], sys.argv[at + 1:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
waiting = b""
while True:
    try:
        read = os.read(terminal, 65536)
    except OSError:  # Linux says so when the last one has left the terminal
        break
    if not read:
        break
    sys.stdout.buffer.write(read)
    waiting += read
    if waiting.endswith(PAGE):
        waiting = b""
        os.write(terminal, b"\n")
    elif QUESTION.search(waiting):
        waiting = b""
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        os.write(terminal, answer.encode() + b"\n")
sys.stdout.flush()
_, status = os.waitpid(child, 0)
sys.exit(os.waitstatus_to_exitcode(status))
