"""A dot between two columns of one size: an inner product where a number is meant, else one by entries."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import displayed, verdicts

SHAPES = [r"u, x \in \mathbb{R}^d", r"c \in \mathbb{R}"]


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        (r"\nabla_u \ell = \frac{e^{-s}}{1 + e^{-s}} (-x)", r"\nabla_u \ell = \frac{e^{-s}}{1 + e^{-s}} x"),
        (r"\frac{\partial s}{\partial c} = 1", r"\frac{\partial s}{\partial c} = u"),
        (r"\frac{\partial s}{\partial u} = x", r"\frac{\partial s}{\partial u} = u"),
    ],
)
def test_a_dot_of_columns_is_a_number(line: str, wrong: str) -> None:
    forward = [r"s = u \cdot x + c", r"\ell = \log(1 + e^{-s})"]
    assert verdicts(displayed(*SHAPES, *forward, line))[-1] == "correct"
    assert verdicts(displayed(*SHAPES, *forward, wrong))[-1] in ("wrong", "undecided")


def test_a_dot_of_columns_may_go_by_entries() -> None:
    found = verdicts(
        displayed(
            r"z, h, r \in \mathbb{R}^d",
            r"h = \tanh(z)",
            r"L = r^T h",
            r"\frac{\partial L}{\partial z} = r \cdot (1 - h^2)",
        )
    )
    assert found[-1] == "charitable"


RIDGE = r"""
The model is $f_{\mathbf{v},c}(\mathbf{x}) = \mathbf{v} \cdot \mathbf{x} + c$, its cost

$$C(\mathbf{v},c) = \frac{1}{2m} \sum_{i=0}^{m-1} (f_{\mathbf{v},c}(\mathbf{x}^{(i)}) - y^{(i)})^2
 + \frac{\mu}{2m} \sum_{j=0}^{n-1} v_j^2$$

and then

$$\frac{\partial C(\mathbf{v},c)}{\partial v_j} = \frac{1}{m} \sum_{i=0}^{m-1}
 (f_{\mathbf{v},c}(\mathbf{x}^{(i)}) - y^{(i)}) x_j^{(i)} + RATE v_j$$

$$\frac{\partial C(\mathbf{v},c)}{\partial c} = \frac{1}{m} \sum_{i=0}^{m-1}
 (f_{\mathbf{v},c}(\mathbf{x}^{(i)}) - y^{(i)})$$
"""


@pytest.mark.parametrize(("rate", "verdict"), [(r"\frac{\mu}{m}", "correct"), (r"\frac{2 \mu}{m}", "wrong")])
def test_a_dot_between_bold_letters_is_of_columns_and_what_a_function_is_marked_with_no_index(
    rate: str, verdict: str
) -> None:
    document = read(Source("ridge.md", RIDGE.replace("RATE", rate)))
    *_, (_, by_weight), (_, by_offset) = check(document, pose(document, None)).judgements()
    assert (str(by_weight.verdict), str(by_offset.verdict)) == (verdict, "correct")


@pytest.mark.parametrize(("factor", "verdict"), [("2", "correct"), ("", "wrong")])
def test_an_example_with_entries_is_a_column_though_the_function_has_it_bold(
    factor: str, verdict: str
) -> None:
    error = r"h_{\mathbf{v},c}(z^{(i)}) - t^{(i)}"
    lines = [
        r"h_{\mathbf{v},c}(\mathbf{z}) = \mathbf{v} \cdot \mathbf{z} + c",
        rf"J = \frac{{1}}{{2}} \sum_i ({error})^2 + \lambda \sum_{{j=1}}^{{n}} v_j^2",
        rf"\frac{{\partial J}}{{\partial v_j}} = \sum_i ({error}) z_j^{{(i)}} + {factor} \lambda v_j",
    ]
    assert verdicts(displayed(*lines))[-1] == verdict
