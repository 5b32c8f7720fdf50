"""The shape of the package: imports run one way, names say what a module is, documents are never executed."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import gradcheck

ROOT = Path(gradcheck.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))

# A part may import the parts below it, and its own modules. Parts on one line do not import each other.
LAYERS = (
    ("__main__", "pytest_plugin"),
    ("cli",),
    ("pipeline", "baseline", "examination", "code"),
    ("discovery",),
    ("grading",),
    ("report",),
    ("diagnosis",),
    ("checking",),
    ("checking.cases",),
    ("checking.judging",),
    ("checking.comparisons",),
    ("checking.hearing",),
    ("checking.bench",),
    ("restating",),
    ("restating.letters",),
    ("restating.samples",),
    ("restating.recursions",),
    ("restating.models",),
    ("restating.functions",),
    ("restating.derivatives", "restating.sayings"),
    ("restating.passages",),
    ("calculus",),
    ("expr",),
    ("expr.printing",),
    ("expr.meaning",),
    ("expr.inference",),
    ("expr.written",),
    ("expr.forms",),
    ("ops",),
    ("reading",),
    ("notation",),
    ("diagnostic",),
    ("config", "shapes", "source", "verdict", "options", "budget", "processes", "faults"),
    ("records", "patterns"),
)
DEPTH = {part: depth for depth, parts in enumerate(LAYERS) for part in parts}

# Parts whose order in the list above does not make them neighbours.
STRANGERS = {("ops", "notation"), ("ops", "reading")}

NAMELESS = {"utils", "util", "common", "core", "helpers", "helper", "manager", "misc"}
EXECUTES = {"eval", "exec", "compile", "sympify", "parse_expr", "lambdify"}
LINES = 350


def part_of(module: str) -> str:
    """The part of the package that a module belongs to, or its room there; empty for the package itself."""
    names = module.split(".")[1:3]
    return room if (room := ".".join(names)) in DEPTH else "".join(names[:1])


def name_of(path: Path) -> str:
    """`gradcheck.report.json` for that file."""
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The line and the dotted name of each module of this package that is imported, early or late."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                found = [alias.name for alias in names]
            case ast.ImportFrom(level=0, module=str(module), names=names):
                found = [f"{module}.{alias.name}" if module == "gradcheck" else module for alias in names]
            case _:
                continue
        yield from ((node.lineno, name) for name in found if name.split(".")[0] == "gradcheck")


def offences(source: str, module: str) -> list[str]:
    """The imports of a module that do not run down the list of layers."""
    here = part_of(module)
    found = []
    for line, name in imports(ast.parse(source)):
        there = part_of(name)
        if there not in DEPTH or there == here:
            continue
        if DEPTH[there] <= DEPTH[here] or (here, there) in STRANGERS:
            found.append(f"{module}:{line} imports {name}")
    return found


def executions(source: str) -> list[str]:
    """The names in a source that would execute text."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name) if name in EXECUTES:
                if not (isinstance(node, ast.Attribute) and name == "compile"):
                    found.append(name)
    return found


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_run_one_way(path):
    module = name_of(path)
    if part_of(module):
        assert part_of(module) in DEPTH, "a new part of the package has its place in the list of layers"
        assert offences(path.read_text(encoding="utf-8"), module) == []


def test_each_room_of_a_divided_part_has_its_place():
    divided = {part.split(".")[0] for part in DEPTH if "." in part}
    rooms = {f"{part}.{path.parent.name}" for part in divided for path in (ROOT / part).glob("*/__init__.py")}
    assert rooms == {part for part in DEPTH if "." in part}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_relative_imports(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_text_is_never_executed(path):
    assert executions(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_named_by_its_noun_and_begins_with_its_reasons(path):
    assert not NAMELESS & set(name_of(path).split("."))
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("gradcheck.ops.table", "from gradcheck.expr.forms.tree import Expr"),
        ("gradcheck.ops.table", "from gradcheck.notation import tree"),
        ("gradcheck.notation.parser", "import gradcheck.expr.forms.tree"),
        ("gradcheck.checking.judging.judge", "def late():\n    from gradcheck import report"),
        ("gradcheck.source", "from gradcheck.shapes import Shape"),
        ("gradcheck.restating.passages.segments", "from gradcheck.restating.letters.rates import x"),
        ("gradcheck.restating.sayings.said", "from gradcheck.restating.derivatives.nablas import x"),
    ],
)
def test_an_import_against_the_order_is_found(module, source):
    assert offences(source, module)


@pytest.mark.parametrize(
    "source",
    ["eval(x)", "sympy.sympify(x)", "from sympy import lambdify", "import builtins; builtins.exec(x)"],
)
def test_an_execution_is_found(source):
    assert executions(source)


def test_a_compiled_pattern_is_no_execution():
    assert not executions("import re; re.compile('a')")


def test_the_package_speaks_of_no_single_document():
    """No rule of the package knows one of the shipped documents."""
    for path in MODULES:
        assert not re.search(r"submissions/|\b00[0-4]\.md\b", path.read_text(encoding="utf-8")), name_of(path)
