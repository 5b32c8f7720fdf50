"""Sentences about two cases: true ones are confirmed, false ones charged, all others left alone."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.diagnosis.sayings import sayings
from gradcheck.reading.document import Document, read
from gradcheck.verdict import Verdict

HEAD = """---
shapes:
  V: [k, n]
  D: [n, m]
  S: [k, m]
  P: [k, m]
  T: [k, m]
---
"""
LINEAR = r"""
## Plain

$$S = V D$$
$$P = S$$
$$E = \frac{1}{2} \|P - T\|_F^2$$
$$\frac{\partial E}{\partial V} = (P - T) D^\top$$
"""
ENTROPY = r"""
## Entropy

$$S = V D$$
$$P = \sigma(S)$$
$$E = -\sum_{i,j} (T \odot \log P + (1 - T) \odot \log(1 - P))$$
$$\frac{\partial E}{\partial V} = (P - T) D^\top$$
"""
SQUASHED = r"""
## Squashed

$$S = V D$$
$$P = \sigma(S)$$
$$E = \frac{1}{2} \|P - T\|_F^2$$
$$\frac{\partial E}{\partial V} = ((P - T) \odot P \odot (1 - P)) D^\top$$
"""
DOUBLED = r"""
## Doubled

$$S = V D$$
$$P = S$$
$$E = \|P - T\|_F^2$$
$$\frac{\partial E}{\partial V} = 2 (P - T) D^\top$$
"""
BY_PARTS = r"""
## In parts

$$S = V D$$
$$P = \sigma(S)$$
$$E = \frac{1}{2} \|P - T\|_F^2$$
$$\frac{\partial E}{\partial V} = \frac{\partial E}{\partial S} D^\top$$
"""
SAME = "Both cases have the same gradient."


@pytest.fixture
def judged(tmp_path):
    def verdicts(*parts: str) -> list[Verdict | None]:
        path = tmp_path / "two.md"
        path.write_text(HEAD + "\n".join(parts) + "\n", encoding="utf-8")
        document: Document = read(path)
        return [saying.verdict for saying in sayings(check(document, pose(document, None)))]

    return verdicts


def test_a_true_sentence_is_confirmed(judged):
    assert judged(LINEAR, ENTROPY, SAME) == [Verdict.CORRECT]


def test_a_false_sentence_is_charged(judged):
    assert judged(LINEAR, SQUASHED, SAME) == [Verdict.WRONG]
    assert judged(LINEAR, SQUASHED, "Both losses give identical updates of $V$.") == [Verdict.WRONG]


@pytest.mark.parametrize(
    "sentence",
    [
        "Both cases do not have the same gradient.",
        "Both layers have the same gradient.",
        "Up to a constant both losses have the same gradient.",
        "The gradients are the same except for the output.",
        "Each sample has the same share of the gradient.",
    ],
)
def test_sentences_that_say_something_else_are_left_alone(judged, sentence):
    assert judged(LINEAR, SQUASHED, sentence) in ([], [None])


def test_what_may_be_meant_otherwise_is_left_alone(judged):
    assert judged(LINEAR, DOUBLED, SAME) == [None], "the same up to a factor"
    assert judged(LINEAR, BY_PARTS, SAME) == [None], "the same in terms of the gradient before"
    assert judged(LINEAR, SAME) == [None], "one case only"
    assert judged(SAME, LINEAR, SQUASHED) == [None], "nothing is derived yet"
    assert judged(LINEAR, ENTROPY, SQUASHED, SAME) == [None], "of three cases, which two?"


def test_different_rules_are_held_against_their_formulas(judged):
    apart = "The two cases have different update rules."
    assert judged(LINEAR, ENTROPY, apart) == [Verdict.WRONG]
    assert judged(LINEAR, SQUASHED, apart) == [Verdict.CORRECT]
    assert judged(LINEAR, BY_PARTS, apart) == [None]
    assert judged(LINEAR, ENTROPY, "The two cases have different gradients.") == [None], "of other values"


NAMED = r"""
## Named

$$S = V D$$
$$K = D D^\top$$
$$P = \tanh(S)$$
$$E = \frac{1}{2} \|P - T\|_F^2$$
$$\frac{\partial E}{\partial S} = (P - T) \odot (1 - P \odot P)$$
"""


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("The matrix $K$ is symmetric.", Verdict.CORRECT),
        ("$S$ is symmetric.", Verdict.WRONG),
        ("Note that $S D^T$ is symmetric.", Verdict.WRONG),
        ("The loss $E$ does not depend on $V$.", Verdict.WRONG),
        ("Since $K$ does not depend on $V$, it is computed once.", Verdict.CORRECT),
        ("$K$ depends on $D$.", Verdict.CORRECT),
        ("$P$ differs from $\\tanh(V D)$.", Verdict.WRONG),
        ("$P$ is the same as $S$.", Verdict.WRONG),
        ("$S$ is identical to $V D$.", Verdict.CORRECT),
    ],
)
def test_what_is_said_of_a_named_quantity_is_judged(judged, sentence, verdict):
    assert judged(NAMED, sentence) == [verdict]


@pytest.mark.parametrize(
    "sentence",
    [
        "$V$ is symmetric.",
        "If $V$ is orthogonal, $S$ is symmetric.",
        "$K$ depends on $V$.",
        "The gradient with respect to $V$ does not depend on $D$.",
        "The derivatives by $P$ and $S$ do not depend on $V$.",
        "$T$ does not depend on $V$.",
        "$E$ does not depend on $V$ directly.",
        "$E$ is symmetric in its arguments.",
        "$Q$ is symmetric.",
    ],
)
def test_premises_and_hedged_sentences_are_left_alone(judged, sentence):
    assert judged(NAMED, sentence) in ([], [None])
