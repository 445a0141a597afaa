"""A person at `jupyter console`: types, looks, completes, interrupts, answers, leaves.

    python drive_console.py PATH_OF_JUPYTER_CONSOLE

Exit code 0 and nothing said, or 1 with what was waited for and what the terminal showed.
"""

import io
import os
import re
import sys
import time

import pexpect

#: Seconds after which nothing more is waited for; a busy machine takes ten times what a free one does.
PATIENCE = 180
#: What jupyter console waits for of a kernel before it goes on without: a second for whether a line is whole.
ANSWERS = ["--ZMQTerminalInteractiveShell.kernel_is_complete_timeout=60", "--ZMQCompleter.timeout=60"]



def prompt(number):
    return rf"In \[{number}\]: "


#: (what is typed, what must be seen after it).
TALK = [
    ("const rate = 0.25; rate * 2\r", [r"Out\[1\]: 0\.5", prompt(2)]),
    ("throw new RangeError('too far')\r", [r"RangeError.*: too far", r"cell 2, line 1", prompt(3)]),
    # The menu of completions, then the name is typed to its end, or completed where one is left.
    ("ra\t", [r"rate\b.*RangeError"]),
    ("te * 4\r", [r"Out\[3\]: 1\b", prompt(4)]),
    ("rate.toPre\t", [r"toPrecision"]),
    ("(2)\r", [r"Out\[4\]: '0\.25'", prompt(5)]),
    # An open bracket asks for more lines.
    ("function seven() {\r", [r"\.\.\.: "]),
    ("return 7; }\r", [r"return 7; }\s*\n", prompt(6)]),
    ("seven()\r", [r"Out\[6\]: 7", prompt(7)]),
    ("rate.toFixed?\r", [r"toFixed\(fractionDigits", prompt(8)]),
    ("const who = await input('name: ')\r", [r"\nname: "]),
    ("Ada\r", [prompt(9)]),
    ("who\r", [r"Out\[9\]: 'Ada'", prompt(10)]),
    ("console.log('turn' + 'ing'); while (true) {}\r", [r"turning"]),
    ("\x03", [r"KeyboardInterrupt", prompt(11)]),
    ("rate\r", [r"Out\[11\]: 0\.25", prompt(12)]),
    ("\x04", [r"really want to exit"]),
    ("n\r", [prompt(12)]),
    ("exit\r", [pexpect.EOF]),
]


def plain(text):
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\([A-Z]|\x1b[>=]", "", text).replace("\r", "\n")


class Terminal:
    """The console in a pty; what it shows is searched without its escape sequences."""

    def __init__(self, program):
        self.shown = io.StringIO()
        env = {**os.environ, "PROMPT_TOOLKIT_NO_CPR": "1", "PAGER": "cat", "TERM": "xterm"}
        self.child = pexpect.spawn(program, ["--kernel", "tunelab", *ANSWERS], encoding="utf-8", dimensions=(40, 120), env=env)
        self.child.logfile_read = self.shown
        self.read = 0

    def wait(self, pattern):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if pattern is pexpect.EOF:
                if not self.child.isalive():
                    return
            else:
                text = plain(self.shown.getvalue()[self.read :])
                if re.search(pattern, text, re.DOTALL):
                    return
            self._take()
        wanted = "the end" if pattern is pexpect.EOF else pattern
        raise AssertionError(f"waited {PATIENCE} s for {wanted}")

    def _take(self):
        try:
            self.child.read_nonblocking(65536, timeout=0.1)
        except pexpect.TIMEOUT:
            pass
        except pexpect.EOF:
            # Nothing is shown any more, and the program about to end.
            time.sleep(0.05)

    def type(self, text):
        # What the terminal echoes while a line is edited is not an answer to it.
        self.read = len(self.shown.getvalue())
        self.child.send(text)


def main():
    terminal = Terminal(sys.argv[1])
    try:
        terminal.wait(prompt(1))
        for typed, seen in TALK:
            terminal.type(typed)
            for pattern in seen:
                terminal.wait(pattern)
    except AssertionError as error:
        sys.exit(f"{error}\n{plain(terminal.shown.getvalue())}")
    finally:
        terminal.child.close(force=True)
    if terminal.child.exitstatus != 0:
        sys.exit(f"the console ended with {terminal.child.exitstatus}\n{plain(terminal.shown.getvalue())}")


if __name__ == "__main__":
    main()
