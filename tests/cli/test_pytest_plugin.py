import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

EXAMPLE = (files("gradcheck.cli") / "example.md").read_text(encoding="utf-8")
WRONG = EXAMPLE.replace(r"\frac{1}{m} (a - y)$$", r"\frac{1}{m} (y - a)$$")


def outcome_of(folder: Path, *arguments: str) -> tuple[int, str]:
    """A run of pytest in a folder with the plugin alone."""
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(Path.cwd())}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "gradcheck.pytest_plugin",
        "-p",
        "no:cacheprovider",
        *arguments,
    ]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "wrong.md").write_text(WRONG, encoding="utf-8")
    (tmp_path / "README.md").write_text("no mathematics")
    return tmp_path


def test_one_item_a_claim_and_the_report_as_the_failure(folder):
    status, shown = outcome_of(folder, "--gradcheck", "-v")
    assert status == 1
    assert "Logistic regression: a = \\sigma(z) PASSED" in shown
    assert "collected 7 items" in shown
    assert "\nwrong.md:25:" in shown
    assert "^^^" in shown
    assert "Traceback" not in shown
    assert "pytest_plugin.py" not in shown


def test_nothing_is_collected_unless_it_is_asked_for(folder):
    assert outcome_of(folder)[0] == 5
    (folder / "pytest.ini").write_text("[pytest]\ngradcheck = true\n")
    assert outcome_of(folder)[0] == 1


def test_the_settings_of_the_project_hold(folder):
    (folder / "pyproject.toml").write_text('[tool.gradcheck]\nexclude = ["wrong.md"]\n')
    assert outcome_of(folder, "--gradcheck")[0] == 5


def test_a_file_that_cannot_be_read_is_an_error_with_its_place(folder):
    (folder / "latin.md").write_bytes(b"$x = \xe9$")
    status, shown = outcome_of(folder, "--gradcheck")
    assert status == 2
    assert "latin.md:1:6: not UTF-8 text" in shown
