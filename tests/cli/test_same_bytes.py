"""The whole tool in every format: the same input gives the same bytes, wherever and however it runs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gradcheck.report.formats import FORMATS
from tests.cli.test_hostile_document import DOCUMENT

ROOT = Path(__file__).parents[2]
MISTAKES = ("missing-mean-factor.md", "sigmoid-prime-for-sigmoid.md", "softmax-diagonal-only.md")
WRITE = """
import sys
from pathlib import Path
from gradcheck.cli.output import view, write
from gradcheck.options import Options
from gradcheck.pipeline import run
from gradcheck.report.formats import FORMATS

report = run([Path("homework")], Options(jobs=int(sys.argv[1])))
for each in FORMATS.values():
    out = Path(each.name)
    write(each.render(report, view(out, verbose=False, seconds=1.5)), out)
"""
ESTIMATE = r"""
$$E(w) = (y - X w)^\top (y - X w)$$
$$\nabla_w E = 2 X^\top X w - 2 X^\top y$$
Setting it to zero, we get
$$\hat w = (X^\top X)^{-1} X^\top y.$$
There the gradient is
$$\nabla_w E = 0.$$
"""
SURROUNDINGS = {
    "plain": ("1", {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}),
    "two processes": ("2", {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LANG": "de_DE.UTF-8"}),
    "no locale": ("1", {"PYTHONHASHSEED": "2", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    "a terminal's wishes": (
        "2",
        {"PYTHONHASHSEED": "3", "COLUMNS": "200", "FORCE_COLOR": "1", "TERM": "xterm"},
    ),
}


def written(folder: Path, jobs: str, environment: dict[str, str]) -> dict[str, bytes]:
    """Each format's bytes, from a process of its own in a folder of its own."""
    homework = folder / "homework"
    homework.mkdir(parents=True)
    for name in MISTAKES:
        shutil.copy(ROOT / "derivations" / "mistakes" / name, homework)
    (homework / "hostile.md").write_text(DOCUMENT, encoding="utf-8")
    (homework / "estimate.md").write_text(ESTIMATE, encoding="utf-8")
    (homework / "latin.md").write_bytes(b"$x = \xe9$")
    subprocess.run(
        [sys.executable, "-c", WRITE, jobs],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        check=True,
    )
    return {name: (folder / name).read_bytes() for name in FORMATS}


@pytest.fixture(scope="module")
def runs(tmp_path_factory) -> dict[str, dict[str, bytes]]:
    return {
        name: written(tmp_path_factory.mktemp("at", numbered=True) / name, *chosen)
        for name, chosen in SURROUNDINGS.items()
    }


@pytest.mark.parametrize("name", FORMATS)
def test_the_surroundings_change_nothing(name, runs):
    first, *others = (each[name] for each in runs.values())
    assert b"missing-mean-factor.md" in first
    assert others == [first] * (len(SURROUNDINGS) - 1)


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_of_the_machine_is_told(name, runs, tmp_path_factory):
    text = runs["plain"][name].decode()
    assert str(tmp_path_factory.getbasetemp()) not in text
    assert str(ROOT) not in text
