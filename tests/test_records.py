"""The project's data classes do what the standard library's do, and are declared with less work."""

import dataclasses
import pickle
from dataclasses import field
from unittest.mock import Mock

import pytest

from gradcheck.records import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A value with a field that is neither compared nor shown."""

    row: int
    column: int = 0
    label: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True)
class Alone:
    """A value of one field."""

    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Empty:
    """A value of none."""


@dataclass(frozen=True, slots=True, order=True)
class Ordered:
    """A value with an order."""

    rank: int
    name: str = ""


@dataclass
class Mutable:
    """A thing that changes."""

    count: int = 0


def test_values_are_equal_by_their_fields():
    assert Place(1, 2, "a") == Place(1, 2, "b")
    assert Place(1, 2) != Place(2, 1)
    assert {Place(1, 2, "a"), Place(1, 2, "b"), Place(1)} == {Place(1, 2), Place(1)}
    assert Alone((1,)) == Alone((1,)) != Alone((2,))
    assert hash(Alone((1, 2))) == hash(Alone((1, 2)))
    assert Empty() == Empty()
    assert Alone(()) != Empty()


def test_values_are_shown_by_their_fields():
    assert repr(Place(1, 2, "a")) == "Place(row=1, column=2)"
    assert repr(Empty()) == "Empty()"


def test_the_tools_of_the_standard_library_know_them():
    assert dataclasses.replace(Place(1, 2, "a"), row=3) == Place(3, 2)
    assert [each.name for each in dataclasses.fields(Place)] == ["row", "column", "label"]
    assert dataclasses.asdict(Alone((1, 2))) == {"items": (1, 2)}
    assert pickle.loads(pickle.dumps(Place(1, 2, "a"))).label == "a"  # noqa: S301 (written a moment ago)
    match Place(1, 2):
        case Place(row, column):
            assert (row, column) == (1, 2)


def test_values_are_put_in_order_by_their_fields():
    assert Ordered(1, "b") < Ordered(2, "a") <= Ordered(2, "b") > Ordered(2, "a") >= Ordered(1, "c")
    assert sorted([Ordered(2, "a"), Ordered(1, "b"), Ordered(1, "a")])[0] == Ordered(1, "a")
    with pytest.raises(TypeError, match="not supported"):
        assert Ordered(1, "a") < Place(2)
    with pytest.raises(TypeError, match="not supported"):
        assert Place(1) < Place(2)


def test_what_changes_is_equal_by_its_fields_and_has_no_hash():
    thing = Mutable(1)
    thing.count = 2
    assert thing == Mutable(2) != Mutable()
    assert repr(thing) == "Mutable(count=2)"
    with pytest.raises(TypeError, match="unhashable"):
        hash(thing)


def test_what_is_itself_alone_is_equal_to_nothing_else():
    @dataclass(frozen=True, eq=False)
    class Unique:
        name: str

    one, other = Unique("a"), Unique("a")
    assert one != other
    assert len({one, other, one}) == 2


def test_a_class_keeps_the_methods_of_its_own():
    @dataclass(frozen=True, slots=True)
    class Named:
        name: str

        def __repr__(self) -> str:
            return self.name

    assert repr(Named("w")) == "w"


def test_objects_are_made_as_the_standard_ones_are():
    @dataclass(frozen=True, slots=True)
    class Row:
        first: int
        second: int = 2
        third: str = field(default="c", compare=False)

    @dataclass(frozen=True, slots=True)
    class Longer(Row):
        last: tuple[int, ...] = ()

    @dataclass(frozen=True, slots=True)
    class Grown(Longer):
        items: list[int] = field(default_factory=list)

    assert Row(1) == Row(first=1, second=2)
    assert (Row(1).second, Row(1).third, Row(5, third="d").third, Row(5, 6).second) == (2, "c", "d", 6)
    assert Longer(1, 2, "c", (3,)) == Longer(first=1, last=(3,)) != Longer(1)
    assert Grown(1).items == []
    assert Grown(1).items is not Grown(1).items
    for arguments, told in ((), "missing 1 required"), ((1, 2, "c", 4), "takes from 2 to 4"):
        with pytest.raises(TypeError, match=rf"Row.__init__\(\) {told}"):
            Row(*arguments)


def test_what_follows_the_fields_is_done():
    @dataclass(frozen=True)
    class Square:
        side: int
        area: int = field(init=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "area", self.side**2)

    assert Square(3).area == 9


def test_nothing_is_compiled_anew_for_as_many_fields(monkeypatch):
    def compiled(decorator) -> int:
        """How many methods are made of text while a class with three fields is declared."""
        executed = Mock(wraps=exec)

        class Made:
            a: int
            b: str
            c: tuple

        with monkeypatch.context() as patched:
            patched.setattr(dataclasses, "exec", executed, raising=False)
            decorator(Made)
        return sum(call.args[0].count("(self") for call in executed.call_args_list)

    ours, standard = (each(frozen=True, slots=True) for each in (dataclass, dataclasses.dataclass))
    compiled(ours)
    assert compiled(ours) == 0 < compiled(standard)
