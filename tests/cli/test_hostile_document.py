"""A document that attacks, through the whole tool into every format, read back by a reader of that format."""

import json
import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from jsonschema import Draft7Validator

from gradcheck.cli import main
from gradcheck.report.formats import FORMATS
from tests.report.samples import ATTACKS, HOSTILE
from tests.report.test_github import COMMAND
from tests.report.test_html import Page
from tests.report.test_markdown import is_harmless, tokens_of
from tests.report.test_sarif import SCHEMA

DOCUMENT = f"""{ATTACKS.replace("<!--", "")}
{HOSTILE.encode("utf-8", "replace").decode()}
## <img src=x onerror=alert(9)>

$$a = `::error:: \\ggg <script>alert(8)</script> @x$$

$$f(x) = x^2$$

$$f'(x) = 3 x$$
"""


def no_element_acts(text: str) -> None:
    page = Page(text)
    assert not {tag for tag, _ in page.elements} & {"script", "img", "iframe"}
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


def every_line_is_a_command(text: str) -> None:
    assert all(COMMAND.fullmatch(line) for line in text.splitlines())


def no_line_is_a_command(text: str) -> None:
    assert not re.search(r"^\s*::|##\[", text, re.MULTILINE)


def follows_the_schema(text: str) -> None:
    assert list(Draft7Validator(SCHEMA).iter_errors(json.loads(text))) == []


def is_markdown_without_html(text: str) -> None:
    assert is_harmless(list(tokens_of(text)))


READERS: dict[str, Callable[[str], object]] = {
    "terminal": no_line_is_a_command,
    "json": json.loads,
    "html": no_element_acts,
    "markdown": is_markdown_without_html,
    "junit": ElementTree.fromstring,
    "sarif": follows_the_schema,
    "github": every_line_is_a_command,
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_hostile_document_passes_harmlessly(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(DOCUMENT, encoding="utf-8")
    assert main(["run", "a.md", "--format", name, "-o", "out"]) in (0, 1)
    text = (tmp_path / "out").read_text(encoding="utf-8")
    assert not set(text) & set("\x1b\x07\u202e\u2066")
    READERS[name](text)
