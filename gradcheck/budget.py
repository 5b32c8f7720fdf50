"""How long one document may take.

The stages ask between links whether time is left and say `out of time` of what comes after: a signal that
stops a computation half way was rejected, since it works in one thread of one platform and may leave
caches half filled. Single computations are bounded by their own caps (terms, bits, sizes, depth).
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from math import inf

OUT_OF_TIME = "out of time: the document's time was used up before this link"


@dataclass(frozen=True)
class Budget:
    """Seconds from now on."""

    seconds: float = inf
    started: float = field(default_factory=time.monotonic)

    @property
    def is_spent(self) -> bool:
        """Whether no time is left."""
        return time.monotonic() - self.started >= self.seconds
