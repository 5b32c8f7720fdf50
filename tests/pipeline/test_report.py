"""A run over the submissions: the report fits its schema, and the same input gives the same bytes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

import gradcheck.report
from tests.two_layer.submissions import FOLDER, NAMES, expected, path_of

SCHEMA = Path(gradcheck.report.__file__).with_name("schema.json")


def run_bytes(hash_seed: str) -> bytes:
    """The JSON report of the submissions, from a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "gradcheck", "run", "submissions", "--format", "json"],
        cwd=FOLDER,
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
        capture_output=True,
        timeout=300,
        check=False,
    ).stdout


@pytest.fixture(scope="module")
def written() -> bytes:
    return run_bytes("0")


@pytest.fixture(scope="module")
def report(written) -> dict:
    return json.loads(written)


def test_it_fits_its_schema(report):
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(report)


def test_the_same_bytes_in_another_process_with_other_hashes(written):
    assert run_bytes("1") == written


@pytest.mark.parametrize("name", NAMES)
def test_every_link_is_in_it(report, name):
    document = next(each for each in report["documents"] if each["path"].endswith(f"{name}.md"))
    assert [link["verdict"] for link in document["links"]] == [row.verdict for row in expected(name)]
    assert len({link["id"] for link in document["links"]}) == len(document["links"])
    assert document["unread"] == []


def test_the_summary_counts_the_links(report):
    assert sum(report["summary"].values()) == 246
    assert report["errors"] == []


def test_a_wrong_link_has_a_message_and_a_witness_or_a_proof(report):
    for document in report["documents"]:
        for link in document["links"]:
            if link["verdict"] == "wrong":
                assert link["message"]
                assert link["rule"]
                assert link["evidence"]["witness"] or link["certainty"] == "proved"
            if link["verdict"] in ("undecided", "slip"):
                assert link["message"] or link["reading"]


def test_what_a_link_points_at_is_what_it_quotes(report):
    for document in report["documents"]:
        lines = path_of(Path(document["path"]).stem).read_text(encoding="utf-8").splitlines()
        for link in document["links"]:
            if link["line"] == link["end_line"]:
                quoted = lines[link["line"] - 1][link["column"] - 1 : link["end_column"] - 1]
                assert quoted == link["right"]


@pytest.mark.parametrize("name", NAMES)
def test_each_is_shown_with_every_claim_in_sympy(name):
    from gradcheck.options import Options
    from gradcheck.pipeline import show

    lines = show(path_of(name), Options()).splitlines()
    assert sum("  line " in line for line in lines) == len(expected(name))
    assert sum("sympy: " in line for line in lines) > len(expected(name)) / 2
