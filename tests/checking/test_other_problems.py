"""Sections of one document about different problems say nothing of each other's letters."""

import pytest

from tests.checking.written import verdicts

SECTIONS = r"""
# Margins

Let $u \in \mathbb{R}^d$, $V \in \mathbb{R}^{K \times d}$, $r = V u$.

$$E = \sum_{j \ne t} \max(0, r_j - r_t + 1)$$
$$\frac{\partial E}{\partial r_t} = -\sum_{j \ne t} \mathbf{1}[r_j - r_t + 1 > 0]$$

# Least squares with a penalty

$$f(v) = \|U v - t\|^2 + \rho \|v\|^2$$
$$\nabla f(v) = 2 U^\top (U v - t) SIGN 2 \rho v$$
$$\nabla^2 f(v) = 2 U^\top U + 2 \rho I$$
"""


def test_a_label_of_one_section_is_a_vector_in_another() -> None:
    assert set(verdicts(SECTIONS.replace("SIGN", "+"))) == {"correct"}


def test_a_wrong_line_among_them_is_wrong() -> None:
    found = verdicts(SECTIONS.replace("SIGN", "-"))
    assert found.count("wrong") == 1
    assert found[-2] == "wrong"


@pytest.mark.parametrize("line", [r"\delta = (a - t) \odot g'(z)", r"\delta = (a - t) \odot g(z)"])
def test_a_section_without_a_problem_is_read_with_the_others(line: str) -> None:
    text = rf"""
# Forward

$$z = W x + b, \qquad a = g(z), \qquad E = \frac12 \|a - t\|^2$$

# Backward

$$\delta = \frac{{\partial E}}{{\partial z}}$$
$${line}$$
"""
    assert verdicts(text)[-1] == ("correct" if "'" in line else "wrong")
