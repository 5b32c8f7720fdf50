"""The command line: one small file a command, found in one table.

The first word picks the command, and only then is its module imported and its argparse parser built: that
keeps `gradcheck --version` near the start-up of Python itself. Nothing below here prints a traceback unless
GRADCHECK_DEBUG is set; a person gets one sentence that says what to do.

Exit status: 0 nothing wrong, 1 something wrong, 2 the tool could not do its work, 5 nothing to check.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

from gradcheck import __version__
from gradcheck.faults import as_told

COMMANDS = {
    "run": "check derivations and report what is wrong, and why",
    "init": "write a commented example to start from",
    "grade": "mark the submissions of a class, with feedback for each student",
    "explain": "say what a code of a report means, with a wrong and a right example",
    "code": "check a backward pass in Python against a derivation (runs the Python file)",
    "show": "show how a document was read: scopes, shapes, definitions, claims",
}

HELP = """usage: gradcheck COMMAND [...]

Checks written derivations of gradients line by line against the true gradient.

commands:
{commands}

options:
  -h, --help   show this help
  --version    show the version

examples:
  gradcheck run notes.md                 check one document
  gradcheck run derivations/             check every derivation below a directory
  gradcheck run notes.md --format json   the same as data, for other tools
  gradcheck show notes.md                see how a document was understood
  gradcheck explain GC401                see what a code of a report means

`gradcheck COMMAND --help` tells more about a command.
exit status: 0 nothing wrong, 1 something wrong, 2 could not work, 5 nothing to check
"""

FAILED = 2
INTERRUPTED = 130
PIPE_CLOSED = 141


class UsageError(Exception):
    """The command cannot be carried out as it was given; the message tells the person what to do."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status; every failure is told in one sentence."""
    try:
        return _dispatch(sys.argv[1:] if arguments is None else arguments)
    except UsageError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        _complain("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except Exception as error:
        return _fail(f"{as_told(error)} (GRADCHECK_DEBUG=1 shows where)")


def _dispatch(arguments: list[str]) -> int:
    match arguments:
        case ["--version" | "-V", *_]:
            print(f"gradcheck {__version__}")
            return 0
        case [] | ["-h" | "--help" | "help", *_]:
            listed = "\n".join(f"  {name:<8} {purpose}" for name, purpose in COMMANDS.items())
            print(HELP.format(commands=listed), end="")
            return 0 if arguments else FAILED
        case [name, *rest] if name in COMMANDS:
            status = import_module(f"gradcheck.cli.{name}").main(rest)
            assert isinstance(status, int)
            return status
        case [name, *_]:
            raise UsageError(_unknown(name))
    raise AssertionError("every list of arguments is one of the cases")


def _unknown(name: str) -> str:
    """What to say of a word that is no command: the near name, or the one a path needs in front of it."""
    from difflib import get_close_matches
    from pathlib import Path

    if Path(name).exists():
        return f"unknown command {name!r}; to check it: gradcheck run {name}"
    near = get_close_matches(name, COMMANDS, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"the commands are {', '.join(COMMANDS)}"
    return f"unknown command {name!r}; {hint}"


def _fail(message: str) -> int:
    _complain(f"error: {message}")
    return FAILED


def _complain(message: str) -> None:
    """Tell a person on standard error, with nothing in the message that could act on a terminal."""
    safe = "".join(char if char.isprintable() else repr(char)[1:-1] for char in message)
    print(f"gradcheck: {safe}", file=sys.stderr)
