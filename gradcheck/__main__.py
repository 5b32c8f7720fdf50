"""`python -m gradcheck` is `gradcheck`: the command line, in a process of its own that ends with it.

It ends at once when all is written and what was registered for its end is done: the system takes everything
back, which the interpreter would first take apart object by object, for longer than a report takes to write.
"""

import atexit
import os
import sys

from gradcheck import cli


def main() -> int:
    """Run the command that the process was started with and return its exit status."""
    status: list[int] = []
    atexit.register(_end, status)  # what is registered first is done last
    status.append(cli.main())
    return status[0]


def _end(status: list[int]) -> None:
    if status:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status[0])


if __name__ == "__main__":
    sys.exit(main())
