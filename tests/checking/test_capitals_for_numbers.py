r"""Numbers that are written by capitals with one index, as those that a layer normalises."""

import pytest

from tests.checking.written import displayed, verdicts

NORM = displayed(
    r"m = \frac{1}{K} \sum_{i=1}^{K} U_i",
    r"s = \sqrt{\frac{1}{K} \sum_{i=1}^{K} (U_i - m)^2}",
    r"V_i = \frac{U_i - m}{s}",
    r"Y_i = \gamma V_i + \beta",
)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial s}{\partial U_j} = \frac{U_j - m}{K s}", "correct"),
        (r"\frac{\partial s}{\partial U_j} = \frac{2 (U_j - m)}{K s}", "wrong"),
        (r"\frac{\partial (U_i - m)}{\partial U_j} = \delta_j^i - \frac{1}{K}", "correct"),
        (r"\frac{\partial (U_i - m)}{\partial U_j} = \delta^i_j - \frac{1}{K}", "correct"),
        (r"\frac{\partial (U_i - m)}{\partial U_j} = \delta_j^i + \frac{1}{K}", "wrong"),
        (r"\frac{\partial Y_i}{\partial V_i} = \gamma", "correct"),
    ],
)
def test_numbers_by_capitals(line: str, verdict: str) -> None:
    assert verdicts(NORM + displayed(line))[-1] == verdict


def test_a_capital_that_is_turned_somewhere_has_rows() -> None:
    rows = displayed(
        r"\hat{y}_i = X_i^T w",
        r"E = \sum_{i=1}^{K} (\hat{y}_i - y_i)^2",
        r"\frac{\partial E}{\partial w} = 2 \sum_{i=1}^{K} (X_i^T w - y_i) X_i",
    )
    assert verdicts(rows)[-1] in ("correct", "charitable")


def test_a_layer_above_a_delta_is_no_index_of_kronecker() -> None:
    errors = displayed(
        r"z^{l}_j = \sum_k w^{l}_{jk} a^{l-1}_k + b^{l}_j",
        r"a^{l}_j = \sigma(z^{l}_j)",
        r"\delta^l_j = \frac{\partial C}{\partial z^l_j}",
        r"\frac{\partial C}{\partial b^l_j} = \delta^l_j",
    )
    assert verdicts(errors)[-1] == "correct"


@pytest.mark.parametrize(("sign", "verdict"), [(r"\odot", "correct"), (r"\,", "wrong")])
def test_a_number_is_no_array_of_the_other_case(sign: str, verdict: str) -> None:
    rules = displayed(r"d(R S) = dR\, S + R\, dS", rf"d(R \odot S) = dR {sign} S + R \odot dS")
    form = displayed(r"s = u^\top G u", r"\frac{\partial s}{\partial u} = (G + G^\top) u")
    assert verdicts(f"# Products\n\n{rules}\n# A form\n\n{form}")[1] == verdict


def test_what_a_function_of_two_is_defined_of_is_no_declared_matrix() -> None:
    text = r"Let $X \in \mathbb{R}^{3 \times 3}$ and $G \in \mathbb{R}^{3 \times 3}$." + "\n\n"
    sums = displayed(r"p(X) = h(X) + \|X\|_F^2", r"\nabla h(X) = G X + G^\top X")
    bell = displayed(r"h(x, y) = e^{-\sqrt{x^2 + y^2}}")
    assert verdicts(f"# A sum\n\n{text}{sums}\n# A bell\n\n{bell}")[3] == "undecided"


def test_and_its_slopes_by_these_are_judged() -> None:
    text = r"Let $X \in \mathbb{R}^{3 \times 3}$ and $q(X) = \operatorname{tr}(X^\top X)$." + "\n\n"
    bell = displayed(
        r"h(x, y) = x^2 y", r"\frac{\partial h}{\partial x} = 2 x y", r"\frac{\partial h}{\partial y} = x"
    )
    assert verdicts(f"# A sum\n\n{text}# A bell\n\n{bell}")[-2:] == ["correct", "wrong"]
