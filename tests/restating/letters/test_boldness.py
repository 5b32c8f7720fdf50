"""A bold and a plain letter may be two quantities, where more is right that way."""

from tests.checking.written import verdicts

BOTH = r"""
$$\mathbf{u} = \mathbf{A} \mathbf{v}, \qquad f = \mathbf{u}^\top \mathbf{u}$$
$$\nabla_{\mathbf{v}} f = 2 \mathbf{A}^\top \mathbf{u}$$
$$v(s) = \log(1 + e^s), \qquad \frac{dv}{ds} = %s$$
"""


def test_a_plain_letter_is_another_quantity_than_the_bold_one() -> None:
    assert verdicts(BOTH % r"\frac{1}{1 + e^{-s}}") == ["correct"] * 5


def test_a_wrong_line_about_the_plain_letter_is_wrong() -> None:
    assert verdicts(BOTH % r"\frac{1}{1 + e^{s}}") == ["correct"] * 4 + ["wrong"]


def test_a_letter_written_both_ways_in_one_line_is_one_quantity() -> None:
    text = r"""
$$f(\mathbf{v}) = v^\top A v$$
$$\nabla_{\mathbf{v}} f = (A + A^\top) v$$
"""
    assert verdicts(text) == ["correct", "correct"]


def test_a_plain_letter_that_is_transposed_is_no_number_beside_bold_ones() -> None:
    text = r"""
$$q(\mathbf{v}) = \|\mathbf{A} \mathbf{v} - \mathbf{c}\|^2$$
$$\nabla q(\mathbf{v}) = 2 \mathbf{A}^\top (\mathbf{A} \mathbf{v} - \mathbf{c})$$

$$h(u) = u^\top M u$$
$$\nabla h(u) = %s$$
"""
    assert verdicts(text % r"(M + M^\top) u") == ["correct"] * 4
    assert verdicts(text % "2 M u") == ["correct"] * 3 + ["wrong"]
