"""How much a hypothesis can be worth shows once it is read, and what cannot be the best is not judged."""

from pathlib import Path

import pytest

from gradcheck.budget import Budget
from gradcheck.checking.cases import case
from gradcheck.checking.cases.attempts import Attempt
from gradcheck.checking.cases.checked import Checked
from gradcheck.checking.cases.drafts import Draft
from gradcheck.checking.cases.hypotheses import Surroundings
from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import Document, read
from gradcheck.source import Source
from gradcheck.verdict import Verdict

DERIVATIONS = Path(__file__).parents[2] / "derivations"
SUBMISSIONS = DERIVATIONS / "two-layer/submissions"
TEXTS = [*sorted(SUBMISSIONS.glob("*.md")), *sorted((DERIVATIONS / "mistakes").glob("*.md"))[:12]]
BY_ENTRIES = r"""
$$z = w x + b, \qquad a = \frac{1}{1 + e^{-z}}, \qquad L = \frac12 (a - t)^2$$
$$\frac{\partial L}{\partial z} = (a - t) a (1 - a)$$
$$\frac{\partial L}{\partial w} = (a - t) a (1 - a) x$$
"""


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[Draft]:
    """The drafts that come to be judged."""
    drafts: list[Draft] = []
    screened = case.screened

    def noted(draft: Draft, around: Surroundings, dropped: bool, seed: int) -> Draft:
        drafts.append(screened(draft, around, dropped, seed))
        return drafts[-1]

    monkeypatch.setattr(case, "screened", noted)
    return drafts


def checked(document: Document) -> Checked:
    named = document.front_matter.get("assignment")
    problem = None if named is None else read(Path(document.source.path).parent / str(named))
    return check(document, pose(document, problem), 0, Budget())


@pytest.fixture
def bounds(monkeypatch: pytest.MonkeyPatch) -> dict[int, tuple[Draft, float]]:
    """The drafts that were read to their end, each with the most that it was said to be worth."""
    found: dict[int, tuple[Draft, float]] = {}
    asked = Attempt.worth_more_than

    def noted(attempt: Attempt, other: float) -> Draft | None:
        draft = asked(attempt, other)
        if draft is not None:
            found[id(draft)] = draft, attempt.most
        return draft

    monkeypatch.setattr(Attempt, "worth_more_than", noted)
    return found


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_draft_is_worth_more_than_it_was_said_to_be(
    path: Path, judged: list[Draft], bounds: dict[int, tuple[Draft, float]]
) -> None:
    checked(read(path))
    assert judged
    assert all(draft.case.score <= bounds[id(draft)][1] + 1e-9 for draft in judged)


def test_a_hypothesis_is_read_no_further_than_it_can_be_the_best(
    bounds: dict[int, tuple[Draft, float]],
) -> None:
    checked(read(SUBMISSIONS / "003.md"))
    read_whole = [draft for draft, _ in bounds.values() if draft.case.segment.claims]
    assert read_whole
    assert all(draft.case.hypothesis.component for draft in read_whole)


def test_other_cases_of_a_problem_are_not_read_where_one_makes_every_line_right(
    bounds: dict[int, tuple[Draft, float]],
) -> None:
    found = checked(read(SUBMISSIONS / "000.md"))
    assert found.cases[0].is_right()
    read_whole = [d for d, _ in bounds.values() if d.case.segment == found.cases[0].segment]
    assert [draft.case.hypothesis.case for draft in read_whole] == [found.cases[0].hypothesis.case]


def test_what_is_right_in_matrices_is_not_judged_by_entries(judged: list[Draft]) -> None:
    found = checked(read(Source("notes.md", BY_ENTRIES)))
    assert not any(draft.case.hypothesis.component for draft in judged)
    assert {judgement.verdict.value for _, judgement in found.judgements()} == {"correct"}


def test_what_no_matrices_can_make_right_is_not_judged_in_them(judged: list[Draft]) -> None:
    found = checked(read(SUBMISSIONS / "003.md"))
    deriving = [draft for draft in judged if draft.case.segment.claims]
    assert deriving
    assert all(draft.case.hypothesis.component for draft in deriving)
    assert found.typing == "component"


@pytest.mark.parametrize("written", ["(y - a_2) (-1)", "(y - a_2)"])
def test_matrices_worth_as_much_at_most_are_judged_only_beside_an_accusation(
    written: str, judged: list[Draft]
) -> None:
    path = SUBMISSIONS / "004.md"
    text = path.read_text(encoding="utf-8").replace("(y - a_2) (-1)", written)
    found = checked(read(Source(str(path), text)))
    first = [draft for draft in judged if draft.case.segment == found.cases[0].segment]
    accused = any(judgement.verdict is Verdict.WRONG for judgement in found.cases[0].judgements)
    assert accused == (written == "(y - a_2)")
    assert all(draft.case.hypothesis.component for draft in first) != accused
