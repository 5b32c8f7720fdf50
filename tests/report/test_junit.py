from dataclasses import replace
from xml.etree import ElementTree

import pytest
from junitparser import JUnitXml

from gradcheck.report.formats import FORMATS
from gradcheck.report.model import Report
from gradcheck.report.view import View
from gradcheck.source import Source
from gradcheck.verdict import Verdict
from tests.report import samples


def read(report: Report) -> JUnitXml:
    return JUnitXml.fromstring(FORMATS["junit"].render(report, View()).encode())


def outcomes(report: Report) -> dict[str, str | None]:
    cases = [case for suite in read(report) for case in suite]
    assert len({case.name for case in cases}) == len(cases)
    return {case.name: type(case.result[0]).__name__ if case.result else None for case in cases}


def test_one_case_a_link_and_each_thing_unread_or_said():
    report = samples.report()
    found = list(outcomes(report).values())
    links = report.documents[0].links
    wrong = sum(link.verdict in (Verdict.WRONG, Verdict.FOLLOWS) for link in links)
    assert len(found) == len(links) + 2 + 1
    assert found.count("Failure") == wrong + 1
    assert found.count("Skipped") == 1 + 1
    assert found.count("Error") == 1


def test_the_counts_are_those_of_the_cases():
    text = FORMATS["junit"].render(samples.report(), View())
    root = ElementTree.fromstring(text)
    for element in (root, *root.iter("testsuite")):
        assert int(element.get("tests")) == len(list(element.iter("testcase")))
        assert int(element.get("failures")) == len(list(element.iter("failure")))
        assert int(element.get("skipped")) == len(list(element.iter("skipped")))
        assert int(element.get("errors")) == len(list(element.iter("error")))


def test_names_stay_when_lines_are_added_above():
    report = samples.report()
    document = report.documents[0]
    down = {
        link.id: replace(
            link, region=replace(link.region, line=link.region.line + 2, end_line=link.region.end_line + 2)
        )
        for link in document.links
    }
    moved = replace(
        document,
        source=Source(document.source.path, "\n\n" + document.source.text),
        links=tuple(down.values()),
    )
    unmoved = Report(samples.TOOL, (replace(document, unread=(), remarks=()),))
    assert list(outcomes(Report(samples.TOOL, (replace(moved, unread=(), remarks=()),)))) == list(
        outcomes(unmoved)
    )


def test_equal_links_have_different_names():
    document = samples.notes()
    twice = replace(
        document, links=(document.links[0], replace(document.links[0], id="99.1")), unread=(), remarks=()
    )
    names = list(outcomes(Report(samples.TOOL, (twice,))))
    assert names[1] == f"{names[0]} (2)"


def test_a_failure_says_where_and_what():
    failures = ElementTree.fromstring(FORMATS["junit"].render(samples.report(), View())).iter("failure")
    first = next(failures)
    assert first.get("type") == "GC503"
    assert first.text.startswith("homework/notes.md:11:")
    assert "^^^^^^^^" in first.text


@pytest.mark.parametrize("make", [samples.hostile, samples.attacks])
def test_a_hostile_document_stays_text(make):
    assert "Failure" in outcomes(make()).values()
