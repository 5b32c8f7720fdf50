"""`python -m gradcheck` is `gradcheck`: the command line, in a process of its own that ends with it."""

import gc
import sys

from gradcheck import cli


def main() -> int:
    """Run the command that the process was started with and return its exit status."""
    status = cli.main()
    gc.freeze()  # The system takes everything back: to look for cycles in it first takes a tenth of a second.
    return status


if __name__ == "__main__":
    sys.exit(main())
