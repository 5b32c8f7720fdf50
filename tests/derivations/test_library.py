"""The library of right derivations: every link of every document is right, at several seeds."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradcheck.options import Options
from gradcheck.pipeline import run
from gradcheck.verdict import Verdict

ROOT = Path(__file__).parents[2] / "derivations"
SUBJECTS = (
    "factorisation",
    "forms",
    "likelihoods",
    "margins",
    "networks",
    "normalisation",
    "regression",
    "sequences",
)
FORMATS = (".md", ".tex", ".txt", ".ipynb")
RIGHT = {Verdict.CORRECT, Verdict.CONVENTION, Verdict.CHARITABLE}
DOCUMENTS = sorted(
    path for subject in SUBJECTS for path in (ROOT / subject).iterdir() if path.suffix in FORMATS
)


def test_the_library_holds_fifty_documents_of_every_format() -> None:
    assert len(DOCUMENTS) >= 50
    assert {path.suffix for path in DOCUMENTS} == set(FORMATS)


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_link_is_right(path: Path, seed: int) -> None:
    (document,) = run([path], Options(seed=seed)).documents
    assert not document.unread
    assert document.links
    assert {link.verdict for link in document.links} <= RIGHT
    assert sum(link.verdict is Verdict.CORRECT for link in document.links) >= 0.8 * len(document.links)
