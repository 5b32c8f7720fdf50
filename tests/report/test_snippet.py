import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.diagnostic import Label, Region
from gradcheck.report.snippet import Row, snippet
from gradcheck.report.visible import cells, visible, wrap
from gradcheck.source import Source, Span


def rows(text: str, *marked: tuple[str, str], width: int = 77) -> list[tuple[int | None, str]]:
    """The rows of a snippet; each mark is a piece of the text (its first place) and what is said of it."""
    source = Source("a.md", text)
    labels = []
    for piece, said in marked:
        start = text.index(piece)
        labels.append(Label(Region.of(source, Span(start, start + len(piece))), said))
    return [(row.number, row.text) for row in snippet(source, labels, width)]


def test_a_caret_stands_under_its_symbol():
    assert rows("a = b c\n", ("c", "too much")) == [(1, "a = b c"), (None, "      ^ too much")]


def test_an_insertion_has_one_caret():
    source = Source("a.md", "ab")
    shown = list(snippet(source, [Label(Region(1, 2, 1, 2), "`c` is missing here")], 77))
    assert shown == [Row(1, "ab"), Row(None, " ^ `c` is missing here")]


def test_the_end_of_a_line_as_wide_as_the_page_can_be_marked():
    text, carets = (row.text for row in snippet(Source("a.md", "x" * 40), [Label(Region(1, 41, 1, 41))], 40))
    assert len(carets) <= 40
    assert len(text) == len(carets) - 1


def test_the_end_of_a_line_can_be_marked():
    source = Source("a.md", "ab\ncd")
    assert list(snippet(source, [Label(Region(1, 3, 1, 3))], 77)) == [Row(1, "ab"), Row(None, "  ^")]


@pytest.mark.parametrize(
    ("before", "width"), [("漢字", 4), ("y\u0302", 1), ("\t", 4), ("\u202e", 8), ("\x1b", 1)]
)
def test_carets_are_placed_by_cells(before, width):
    (_, _), (_, carets) = rows(f"{before}x", ("x", ""))
    assert carets == " " * width + "^"


def test_equal_words_are_said_once_for_two_places():
    assert rows("a b", ("a", "same"), ("b", "same")) == [(1, "a b"), (None, "^ ^ same")]


def test_different_words_stand_below_each_other_from_the_right():
    expected = [(1, "a b"), (None, "^ ^ second"), (None, "first")]
    assert rows("a b", ("a", "first"), ("b", "second")) == expected


def test_words_that_do_not_fit_beside_stand_below():
    shown = rows("x" * 20 + "y", ("y", "wordy words"), width=24)
    assert shown[1:] == [(None, " " * 20 + "^"), (None, " " * 13 + "wordy words")]


def test_a_long_line_is_cut_around_the_symbol():
    shown = rows("l" * 200 + "@" + "r" * 200, ("@", ""), width=40)
    (_, text), (_, carets) = shown
    assert text[carets.index("^")] == "@"
    assert text.startswith("…l")
    assert text.endswith("r…")
    assert len(text) == 40


def test_a_span_wider_than_the_page_shows_its_beginning():
    (_, text), (_, carets) = rows("a" * 10 + "@" * 100, ("@" * 100, ""), width=40)
    assert text.count("@") == carets.count("^") > 30


def test_places_far_apart_on_one_line_are_shown_one_by_one():
    shown = rows("@" + "x" * 200 + "#", ("@", "one"), ("#", "2"), width=40)
    assert [number for number, _ in shown] == [1, None, 1, None, None]
    assert "^ one" in shown[1][1]


def test_several_lines_show_the_first_two_and_the_last():
    text = "a = {\n  b\n  c\n  d\n}"
    assert rows(text, (text[4:], "said")) == [
        (1, "a = {"),
        (None, "    ^"),
        (2, "  b"),
        (None, "  ^"),
        (None, "…"),
        (5, "}"),
        (None, "^ said"),
    ]


def test_a_line_end_of_two_characters_is_not_shown():
    assert rows("a\r\nb", ("a", "")) == [(1, "a"), (None, "^")]


@given(st.text(min_size=1, max_size=120), st.data(), st.integers(30, 100))
def test_any_region_of_any_text_fits_the_page(text, data, width):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    source = Source("a.md", text)
    said = data.draw(st.text(max_size=60))
    for row in snippet(source, [Label(Region.of(source, Span(start, end)), said)], width):
        assert cells(row.text) <= width
        assert "\x1b" not in row.text


@given(st.text(max_size=200), st.integers(10, 60))
def test_wrapping_keeps_every_word(text, width):
    lines = wrap(text, width)
    assert all(cells(line) <= width for line in lines)
    shown = visible(text.replace("\t", " ").replace("\r", " ").replace("\n", " "))
    assert "".join("".join(lines).split()) == "".join(shown.split())


def test_a_formula_in_backticks_stays_on_one_line():
    assert wrap("write it as `a b c`", 16) == ["write it as", "`a b c`"]


@given(st.text(max_size=60), st.integers(0, 60))
def test_a_prefix_of_a_text_is_shown_as_a_prefix(text, length):
    assert visible(text).startswith(visible(text[:length]))


@given(st.text())
def test_shown_text_is_printable(text):
    assert all(char.isprintable() or char in "\u00a0\u3000" or char.isspace() for char in visible(text))
    assert visible(visible(text)) == visible(text)
