import io
import re

import pytest
from rich.cells import cell_len

from gradcheck.report.formats import FORMATS
from gradcheck.report.model import Report
from gradcheck.report.view import View
from tests.report import samples


def written(report: Report, **view: object) -> str:
    return FORMATS["terminal"].render(report, View(**view))


@pytest.mark.parametrize("width", [80, 140])
def test_golden(golden, width):
    golden(f"terminal-{width}.txt", written(samples.report(), width=width))


def test_golden_verbose(golden):
    golden("terminal-verbose.txt", written(samples.report(), verbose=True))


def test_golden_hostile(golden):
    text = written(samples.hostile())
    golden("terminal-hostile.txt", text)


@pytest.mark.parametrize("width", [40, 60, 80, 140])
@pytest.mark.parametrize("verbose", [False, True])
def test_no_line_is_wider_than_the_page(width, verbose):
    for line in written(samples.report(), width=width, verbose=verbose).splitlines():
        assert cell_len(line) <= width, line


def test_nothing_of_a_document_acts_on_the_terminal():
    text = written(samples.hostile())
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
    assert "[bold]y[/bold] :smile:" in text


def test_nothing_of_a_document_is_a_command_to_a_ci_log():
    text = written(samples.hostile())
    assert "add-mask" in text
    assert not re.search(r"^\s*::|##\[", text, re.MULTILINE)


def test_colour_changes_nothing_but_colour():
    coloured = written(samples.report(), colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == written(samples.report())


def test_the_environment_does_not_change_the_text(monkeypatch):
    expected = written(samples.report())
    for name, value in {"FORCE_COLOR": "1", "COLUMNS": "33", "NO_COLOR": "1", "TERM": "dumb"}.items():
        monkeypatch.setenv(name, value)
    assert written(samples.report()) == expected


def test_the_time_is_told_only_where_it_is_given():
    assert "1.2 s" not in written(samples.report())
    assert written(samples.report(), seconds=1.23).endswith("1.2 s\n")


def test_each_oracle_is_seen_under_a_wrong_line():
    assert "symbolic differs · reverse mode 1.4e-1 · differences 1.4e-1 ± 2e-9" in written(samples.report())


def test_one_fault_is_reported_once_and_names_what_follows():
    text = written(samples.report())
    assert text.count("another layer's weight") == 1
    assert "not charged again: line 12" in text
    assert not re.search(r"^  follows", text, re.MULTILINE)


def test_digits_are_shown_until_two_numbers_differ():
    assert re.search(r"this line 1\.000000000001,\s+the gradient 1\n", written(samples.report()))


def test_each_remark_says_its_place():
    text = written(samples.report())
    assert "read as a matrix product, which the shapes force (10:42)" in text
    assert "`\\mystery` is not defined in the document (21:7)" in text


def test_output_can_be_printed_by_an_utf8_stream():
    io.TextIOWrapper(io.BytesIO(), encoding="utf-8").write(written(samples.hostile()))
