"""What is told of the last link of a text."""

from pathlib import Path

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.diagnosis.telling import Telling, tell
from gradcheck.reading.document import read


def told_of_last(folder: Path, text: str) -> Telling:
    """The telling of the last link; there is one."""
    path = folder / "lines.md"
    path.write_text(text, encoding="utf-8")
    document = read(path)
    checked = check(document, pose(document, None))
    last = [judgement for _, judgement in checked.judgements()][-1]
    return tell(checked)[last.claim.id]
