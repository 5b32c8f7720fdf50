"""`python -m gradcheck` is `gradcheck`."""

import sys

from gradcheck.cli import main

sys.exit(main())
