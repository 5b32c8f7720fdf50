import re
from collections.abc import Iterator

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from gradcheck.report.formats import FORMATS
from gradcheck.report.model import Report
from gradcheck.report.view import View
from tests.report import samples


def tokens(report: Report) -> Iterator[Token]:
    return tokens_of(FORMATS["markdown"].render(report, View()))


def tokens_of(text: str) -> Iterator[Token]:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for block in reader.parse(text):
        yield block
        yield from block.children or []


def is_harmless(found: list[Token]) -> bool:
    """Whether the only HTML is our own, and nothing is linked, shown or emphasised."""
    html = "".join(token.content for token in found if token.type in ("html_block", "html_inline"))
    ours = re.sub(r"<details><summary>\d+ more to be known</summary>|</details>", "", html)
    acting = {"link_open", "image", "em_open", "s_open"} & {token.type for token in found}
    return "<" not in ours and not acting


@pytest.mark.parametrize("make", [samples.report, samples.hostile, samples.attacks])
def test_the_only_html_is_our_own_and_nothing_is_linked(make):
    assert is_harmless(list(tokens(make())))


def test_what_a_document_might_say_would_be_seen():
    assert not is_harmless(list(tokens_of("<script>")))
    assert not is_harmless(list(tokens_of("[x](https://example.org)")))


def test_nobody_is_mentioned_and_no_address_becomes_a_link():
    said = "".join(token.content for token in tokens(samples.attacks()) if token.type == "text")
    assert "everyone" in said
    assert "@" not in said
    assert "://" not in said


def test_the_table_counts_each_document_once():
    text = FORMATS["markdown"].render(samples.report(), View())
    assert "| `homework/notes.md` | 11 | 3 | 1 | 1 | 1 | 3 | 1 | 1 |" in text
    rows = [token for token in tokens(samples.report()) if token.type == "tr_open"]
    assert len(rows) == 3


def test_a_path_with_a_pipe_stays_one_cell():
    cells = [token for token in tokens(samples.attacks()) if token.type == "td_open"]
    heads = [token for token in tokens(samples.attacks()) if token.type == "th_open"]
    assert len(cells) == len(heads)


def test_a_snippet_keeps_its_carets():
    (first, *_) = [token.content for token in tokens(samples.report()) if token.type == "fence"]
    line, carets = first.splitlines()[:2]
    assert line[carets.index("^") : carets.rindex("^") + 1] == r"\omega_1"


def test_a_comment_has_room():
    many = Report(samples.TOOL, samples.report().documents * 200)
    text = FORMATS["markdown"].render(many, View())
    assert len(text) < 65_536
    assert "more documents have findings" in text
