"""How long one document may take, and what its process does without: frequent searches for cycles, threads.

The stages ask between links whether time is left and say `out of time` of what comes after: a signal that
stops a computation half way was rejected, since it works in one thread of one platform and may leave
caches half filled. Single computations are bounded by their own caps (terms, bits, sizes, depth).
"""

from __future__ import annotations

import gc
import os
import time
from math import inf

from gradcheck.records import dataclass, field

OUT_OF_TIME = "out of time: the document's time was used up before this link"

# New objects before the youngest are searched: some hundred megabytes at most.
_SELDOM = (1_000_000, 20, 100)
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def collect_seldom() -> None:
    """Look for cycles only where memory grows much: for a process that checks documents and then ends.

    Formulas are many small objects that live as long as their document; to look for cycles among them again
    and again takes a fifth of a run.
    """
    gc.set_threshold(*_SELDOM)


def without_threads() -> None:
    """Have NumPy's linear algebra start no threads, unless the user has said how many.

    To be called before NumPy is imported, half of which is the start of threads: the arrays here are small.
    """
    for name in _THREADS:
        os.environ.setdefault(name, "1")


@dataclass(frozen=True)
class Budget:
    """Seconds from now on."""

    seconds: float = inf
    started: float = field(default_factory=time.monotonic)

    @property
    def is_spent(self) -> bool:
        """Whether no time is left."""
        return time.monotonic() - self.started >= self.seconds
