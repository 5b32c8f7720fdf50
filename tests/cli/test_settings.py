from dataclasses import replace
from pathlib import Path

import pytest

from gradcheck.cli import main
from gradcheck.config import Config, ConfigError
from gradcheck.report.model import Report
from gradcheck.verdict import Verdict
from tests.cli.test_run import report_with
from tests.report import samples

SETTINGS = """
[tool.gradcheck]
paths = ["notes"]
exclude = ["notes/drafts/*"]
strict = true
seed = 5
baseline = "known.json"
conventions = ["per-sample"]

[[tool.gradcheck.files]]
match = "notes/one.md"
assignment = "problems/one.md"
ignore = ["GC704"]
conventions = ["layout"]
"""


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    (tmp_path / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    return tmp_path


def test_the_nearest_settings_are_found_from_below(project):
    config = Config.nearest(Path.cwd())
    assert config.paths == (project / "notes",)
    assert (config.strict, config.seed, config.baseline) == (True, 5, project / "known.json")


def test_settings_hold_for_the_files_they_name(project):
    config = Config.nearest(Path.cwd())
    one, other = project / "notes" / "one.md", project / "notes" / "other.md"
    assert config.matter(one) == {"conventions": ["layout"], "assignment": "../problems/one.md"}
    assert config.matter(other) == {"conventions": ["per-sample"]}
    assert config.ignored(one) == {"GC704"}
    assert config.ignored(other) == frozenset()
    assert config.excludes(project / "notes" / "drafts" / "a.md")
    assert not config.excludes(one)


def test_no_settings_change_nothing(tmp_path):
    assert Config.nearest(tmp_path).matter(tmp_path / "a.md") == {}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"pathes": []}, "unknown setting 'pathes'; did you mean 'paths'?"),
        ({"strict": 1}, "`strict` is to be true or false, not 1"),
        ({"seed": True}, "`seed` is to be a whole number"),
        ({"exclude": [1]}, "`exclude` is to be a list of texts"),
        ({"files": [{"matches": "a"}]}, "unknown setting 'matches'; did you mean 'match'?"),
        ({"files": ["a"]}, "`files` is a list of tables"),
    ],
)
def test_a_setting_that_means_nothing_is_told(settings, said):
    with pytest.raises(ConfigError, match=said.replace("?", r"\?")):
        Config.of(settings, Path())


def test_settings_are_defaults_of_the_command_line(project, pipeline, capsys):
    pipeline.report = lambda: report_with(Verdict.SLIP)
    (project / "known.json").write_text('{"schema_version": 1, "documents": {}}', encoding="utf-8")
    assert main(["run"]) == 1
    assert main(["run", "here.md", "--seed", "3"]) == 1
    (first, options), (second, others) = pipeline.asked
    assert (first, options.seed, options.strict) == ([Path("../notes")], 5, True)
    assert (second, others.seed) == ([Path("here.md")], 3)
    assert options.matter(project / "notes" / "other.md") == {"conventions": ["per-sample"]}


def test_broken_settings_are_status_2(tmp_path, monkeypatch, capsys, pipeline):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.gradcheck]\nfoo = 1\n", encoding="utf-8")
    assert main(["run", "."]) == 2
    assert "unknown setting 'foo'" in capsys.readouterr().err


def test_an_ignored_code_is_shown_and_not_charged(tmp_path, monkeypatch, capsys, pipeline):
    monkeypatch.chdir(tmp_path)
    settings = '[tool.gradcheck]\nignore = ["GC503", "GC401", "GC201"]\n'
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    document = samples.notes()
    wrong = tuple(link for link in document.links if link.verdict is Verdict.WRONG)
    pipeline.report = lambda: Report(samples.TOOL, (replace(document, links=wrong, unread=(), remarks=()),))
    assert main(["run", "."]) == 0
    shown = capsys.readouterr()
    assert "GC503" in shown.out
    assert "not charged: 3" in shown.err
