import re

import pytest

from gradcheck.report.findings import findings
from gradcheck.report.formats import FORMATS
from gradcheck.report.model import Report
from gradcheck.report.view import View
from tests.report import samples

COMMAND = re.compile(r"::(?P<name>[a-z-]+) (?P<properties>[^:]*)::(?P<data>.*)")
ESCAPES = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}


def undone(text: str) -> str:
    """Text as the runner undoes its escapes: the percent sign last."""
    for escape, char in ESCAPES.items():
        text = text.replace(escape, char)
    return text.replace("%25", "%")


def commands(report: Report) -> list[tuple[str, dict[str, str], str]]:
    """The log as the runner reads it, line by line."""
    found = []
    for line in FORMATS["github"].render(report, View()).splitlines():
        command = COMMAND.fullmatch(line)
        assert command, line
        pairs = (pair.split("=", 1) for pair in command["properties"].split(","))
        found.append((command["name"], {key: undone(value) for key, value in pairs}, undone(command["data"])))
    return found


@pytest.mark.parametrize("make", [samples.report, samples.hostile, samples.attacks])
def test_one_command_for_each_fault_and_doubt(make):
    report = make()
    told = [each for document in report.documents for each in findings(document) if each.severity != "note"]
    assert len(commands(report)) == len(told) + len(report.errors)
    assert {name for name, _, _ in commands(report)} <= {"error", "warning"}
    assert all(
        set(found) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        for _, found, _ in commands(report)
    )


def test_faults_come_before_doubts():
    names = [name for name, _, _ in commands(samples.report())]
    assert names == sorted(names)


def test_a_fault_is_at_its_place():
    (found,) = [each for each in commands(samples.report()) if each[2].startswith("GC503")]
    place = {"file": "homework/notes.md", "line": "11", "endLine": "11", "col": "53", "endColumn": "60"}
    assert found[1] == place | {"title": "wrong"}
    assert samples.NOTES.splitlines()[10][52:60] == r"\omega_1"


def test_a_path_comes_back_as_it_was():
    report = samples.attacks()
    assert report.documents[0].path in {found["file"] for _, found, _ in commands(report)}
