"""Runs a program on a terminal and talks to it.

Standard input, as JSON:
    {"command": [...], "folder": "...", "environment": {...}, "seconds": 20,
     "talk": [{"expect": "text", "keys": "text"}, {"expect": "text", "paste": "text"}, ...]}
Standard output, as JSON:
    {"status": 0, "output": "...", "awaited": null}

What is expected is awaited in what the program printed since the last time; then the keys are typed, or the text is
pasted. Before the answer is given, the program has ended or is ended. `awaited` is what never came.
"""

import codecs
import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

# How a program says that it wants to be told what is pasted.
PASTE_ON, PASTE_OFF = "\x1b[?2004h", "\x1b[?2004l"

# How a program asks where the cursor is, and an answer: PowerShell waits for one.
WHERE, AT_START = "\x1b[6n", b"\x1b[1;1R"


def keys(entry, output):
    """What a terminal sends, in bytes."""
    if "keys" in entry:
        typed = entry["keys"]
    elif output.rfind(PASTE_ON) > output.rfind(PASTE_OFF):
        # The program shows the text and waits for Enter.
        typed = f"\x1b[200~{entry['paste']}\x1b[201~\n"
    else:
        typed = entry["paste"]
    # Terminals send for a line break what the Enter key sends.
    return typed.replace("\n", "\r").encode()


def talk(terminal, entries, deadline):
    """What the program printed, and what was awaited in vain."""
    decode = codecs.getincrementaldecoder("utf-8")("replace").decode
    output, read_up_to, to_type = "", 0, b""
    os.set_blocking(terminal, False)
    while time.monotonic() < deadline:
        while entries and not to_type:
            found = output.find(entries[0]["expect"], read_up_to)
            if found < 0:
                break
            read_up_to = found + len(entries[0]["expect"])
            to_type = keys(entries.pop(0), output)
        # Typing waits while the program does not read, and reading must go on meanwhile.
        readable, writable, _ = select.select([terminal], [terminal] if to_type else [], [], 0.2)
        if writable:
            try:
                to_type = to_type[os.write(terminal, to_type[:512]) :]
            except BlockingIOError:
                pass
        if readable:
            try:
                printed = os.read(terminal, 65536)
            except OSError:
                # How Linux says that nobody has the terminal open any more.
                printed = b""
            if not printed:
                break
            text = decode(printed)
            output += text
            # Asked ahead of what is typed next, so answered ahead of it.
            to_type = AT_START * text.count(WHERE) + to_type
    return output, entries[0]["expect"] if entries else None


def main():
    task = json.load(sys.stdin)
    child, terminal = pty.fork()
    if child == 0:
        # Whoever runs the tests in the background has them ignored.
        for ignored in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
            signal.signal(ignored, signal.SIG_DFL)
        os.chdir(task["folder"])
        os.execve(task["command"][0], task["command"], task["environment"])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
    output, awaited = talk(terminal, task["talk"], time.monotonic() + task["seconds"])
    ended, status = 0, 0
    patience = time.monotonic() + (0 if awaited is not None else 5)
    while not ended:
        ended, status = os.waitpid(child, os.WNOHANG)
        if not ended:
            if time.monotonic() > patience:
                os.kill(child, signal.SIGKILL)
            time.sleep(0.01)
    json.dump({"status": os.waitstatus_to_exitcode(status), "output": output, "awaited": awaited}, sys.stdout)


if __name__ == "__main__":
    main()
