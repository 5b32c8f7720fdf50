"""What rests on a definition that was not understood is charged with no lost mean and no wrong shape."""

from pathlib import Path

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

PROBLEM = Path(__file__).parents[2] / "derivations" / "two-layer" / "assignment.md"

ROWS = r"""
## Forward pass

$$S^{[1]} = X V^{[1]} + b^{[1]}$$
$$H^{[1]} = \sigma(S^{[1]})$$
$$S^{[2]} = H^{[1]} V^{[2]} + b^{[2]}$$

## Regression

$$\hat Y = S^{[2]}$$
$$L = \frac{1}{2m} \sum_{i=1}^m (\hat y^{(i)} - y^{(i)})^2$$
$$dS^{[2]} = (S^{[2]} - Y)$$
$$dV^{[2]} = \frac{1}{m} H^{[1]}^T dS^{[2]}$$
$$db^{[2]} = \frac{1}{m} \sum_{i=1}^m ds^{[2](i)}$$
$$dH^{[1]} = dS^{[2]} V^{[2]}^T$$
$$dS^{[1]} = dH^{[1]} \odot H^{[1]} \odot (1 - H^{[1]})$$
$$dV^{[1]} = \frac{1}{m} X^T dS^{[1]}$$
$$db^{[1]} = \frac{1}{m} \sum_{i=1}^m ds^{[1](i)}$$
"""


def test_right_lines_over_rows_in_other_letters_accuse_nobody() -> None:
    problem = read(Source(PROBLEM.name, PROBLEM.read_text(encoding="utf-8")))
    document = read(Source("rows.md", ROWS))
    found = [str(j.verdict) for _, j in check(document, pose(document, problem)).judgements()]
    assert "wrong" not in found
    assert "follows" not in found


OUTPUT = r"""
## Regression

$$\hat Y = Z^{[2]}$$
$$L = \frac{1}{2m} \sum_{i=1}^m (\hat y^{(i)} - y^{(i)})^2$$
$$dZ^{[2]} = SIGNAL$$
$$LATER$$
$$dA^{[1]} = W^{[2]T} dZ^{[2]}$$
"""
UNKNOWN = r"dW^{[2]} = \frac{1}{m} \bigcup_k dZ^{[2]}"


@pytest.mark.parametrize(
    ("signal", "later", "wanted"),
    [
        (r"\hat Y - Y", UNKNOWN, "undecided"),
        (r"\hat Y - Y", UNKNOWN.replace(r"\frac{1}{m} ", ""), "wrong"),
        (r"\frac{1}{m} (\hat Y - Y)", UNKNOWN, "correct"),
        (r"Y - \hat Y", UNKNOWN, "wrong"),
        (r"2 (\hat Y - Y)", UNKNOWN, "wrong"),
        (r"\frac{1}{m} (\hat Y - Y) = \hat Y - Y", UNKNOWN, "wrong"),
    ],
)
def test_the_mean_is_not_asked_for_where_it_may_stand_in_a_line_that_was_not_understood(
    signal, later, wanted
):
    text = OUTPUT.replace("SIGNAL", signal).replace("LATER", later)
    problem = read(Source(PROBLEM.name, PROBLEM.read_text(encoding="utf-8")))
    document = read(Source("rows.md", text))
    found = [str(j.verdict) for _, j in check(document, pose(document, problem)).judgements()]
    assert found[-3] == wanted
