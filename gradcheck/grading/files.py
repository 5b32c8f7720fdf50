"""Files that are complete or not there: written beside their place and moved.

So a run may be killed at any moment, and the next one leaves nothing of it behind.
"""

from __future__ import annotations

from pathlib import Path


def save(path: Path, text: str, part: str = "part") -> None:
    """Put a text into a file, whose folder is made where it is missing.

    part  ends the name that it has until it is complete; differs where several write the same file
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.with_name(f".{path.name}.{part}")
    written.write_bytes(text.encode("utf-8"))
    written.replace(path)
