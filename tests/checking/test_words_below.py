"""A word below a letter makes another quantity of it; below a loss it tells the kind."""

import pytest

from tests.checking.written import verdicts

FORWARD = r"$\hat y = w x + b$, $L = (\hat y - y)^2$"
