"""The class of an example chooses an entry, `-\\log p_c`, where the model is told in whole vectors."""

import pytest

from tests.checking.written import displayed, verdicts

NET = (r"z = W h + b", r"p = \operatorname{softmax}(z)", r"L = -\log p_c")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"\frac{\partial L}{\partial z_j} = p_j - \mathbb{1}[j = c]", "correct"),
        (r"\frac{\partial L}{\partial z_j} = \mathbb{1}[j = c] - p_j", "wrong"),
        (r"\frac{\partial L}{\partial z_j} = p_j - p_c", "wrong"),
        (r"\frac{\partial L}{\partial z} = p - e_c", "correct"),
        (r"\frac{\partial L}{\partial z} = e_c - p", "wrong"),
        (r"\frac{\partial L}{\partial W} = (p - e_c) h^\top", "correct"),
    ],
)
def test_the_class_of_an_example(line: str, expected: str) -> None:
    *forward, found = verdicts(displayed(*NET, line))
    assert (forward, found) == (["correct"] * len(NET), expected)


def test_a_softmax_of_one_number_is_none() -> None:
    assert verdicts(displayed(r"\operatorname{softmax}(u) = \operatorname{softmax}(-u)")) != ["correct"]


MARGINS = r"\ell(x_i) = \Sigma_{\substack{j \in G \\ j \neq y_i}} \max(0, v_j^T x_i - v_{y_i}^T x_i + m)"
OVER = r"v_j^T x_i - v_{y_i}^T x_i + m > 0"
SLOPE = r"\frac{\partial \ell(x_i)}{\partial v_%s} = "
OWN = SLOPE % "{y_i}" + r"%s\left(\sum_{j \neq y_i} \mathbb{1} \{ " + OVER + r" \}\right) x_i"
OTHER = SLOPE % "j" + r"\begin{cases} %sx_i & \text{if } " + OVER + r" \\ 0 & \text{otherwise} \end{cases}"
VECTORS = r"Here $x_i \in \mathbb{R}^d$ and $v_j \in \mathbb{R}^d$." + "\n\n"


@pytest.mark.parametrize(("sign", "other"), [("-", ""), ("", ""), ("-", "-")])
def test_cases_of_values_tell_no_classes_apart(sign: str, other: str) -> None:
    found = verdicts(VECTORS + displayed(MARGINS, OWN % sign, OTHER % other))
    assert (found[3], found[4]) == ("correct" if sign else "wrong", "wrong" if other else "correct")


def test_cases_of_values_alone_may_be_told_of_the_classes_that_are_summed() -> None:
    assert verdicts(VECTORS + displayed(MARGINS, OTHER % ""))[3] != "wrong"
