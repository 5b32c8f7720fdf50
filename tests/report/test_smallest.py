import pytest

from gradcheck.diagnosis.telling import Written
from gradcheck.options import Options
from gradcheck.pipeline import run
from gradcheck.report.smallest import insertion, smallest
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


def test_the_author_s_own_spelling_is_kept():
    text = "b = np.sum(d, axis=1)"
    change = Written(
        Span(4, len(text)), text[4:], r"\frac{1}{m} \operatorname{sum}(d)", r"\frac{1}{m} np.sum(d, axis=1)"
    )
    found = insertion(Source("a.md", text), change)
    assert (found.span, found.before, found.after) == (Span(4, 4), "", r"\frac{1}{m}")


def test_a_missing_factor_is_an_insertion_before_the_text_of_the_author(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(
        "---\nshapes: {w: [n, 1], b: [1, 1], X: [n, m], y: [1, m]}\n---\n"
        "$$L = \\frac{1}{2m} \\sum_{i=1}^{m} (w^T X + b - y)_i^2$$\n\n"
        "$$\\frac{dL}{db} = \\text{np.sum}(w^T X + b - y, \\text{axis}=1)$$\n"
    )
    (document,) = run([path], Options()).documents
    (edit,) = document.links[-1].repair.edits
    assert (edit.before, edit.after, edit.region.column) == ("", r"\frac{1}{m}", 19)


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        (r"w + \eta d", r"w - \eta d", ("+", "-")),
        (r"x + b", "x", ("+ b", "")),
        (r"\frac{1}{m} d A", "d A", (r"\frac{1}{m}", "")),
        (r"(P - Q) \odot P", "P - Q", (r"\odot P", "")),
        (r"\frac{1}{n_1} d", r"\frac{1}{m} d", ("n_1", "m")),
        (r"\tanh(z)", r"\tanh'\left(z\right)", (r"\tanh", r"\tanh'")),
        (r"(P - Q)^T", "(P - Q)", ("^T", "")),
        (r"a_1 b", r"a_2 b", ("a_1", "a_2")),
        ("12 b", "13 b", ("12", "13")),
        (r"\text{ab} c", r"\text{ac} c", (r"\text{ab}", r"\text{ac}")),
        ("Q - P", "P - Q", ("Q - P", "P - Q")),
        ("t - t", "t (1 - t)", ("t - t", "t (1 - t)")),
        ("a (b + c)", "a (b + d", ("a (b + c)", "a (b + d")),
    ],
)
def test_the_smallest_place_cuts_nothing_in_two(before, after, wanted):
    text = f"u = {before} v"
    start = text.index(before)
    found = smallest(Source("a.md", text), Written(Span(start, start + len(before)), before, after, after))
    assert (found.before, found.after) == wanted
    assert text[found.span.start : found.span.end] == found.before
