"""Lines in entries where all shapes are declared: what can mean nothing else is wrong, not undecided."""

import pytest

from tests.checking.written import verdicts

ROWS = r"""---
shapes:
  u: [1, m]
  p: [1, m]
  r: [1, m]
  v: [1, 1]
  E: [1, 1]
---
$$p_i = \tanh(v u_i)$$

$$E = \frac{1}{2} \sum_{i=1}^{m} (p_i - r_i)^2$$

$$\frac{\partial E}{\partial v} = LINE$$
"""
SUM = r"\sum_{i=1}^{m} (p_i - r_i)(1 - p_i^2) u_i"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (SUM, "correct"),
        (rf"u_i {SUM}", "wrong"),
        (rf"\left({SUM}\right) + r_i", "wrong"),
        (r"\sum_{i=1}^{m} (p_i - r_i u)(1 - p_i^2) u_i", "wrong"),
        (r"(p_i - r_i)(1 - p_i^2) u_i", "charitable"),
        (r"(p_i - r_i)(1 - p_i) u_i", "undecided"),
    ],
)
def test_an_index_that_the_line_counts_by_is_no_open_one(line: str, verdict: str) -> None:
    assert verdicts(ROWS.replace("LINE", line))[-1] == verdict


STEPS = r"""---
shapes:
  q: [1, T]
  c: [1, T]
  g: [1, 1]
  J: [1, 1]
---
$$q_t = \sin(g c_{t-1})$$

$$J = \operatorname{sum}(q^2)$$

$$\frac{\partial J}{\partial g} = LINE$$
"""


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"2 \sum_{t=1}^T q_t \cos(g c_{t-1}) c_{t-1}", "correct"),
        (r"2 \sum_{t=1}^T q_t \cos(g c_{t-1}) c_t", "wrong"),
    ],
)
def test_a_declared_row_is_defined_by_its_columns(line: str, verdict: str) -> None:
    assert verdicts(STEPS.replace("LINE", line))[-1] == verdict


GRID = r"""---
shapes:
  S: [k, m]
  V: [k, n]
  D: [n, m]
  F: [1, 1]
---
$$S = V D$$

$$F = \frac{1}{2} \operatorname{sum}(S^2)$$

"""


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial F}{\partial V_{j,:}} = S_{j,:} D^T", "correct"),
        (r"\frac{\partial F}{\partial V_{jl}} = S_{j,:} D_{l,:}^T", "correct"),
        (r"\frac{\partial F}{\partial V_{jl}} = S_{j,:}", "wrong"),
        (r"\frac{\partial F}{\partial V} = S (V D)^T", "wrong"),
    ],
)
def test_a_colon_leaves_an_axis_whole(line: str, verdict: str) -> None:
    assert verdicts(f"{GRID}$${line}$$\n")[-1] == verdict


SQUARE = r"""---
shapes:
  B: [n, n]
  K: [1, 1]
---
$$K = \operatorname{sum}(DEFINED)$$

$$\frac{\partial K}{\partial B} = LINE$$
"""


@pytest.mark.parametrize(
    ("defined", "line", "verdict"),
    [
        (r"B^{\odot 3}", r"3 B^{\odot 2}", "correct"),
        (r"B^{\circ 3}", r"3 B^{\circ 2}", "correct"),
        (r"B^{\odot 2}", r"2 B", "correct"),
        (r"B^2", r"2 B", "wrong"),
    ],
)
def test_a_power_marked_so_is_taken_entry_by_entry(defined: str, line: str, verdict: str) -> None:
    text = SQUARE.replace("DEFINED", defined).replace("LINE", line)
    assert verdicts(text)[-1] == verdict


BIAS = r"""---
shapes:
  X: [p, m]
  W: [q, p]
  b: [q, 1]
  Y: [q, m]
  L: [1, 1]
---
$$Z = W X + b$$

$$L = \frac{1}{2m} \|Z - Y\|^2$$

"""
SUMMED = r"\frac{\partial L}{\partial b} = \frac{1}{m} \operatorname{sum}(Z - Y, \text{axis}=1)"
COLUMNS = r"\frac{\partial L}{\partial b} = \frac{1}{m} (Z - Y)"


def test_columns_before_their_sum_are_a_convention_and_after_it_wrong() -> None:
    before, after = (f"$${a}$$\n\n$${b}$$\n" for a, b in ((COLUMNS, SUMMED), (SUMMED, COLUMNS)))
    assert verdicts(BIAS + before)[-2:] == ["convention", "correct"]
    assert verdicts(BIAS + after)[-2:] == ["correct", "wrong"]
