"""A step for few documents is asked of those alone; what no step changes stays the very same document."""

from collections.abc import Sequence

from gradcheck.notation.statements import Statement
from gradcheck.notation.whole import letters_of, passed, where_written
from gradcheck.reading.document import read
from gradcheck.source import Source

Body = Sequence[Statement]


def body(text: str) -> tuple[Statement, ...]:
    return read(Source("notes.md", text)).body


def backwards(statements: Body) -> Body:
    return [*reversed(statements)]


def the_same_listed(statements: Body) -> Body:
    return [*statements]


def test_letters_of_all_formulas_are_known() -> None:
    assert {"a", "sigma", "N"} <= letters_of(body(r"Let $a = \sigma(u)$ and $v \sim \mathcal{N}(0, 1)$."))


def test_a_list_that_changes_is_looked_through_again() -> None:
    statements = [*body("$$a = b$$")]
    assert "c" not in letters_of(statements)
    statements += body("$$c = d$$")
    assert "c" in letters_of(statements)


def test_a_step_is_asked_where_its_letter_is_written() -> None:
    asked = where_written("KL")(backwards)
    plain, told = body("$$a = b$$\n\n$$c = d$$"), body(r"$$a = b$$" + "\n\n" + r"$$c = \mathrm{KL}$$")
    assert asked(plain) is plain
    assert [*asked(told)] == [*reversed(told)]


def test_a_document_that_no_step_changes_stays_the_same() -> None:
    statements = body("$$a = b$$\n\n$$c = d$$")
    assert passed(statements, the_same_listed) is statements
    assert passed(statements, backwards) == tuple(reversed(statements))
