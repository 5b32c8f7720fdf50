from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.notation.statements import Equation, Unread
from gradcheck.reading.document import FORMATS, read
from gradcheck.reading.errors import ReadingError
from gradcheck.source import Source, Span


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="no such file") as caught:
        read(tmp_path / "missing.md")
    assert caught.value.path.endswith("missing.md")


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="directory"):
        read(tmp_path)


def test_bytes_that_are_no_text_are_told_with_their_place(tmp_path: Path) -> None:
    file = tmp_path / "latin.md"
    file.write_bytes("# Titel\n\nfür".encode("latin-1"))
    with pytest.raises(ReadingError, match="byte 10 is 0xfc") as caught:
        read(file)
    assert (caught.value.line, caught.value.column) == (3, 2)


@pytest.mark.parametrize("content", ["", "\n\n", " "])
def test_an_empty_file_is_an_empty_document(tmp_path: Path, content: str) -> None:
    file = tmp_path / "empty.md"
    file.write_text(content)
    assert read(file).body == ()


@pytest.mark.parametrize(
    ("front", "message", "line"),
    [("title: [", "no YAML", 3), ("- a\n- b", "key: value", 2), ("just words", "key: value", 2)],
)
def test_front_matter_that_is_none(front: str, message: str, line: int) -> None:
    with pytest.raises(ReadingError, match=message) as caught:
        read(Source("notes.md", f"---\n{front}\n---\n\ntext"))
    assert caught.value.line == line


def test_front_matter_runs_no_code() -> None:
    with pytest.raises(ReadingError, match="no YAML"):
        read(Source("notes.md", "---\na: !!python/object/apply:os.getcwd []\n---\n"))


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_any_text_is_read_in_every_format(suffix: str) -> None:
    @given(st.text(alphabet="$\\[]()`{}#>-=ab \n~*'\"1"))
    def check(text: str) -> None:
        try:
            document = read(Source(f"notes{suffix}", text))
        except ReadingError:
            return
        whole = Span(0, len(document.source.text))
        assert all(part.span in whole for part in document.body)
        starts = [part.span.start for part in document.body]
        assert starts == sorted(starts)

    check()


def test_a_long_document_is_read_whole() -> None:
    line = "$$\\frac{\\partial L}{\\partial W^{[2]}} = \\frac{1}{m} (A^{[2]} - Y) A^{[1]T}$$\n\n"
    count = 2**18 // len(line)
    document = read(Source("long.md", line * count))
    assert sum(isinstance(part, Equation) for part in document.body) == count


def test_a_megabyte_in_one_formula_is_refused_with_its_place() -> None:
    document = read(Source("long.md", "$$a = b$$\n\n$$" + "x + " * 2**18 + "$$\n\n$$c = d$$"))
    assert [type(part) for part in document.body] == [Equation, Unread, Equation]


@pytest.mark.parametrize(
    "hostile",
    [
        "$" * 2**17,
        "\\(" * 2**16,
        "`" * 2**17,
        "$$\n" * 2**16,
        "\\begin{align}" * 2**13,
        "#" * 2**17,
        "> " * 2**16,
        "---\n" * 2**15,
        "```\n" * 2**15,
        "<!--" * 2**15,
    ],
)
def test_hostile_text_is_read_to_its_end(hostile: str) -> None:
    assert read(Source("hostile.md", hostile + "\n\nend")).body is not None
