import copy
import json
from dataclasses import fields, replace
from pathlib import Path

import jsonschema
import pytest

import gradcheck.report
from gradcheck.report.formats import FORMATS
from gradcheck.report.model import Evidence, LinkReport, Report, Witness
from gradcheck.report.view import View
from gradcheck.verdict import Verdict
from tests.report import samples

SCHEMA = json.loads(Path(gradcheck.report.__file__).with_name("schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def written(report: Report) -> str:
    return FORMATS["json"].render(report, View())


def read(report: Report) -> dict:
    """What another tool gets: the bytes, read back."""
    return json.loads(written(report).encode("utf-8", "backslashreplace"))


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("report", [samples.report(), samples.hostile(), Report(samples.TOOL, ())])
def test_a_report_fits_the_schema(report):
    VALIDATOR.validate(read(report))


def test_golden(golden):
    golden("report.json", written(samples.report()))


def test_the_same_report_gives_the_same_text():
    assert written(samples.report()) == written(samples.report())


def test_keys_of_the_top_and_of_a_document_are_the_documented_ones_in_order():
    data = read(samples.report())
    assert list(data) == ["schema_version", "tool", "summary", "documents", "errors"]
    first = ["path", "title", "assignment", "typing", "conventions"]
    assert list(data["documents"][0])[:5] == first
    assert list(data["documents"][0]["links"][0])[:9] == [
        *("id", "line", "column", "end_line", "end_column", "head", "left", "relation", "right"),
    ]


def test_every_field_of_a_link_is_written():
    names = {field.name for field in fields(LinkReport)} - {"region"}
    assert names < set(read(samples.report())["documents"][0]["links"][0])


def test_summary_counts_the_links_and_scopes_split_it():
    data = read(samples.report())
    assert data["summary"]["wrong"] == 3
    assert sum(data["summary"].values()) == sum(len(document["links"]) for document in data["documents"])
    scopes = data["documents"][0]["scopes"]
    assert [scope["name"] for scope in scopes] == ["Forward pass", "Regression"]
    for verdict in Verdict:
        assert sum(scope["summary"][verdict] for scope in scopes) == data["summary"][verdict]


def test_a_region_names_the_right_side_in_the_file():
    document = read(samples.report())["documents"][0]
    lines = samples.NOTES.split("\n")
    for link in document["links"]:
        if link["line"] == link["end_line"]:
            assert lines[link["line"] - 1][link["column"] - 1 : link["end_column"] - 1] == link["right"]


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_numbers_that_json_lacks_are_words(value):
    document = samples.notes()
    evidence = Evidence(witness=Witness({"x": value}, None, expected=1.0, got=value))
    links = (replace(document.links[0], evidence=evidence),)
    data = read(Report(samples.TOOL, (replace(document, links=links),)))
    assert data["documents"][0]["links"][0]["evidence"]["witness"]["got"] == str(value)
    VALIDATOR.validate(data)


def test_a_witness_keeps_the_digits_that_tell_its_values_apart():
    link = next(link for link in read(samples.report())["documents"][0]["links"] if link["id"] == "8.1")
    assert link["evidence"]["witness"]["got"] == 1.000000000001
    assert link["evidence"]["witness"]["expected"] == 1.0


def _set(path: str, value: object):
    def change(data: dict) -> None:
        *way, last = path.split(".")
        for key in way:
            data = data[int(key) if isinstance(data, list) else key]
        data[last] = value

    return change


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("schema_version", 2),
        ("documents.0.links.0.verdict", "fine"),
        ("documents.0.links.0.line", 0),
        ("documents.0.links.0.surprise", 1),
        ("documents.0.links.3.rule.code", "503"),
        ("documents.0.links.4.cause", None),
        ("documents.0.links.10.message", None),
        ("documents.0.links.3.evidence.analytic.relative_error", -1),
        ("documents.0.unread.0.reason", ""),
        ("summary.good", 1),
    ],
)
def test_the_schema_refuses(path, value):
    data = copy.deepcopy(read(samples.report()))
    _set(path, value)(data)
    assert not VALIDATOR.is_valid(data)
