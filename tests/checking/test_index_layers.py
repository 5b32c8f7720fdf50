"""Index letters that name layers: two layers' weights under one letter, and layers of any number."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
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


BIASED = r"""
$$h_j = \sum_i v_{ji} x_i + c_j, \quad g_j = \tanh(h_j), \quad p_k = \sum_j v_{kj} g_j + c_k$$
$$E = \frac12 \sum_k (p_k - t_k)^2$$
$$e_k = \frac{\partial E}{\partial p_k} = p_k - t_k$$
"""
BIASED_ANY_LAYER = r"""
$$s_j = \sum_i v_{ji} u_i + c_j, \qquad u_j = \tanh(s_j)$$
$$d_j \equiv \frac{\partial E}{\partial s_j}$$
"""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (BIASED, r"\frac{\partial E}{\partial v_{kj}} = e_k g_j"),
        (BIASED, r"\frac{\partial E}{\partial c_k} = e_k"),
        (BIASED, r"\frac{\partial E}{\partial c_j} = (1 - g_j^2) \sum_k v_{kj} e_k"),
        (BIASED, r"\frac{\partial E}{\partial v_{ji}} = x_i (1 - g_j^2) \sum_k v_{kj} e_k"),
        (BIASED_ANY_LAYER, r"\frac{\partial E}{\partial c_j} = d_j"),
        (BIASED_ANY_LAYER, r"m_{ji} = -\gamma \frac{\partial E}{\partial v_{ji}} = -\gamma d_j u_i"),
        (BIASED_ANY_LAYER, r"d_j = (1 - u_j^2) \sum_k v_{kj} d_k"),
    ],
)
def test_each_layer_has_its_own_biases(text: str, line: str) -> None:
    assert set(verdicts(text, line)) == {"correct"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (BIASED, r"\frac{\partial E}{\partial c_k} = e_k p_k"),
        (BIASED, r"\frac{\partial E}{\partial c_j} = \sum_k v_{kj} e_k"),
        (BIASED_ANY_LAYER, r"\frac{\partial E}{\partial c_j} = -d_j"),
        (BIASED_ANY_LAYER, r"\frac{\partial E}{\partial c_j} = d_j u_j"),
        (BIASED_ANY_LAYER, r"m_{ji} = -\gamma \frac{\partial E}{\partial v_{ji}} = \gamma d_j u_i"),
    ],
)
def test_slips_about_biases_are_found(text: str, line: str) -> None:
    *others, last = verdicts(text, line)
    assert (set(others), last) == ({"correct"}, "wrong")


OUTPUTS_BY_A_LETTER = r"""
$$u_k^p = \phi(s_k^p), \qquad s_k^p = \sum_j v_{jk} u_j^p + c_k$$
$$E^p = \frac{1}{2} \sum_o (g_o^p - u_o^p)^2, \qquad E = \sum_p E^p$$
$$d_k^p = -\frac{\partial E^p}{\partial s_k^p}$$
"""


@pytest.mark.parametrize(
    "line",
    [
        r"\frac{\partial s_k^p}{\partial v_{jk}} = u_j^p",
        r"\frac{\partial E^p}{\partial v_{jk}} = -d_k^p u_j^p",
        r"\frac{\partial E^p}{\partial c_k} = -d_k^p",
        r"d_k^p = -\frac{\partial E^p}{\partial u_k^p} \phi'(s_k^p)",
        r"d_o^p = (g_o^p - u_o^p) \phi'(s_o^p)",
        r"\frac{\partial E^p}{\partial u_o^p} = -(g_o^p - u_o^p)",
        r"d_h^p = \phi'(s_h^p) \sum_o v_{ho} d_o^p",
    ],
)
def test_the_letter_of_the_outputs_is_that_of_the_last_layer(line: str) -> None:
    assert set(verdicts(OUTPUTS_BY_A_LETTER, line)) == {"correct"}


@pytest.mark.parametrize(
    "line",
    [
        r"\frac{\partial E^p}{\partial v_{jk}} = d_k^p u_j^p",
        r"\frac{\partial E^p}{\partial c_k} = d_k^p \phi'(s_k^p)",
        r"d_k^p = \frac{\partial E^p}{\partial u_k^p} \phi'(s_k^p)",
        r"d_o^p = (g_o^p - u_o^p) \phi(s_o^p)",
        r"d_h^p = \sum_o v_{ho} d_o^p",
    ],
)
def test_slips_beside_the_letter_of_the_outputs_are_found(line: str) -> None:
    *others, last = verdicts(OUTPUTS_BY_A_LETTER, line)
    assert (set(others), last) == ({"correct"}, "wrong")
