"""Imports only what is needed: words without mathematics, gradients in code without SymPy or documents."""

import subprocess
import sys

import pytest

HEAVY = {"numpy", "sympy", "flint", "yaml", "rich"}


def loaded(program: str) -> set[str]:
    """The modules that a new interpreter holds after a program."""
    told = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys; print('modules', *sys.modules)"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    ).stdout
    return set(told.splitlines()[-1].split()[1:])


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--version"], set()),
        (["--help"], set()),
        (["run", "--help"], set()),
        (["code", "--help"], set()),
        (["explain", "GC402"], {"rich"}),
        (["explain"], {"rich"}),
    ],
)
def test_commands_of_words_alone(arguments: list[str], allowed: set[str]) -> None:
    program = f"from gradcheck.cli import main\ntry: main({arguments!r})\nexcept SystemExit: pass"
    assert loaded(program) & HEAVY <= allowed


def test_gradients_in_code_need_numpy_alone() -> None:
    modules = loaded("import gradcheck; gradcheck.check_gradient")
    assert modules & HEAVY == {"numpy"}
    ours = {name for name in modules if name.startswith("gradcheck.")}
    assert all(name.startswith(("gradcheck.code", "gradcheck.records")) for name in ours), ours


def test_the_process_of_the_users_code_needs_numpy_alone() -> None:
    modules = loaded("import gradcheck.code.user_function")
    assert modules & HEAVY == {"numpy"}


def test_reading_documents_runs_no_code() -> None:
    """Neither `run` nor `grade` can come to the place where a user's file is run."""
    modules = loaded("import gradcheck.pipeline, gradcheck.cli.run, gradcheck.cli.grade, gradcheck.grading")
    assert not {name for name in modules if name.startswith("gradcheck.code")}
