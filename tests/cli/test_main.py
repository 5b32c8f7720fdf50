import os
import re
import signal
import subprocess
import sys

import pytest

import gradcheck
from gradcheck.cli import COMMANDS, main


def start(*arguments: str, **more) -> subprocess.CompletedProcess:
    """The tool in a process of its own."""
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, encoding="utf-8", check=False, **more
    )


def test_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"gradcheck {gradcheck.__version__}\n"


def test_the_module_is_the_command():
    assert start("-m", "gradcheck", "--version").stdout == f"gradcheck {gradcheck.__version__}\n"


def test_help_names_every_command_with_examples(capsys):
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    for name, purpose in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(purpose)}$", shown, re.MULTILINE)
    assert "examples:" in shown


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_with_examples(capsys, name):
    with pytest.raises(SystemExit) as stopped:
        main([name, "--help"])
    assert stopped.value.code == 0
    shown = capsys.readouterr().out
    assert COMMANDS[name] in shown
    assert f"  gradcheck {name}" in shown


def test_no_command_shows_help_and_fails(capsys):
    assert main([]) == 2
    assert "commands:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("rnu", "did you mean 'run'?"),
        ("Show", "did you mean 'show'?"),
        ("xyzzy", "the commands are run, "),
        (".", "to check it: gradcheck run ."),
        ("\x1b[1m", r"unknown command '\x1b[1m'"),
    ],
)
def test_an_unknown_command_is_told_with_a_way_out(capsys, word, said):
    assert main([word]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["run", "--help"], ["show", "--help"]])
def test_what_needs_no_mathematics_imports_none(arguments):
    program = (
        "import sys; from gradcheck.cli import main\n"
        f"try: main({arguments!r})\n"
        "except SystemExit: pass\n"
        "print(sorted({'numpy', 'sympy', 'rich', 'flint', 'yaml'} & set(sys.modules)))"
    )
    assert start("-c", program).stdout.endswith("\n[]\n")


@pytest.mark.parametrize("command", ["run", "show"])
def test_linear_algebra_is_told_to_start_no_threads_before_it_is_imported(command, tmp_path):
    document = tmp_path / "a.md"
    document.write_text("$$Z = W X$$", encoding="utf-8")
    program = (
        "import os, sys; os.environ.pop('OPENBLAS_NUM_THREADS', None); os.environ['OMP_NUM_THREADS'] = '3'\n"
        "class Watch:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'numpy':\n"
        "            print([os.environ.get(f'{of}_NUM_THREADS') for of in ('OPENBLAS', 'OMP')])\n"
        "sys.meta_path.insert(0, Watch())\n"
        f"from gradcheck.cli import main; main([{command!r}, {str(document)!r}])"
    )
    assert start("-c", program).stdout.splitlines()[0] == "['1', '3']"


def test_a_report_without_colours_imports_nothing_that_colours(tmp_path):
    document = tmp_path / "a.md"
    document.write_text("$$Z = W X$$", encoding="utf-8")
    program = (
        "import sys; from gradcheck.cli import main\n"
        f"main(['run', {str(document)!r}])\n"
        "print({'gradcheck.report.terminal', 'rich.console'} & set(sys.modules))"
    )
    assert start("-c", program).stdout.endswith("{'gradcheck.report.terminal'}\n")


def _fails(_paths, _options):
    raise ZeroDivisionError("1/0 \x1b[1m")


def test_an_unforeseen_failure_is_one_sentence(pipeline, monkeypatch, capsys):
    monkeypatch.delenv("GRADCHECK_DEBUG", raising=False)
    monkeypatch.setattr(pipeline, "run", _fails)
    assert main(["run", "x"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("gradcheck: error: internal error: ZeroDivisionError: 1/0")
    assert "Traceback" not in told
    assert "\x1b" not in told


def test_a_maintainer_sees_where(pipeline, monkeypatch):
    monkeypatch.setenv("GRADCHECK_DEBUG", "1")
    monkeypatch.setattr(pipeline, "run", _fails)
    with pytest.raises(ZeroDivisionError):
        main(["run", "x"])


def test_an_interruption_is_quiet(pipeline, monkeypatch, capsys):
    def interrupted(_paths, _options):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "run", interrupted)
    assert main(["run", "x"]) == 128 + signal.SIGINT
    assert capsys.readouterr().err == "gradcheck: interrupted\n"


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_leaves_early_is_no_failure(unbuffered):
    program = (
        "import sys, types; double = types.ModuleType('gradcheck.pipeline')\n"
        "double.show = lambda path, options: 'line\\n' * 100000\n"
        "sys.modules['gradcheck.pipeline'] = double\n"
        "from gradcheck.cli import main; sys.exit(main(['show', sys.argv[1]]))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, __file__],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
    )
    process.stdout.readline()
    process.stdout.close()
    told = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 141
    assert told == b""


def test_show_prints_what_was_read_safely(pipeline, capsys, tmp_path):
    path = tmp_path / "a.md"
    path.touch()
    pipeline.shown = "definitions\n  \x1b[31mz = W x"
    assert main(["show", str(path), "--seed", "3"]) == 0
    assert capsys.readouterr().out == "definitions\n  ␛[31mz = W x\n"
    assert pipeline.asked[0][1].seed == 3


def test_show_tells_where_a_document_cannot_be_read(pipeline, monkeypatch, capsys, tmp_path):
    from gradcheck.reading.errors import ReadingError

    def unreadable(path, _options):
        raise ReadingError("not UTF-8", "notes.md", 3, 4)

    path = tmp_path / "notes.md"
    path.touch()
    monkeypatch.setattr(pipeline, "show", unreadable)
    assert main(["show", str(path)]) == 2
    assert capsys.readouterr().err == "gradcheck: error: notes.md:3:4: not UTF-8\n"


def test_public_names_are_found_where_they_are_said_to_be():
    for name in ("Options", "Report", "Verdict"):
        assert getattr(gradcheck, name).__name__ == name
    assert set(gradcheck.__all__) == set(dir(gradcheck))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        gradcheck.nothing  # noqa: B018
