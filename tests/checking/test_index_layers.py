"""Index letters that name layers: two layers' weights under one letter, and layers of any number."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

TWO_LAYERS = r"""
$$h_j = \sum_i v_{ji} x_i, \quad g_j = \tanh(h_j), \quad p_k = \sum_j v_{kj} g_j$$
$$E = \frac12 \sum_k (p_k - t_k)^2$$
$$e_k \equiv \frac{\partial E}{\partial p_k} = p_k - t_k$$
$$e_j \equiv \frac{\partial E}{\partial h_j} = (1 - g_j^2) \sum_k v_{kj} e_k$$
"""

ANY_LAYER = r"""
$$s_j = \sum_i v_{ji} u_i, \qquad u_j = \tanh(s_j)$$
$$d_j \equiv \frac{\partial E}{\partial s_j}$$
"""

ONE_VECTOR = r"""
$$s_i = \frac{e^{z_i}}{\sum_k e^{z_k}}$$
"""


def verdicts(text: str, line: str) -> list[str]:
    document = read(Source("notes.md", f"{text}\n$${line}$$\n"))
    return [str(judgement.verdict) for _, judgement in check(document, pose(document, None)).judgements()]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (TWO_LAYERS, r"\frac{\partial E}{\partial v_{kj}} = e_k g_j"),
        (TWO_LAYERS, r"\frac{\partial E}{\partial v_{ji}} = e_j x_i"),
        (TWO_LAYERS, r"\frac{\partial E}{\partial x_i} = \sum_j v_{ji} e_j"),
        (ANY_LAYER, r"d_j = (1 - u_j^2) \sum_k v_{kj} d_k"),
        (ANY_LAYER, r"\frac{\partial E}{\partial v_{ji}} = d_j u_i"),
        (ANY_LAYER, r"\frac{\partial s_k}{\partial s_j} = v_{kj} (1 - u_j^2)"),
        (ONE_VECTOR, r"\frac{\partial s_i}{\partial z_j} = s_i (\delta_{ij} - s_j)"),
    ],
)
def test_right_lines_are_right(text: str, line: str) -> None:
    assert set(verdicts(text, line)) == {"correct"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (TWO_LAYERS, r"\frac{\partial E}{\partial v_{kj}} = e_k h_j"),
        (TWO_LAYERS, r"\frac{\partial E}{\partial v_{ji}} = 2 e_j x_i"),
        (TWO_LAYERS, r"\frac{\partial E}{\partial x_i} = -\sum_j v_{ji} e_j"),
        (ANY_LAYER, r"d_j = (1 - u_j) \sum_k v_{kj} d_k"),
        (ANY_LAYER, r"d_j = (1 - s_j^2) \sum_k v_{kj} d_k"),
        (ONE_VECTOR, r"\frac{\partial s_i}{\partial z_j} = s_i (\delta_{ij} + s_j)"),
    ],
)
def test_a_wrong_line_is_wrong_and_no_other(text: str, line: str) -> None:
    *others, last = verdicts(text, line)
    assert (set(others), last) == ({"correct"}, "wrong")


def test_what_is_told_apart_is_named_as_the_author_names_it() -> None:
    document = read(Source("notes.md", TWO_LAYERS))
    scope = next(iter(check(document, pose(document, None)).cases)).scope
    assert not any("·" in scope.latex_of(key) for key in scope.program)
