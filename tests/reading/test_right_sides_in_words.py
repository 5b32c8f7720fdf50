"""Inline formulas whose right side is told in words: the next formula does not go on with them."""

from __future__ import annotations

from gradcheck.notation.printer import latex
from gradcheck.reading.document import Equation, read
from gradcheck.source import Source
from tests.checking.written import verdicts

NAMES = """
$U =$ weights of the layer

$e =$ error signal and $r = $
the rate

$s = U v$ and $k = n$
"""


def equations(text):
    return [item for item in read(Source("notes.md", text)).body if isinstance(item, Equation)]


def test_words_are_the_right_side():
    found = equations(NAMES)
    assert [latex(equation.head) for equation in found] == ["U", "e", "r", "s", "k"]
    assert [len(equation.links) for equation in found] == [1, 1, 1, 1, 1]


def test_no_name_is_accused_of_being_the_next_one():
    assert "wrong" not in verdicts(NAMES)


def test_a_chain_goes_on_where_no_words_stand_between():
    (found,) = equations("$a =$\n$b + c$\n")
    assert latex(found.links[0].right).replace(" ", "") == "b+c"
