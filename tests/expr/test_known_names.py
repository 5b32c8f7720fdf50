"""What a name was found to mean holds as long as the quantities of its scope stay what they are."""

from copy import copy

from gradcheck.expr.forms.build import var
from gradcheck.expr.forms.reading import Reading
from gradcheck.expr.meaning.resolve import Known
from tests.checking.written import displayed, verdicts


def _kept(known: Known) -> bool:
    marks = ("z",)
    told = marks in known.meanings
    known.meanings[marks] = [Reading(var("z", (1, 1)))]
    return told


def test_a_quantity_that_comes_in_makes_names_anew() -> None:
    known = Known()
    assert not _kept(known)
    known["unknown"] = None  # that nothing is known of a key tells nothing of another
    assert _kept(known)
    known["z"] = var("z", (2, 1))
    assert not _kept(known)
    del known["z"]
    assert not _kept(known)
    other = copy(known)
    assert not _kept(other)
    assert _kept(known)


def test_a_parameter_hides_a_quantity_in_its_function_alone() -> None:
    given = (r"z = w x", r"f(z) = z^2", r"L = f(3 z) + z")
    right, wrong = r"\frac{\partial L}{\partial z} = 18 z + 1", r"\frac{\partial L}{\partial z} = 6 z + 1"
    assert verdicts(displayed(*given, right))[-1] == "correct"
    assert verdicts(displayed(*given, wrong))[-1] == "wrong"
