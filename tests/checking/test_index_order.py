"""`W_{cd}` where the definition writes `W_{dc}`: what is derived by may stand the other way round."""

import pytest

from tests.checking.written import displayed, verdicts

SCORES = displayed(r"s_{nc} = \sum_d X_{nd} W_{dc}", r"L = \frac12 \sum_n \sum_c (s_{nc} - t_{nc})^2")
SHAPES = "---\nshapes: {X: [N, D], W: [D, C], t: [N, C]}\n---\n"


@pytest.mark.parametrize("given", ["", SHAPES])
@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial s_{nc}}{\partial W_{dc}} = X_{nd}", "correct"),
        (r"\frac{\partial s_{nc}}{\partial W_{cd}} = X_{nd}", "convention"),
        (r"\frac{\partial L}{\partial W_{cd}} = \sum_n (s_{nc} - t_{nc}) X_{nd}", "convention"),
        (r"\frac{\partial L}{\partial W_{cd}} = \sum_n (t_{nc} - s_{nc}) X_{nd}", "wrong"),
        (r"\frac{\partial L}{\partial W_{dc}} = \sum_n (s_{nd} - t_{nd}) X_{nc}", "wrong"),
        (r"\frac{\partial L}{\partial X_{nd}} = \sum_c W_{dc} (s_{nc} - t_{nc})", "correct"),
        (r"\frac{\partial L}{\partial X_{nd}} = \sum_c W_{cd} (s_{nc} - t_{nc})", "wrong"),
    ],
)
def test_the_order_of_two_indices(given: str, line: str, verdict: str) -> None:
    assert verdicts(given + "\n" + SCORES + displayed(line))[-1] == verdict


LAYER = "Inputs $x_i$ with $i = 1, \\dots, n$, units $h_j$ with $j = 1, \\dots, m$.\n\n" + displayed(
    r"a_j = \sum_{i=1}^{n} v_{ji} x_i", r"h_j = \tanh(a_j)", r"E = \frac12 \sum_j (t_j - h_j)^2"
)


@pytest.mark.parametrize(
    ("relation", "sign", "verdict"), [("=", "+", "convention"), (r"\leftarrow", "-", "wrong")]
)
def test_a_step_may_write_the_indices_as_its_derivative_does(relation: str, sign: str, verdict: str) -> None:
    slope = r"\frac{\partial E}{\partial v_{ij}} = -(t_j - h_j) (1 - h_j^2) x_i"
    line = rf"v_{{ij}} {relation} v_{{ij}} {sign} \eta (t_j - h_j) (1 - h_j^2) x_i"
    assert verdicts(LAYER + displayed(slope, line))[-2:] == ["convention", verdict]
