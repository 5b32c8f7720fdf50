import pytest

from gradcheck.diagnosis.telling import Written
from gradcheck.report.insertion import insertion
from gradcheck.source import Source, Span


def inserted(text: str, before: str, after: str) -> str | None:
    """The text with the insertion made, or None where the change is none."""
    start = text.index(before)
    found = insertion(Source("a.md", text), Written(Span(start, start + len(before)), before, after))
    if found is None:
        return None
    assert found.before == ""
    assert found.span.start == found.span.end
    return text[: found.span.start] + "«" + found.after + "»" + text[found.span.end :]


@pytest.mark.parametrize(
    ("text", "before", "after", "made"),
    [
        (r"b - \frac{1}{2} d", r"\frac{1}{2} d", r"\alpha \frac{1}{2} d", r"b - «\alpha»\frac{1}{2} d"),
        (r"c (T - Y) x", "T - Y", r"W^{\top} \left(T - Y\right)", r"c «W^{\top}»(T - Y) x"),
        (r"c ( T - Y ) x", "T - Y", r"\left(T - Y\right) \odot A", r"c ( T - Y )«\odot A» x"),
        (r"d A", "d A", r"d A^{\top}", r"d A«^{\top}»"),
    ],
)
def test_what_only_adds_is_an_insertion(text, before, after, made):
    assert inserted(text, before, after) == made


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        (r"\omega_1 a", r"\omega_1", r"\omega_2"),
        (r"a b", "a b", "b a"),
        (r"T - Y", "T - Y", r"W \left(T - Y\right)"),
        (r"(a)", "a", r"2 \left(a\right) b"),
        (r"a", "a", "a"),
    ],
)
def test_what_changes_more_is_none(text, before, after):
    assert inserted(text, before, after) is None
