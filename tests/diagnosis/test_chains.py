"""Chains of partial derivatives: which link is missing, which factor is zero, which path is left out."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.diagnosis.chains import broken_chain
from gradcheck.diagnosis.telling import tell
from gradcheck.reading.document import read
from gradcheck.verdict import Verdict

FORWARD = r"""
$$u = p q$$
$$v = \tanh(u)$$
$$r = v + \exp(q) + u$$
$$E = r^2$$

"""


def d(above: str, below: str) -> str:
    return rf"\frac{{\partial {above}}}{{\partial {below}}}"


@pytest.fixture
def judged(tmp_path):
    def of(head: str, *chains: list[str]):
        """The last link, its case, and what is told of it; each chain is a list of `above below`."""
        terms = (" ".join(d(*partial.split()) for partial in chain) for chain in chains)
        path = tmp_path / "chain.md"
        path.write_text(f"{FORWARD}$${d(*head.split())} = {' + '.join(terms)}$$\n", encoding="utf-8")
        document = read(path)
        checked = check(document, pose(document, None))
        case, judgement = [*checked.judgements()][-1]
        return case, judgement, tell(checked).get(judgement.claim.id)

    return of


@pytest.mark.parametrize(
    ("head", "chains", "words"),
    [
        ("E p", [["E r", "v u", "u p"]], "after `∂E/∂r` comes `∂v/∂u`, and `∂r/∂v` is missing"),
        ("E p", [["v u", "u p"]], "the chain begins with `∂v/∂u`, where something by `E` belongs"),
        ("E p", [["E r", "r u"]], "the chain ends with `∂r/∂u`, and never reaches `p`"),
        ("E p", [["E r", "r v", "v u", "u p"]], "a path is missing: `E → r → u → p`"),
        ("r q", [["r v", "v u", "u q"], ["r u", "u q"]], "a path is missing: `r → q`"),
        ("E p", [["E r", "r p", "p p"], ["E q", "q p"]], "`∂q/∂p` is zero"),
    ],
)
def test_what_is_missing_is_said(judged, head, chains, words):
    case, judgement, _ = judged(head, *chains)
    claim = judgement.claim
    broken = broken_chain(claim.head.node, claim.right.node, case.scope)
    assert broken is not None
    assert words in broken.text


@pytest.mark.parametrize(
    ("head", "chains"),
    [
        ("E p", [["E r", "r u", "u p"]]),
        ("E p", [["u p", "E r", "r u"]]),
        ("E v", [["E r", "r v"]]),
        ("E q", [["E r", "r q"]]),
        ("E p", [["E p"]]),
    ],
)
def test_a_whole_chain_has_no_fault(judged, head, chains):
    case, judgement, _ = judged(head, *chains)
    claim = judgement.claim
    assert broken_chain(claim.head.node, claim.right.node, case.scope) is None


def test_a_wrong_line_is_told_by_its_missing_path(judged):
    _, judgement, telling = judged("E p", ["E r", "r v", "v u", "u p"])
    assert judgement.verdict is Verdict.WRONG
    assert telling.code == "GC311"
    assert "E → r → u → p" in telling.message


def test_another_name_of_a_quantity_is_no_gap(tmp_path):
    path = tmp_path / "names.md"
    path.write_text(
        f"$$u = p q$$\n$$v = u$$\n$$E = (u - 1)^2$$\n\n$${d('E', 'p')} = {d('E', 'v')} {d('u', 'p')}$$\n",
        encoding="utf-8",
    )
    document = read(path)
    checked = check(document, pose(document, None))
    case, judgement = [*checked.judgements()][-1]
    claim = judgement.claim
    assert broken_chain(claim.head.node, claim.right.node, case.scope) is None
    assert judgement.verdict is Verdict.CORRECT
