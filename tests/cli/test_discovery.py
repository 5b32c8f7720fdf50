import pytest

from gradcheck.discovery import discover, has_mathematics


@pytest.fixture
def tree(tmp_path):
    """Files of every kind in a directory."""
    files = {
        "b.md": "$$a = b$$",
        "a.md": r"\begin{align}a &= b\end{align}",
        "README.md": "costs nothing, see `$HOME` and\n\n```sh\necho $PATH\n```\n",
        "notes.txt": r"\(a = b\)",
        "plain.txt": "numpy==2.0",
        "UPPER.MD": "$a = b$",
        "code.py": "# $a = b$",
        ".hidden.md": "$a$",
        "deep/z.md": "$a$",
        "deep/.git/x.md": "$a$",
        "__pycache__/x.md": "$a$",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def names(found, root):
    return [path.relative_to(root).as_posix() for path in found.files]


def test_a_directory_is_walked_in_order_for_files_with_mathematics(tree):
    found = discover([tree])
    assert names(found, tree) == ["UPPER.MD", "a.md", "b.md", "notes.txt", "deep/z.md"]
    assert found.errors == ()


def test_a_file_that_is_named_is_read_whatever_it_holds(tree):
    assert names(discover([tree / "README.md", tree / "code.py"]), tree) == ["README.md", "code.py"]


def test_a_file_found_twice_is_read_once(tree):
    found = discover([tree / "deep" / "z.md", tree])
    assert names(found, tree).count("deep/z.md") == 1
    assert names(found, tree)[0] == "deep/z.md"


def test_a_path_that_is_not_there_does_not_hide_the_others(tree):
    found = discover([tree / "nowhere.md", tree / "b.md"])
    assert names(found, tree) == ["b.md"]
    assert [(error.path, error.message) for error in found.errors] == [
        (str(tree / "nowhere.md"), "no such file or directory")
    ]


def test_a_file_that_is_not_text_is_left_to_the_reader_to_tell(tree):
    (tree / "latin.md").write_bytes(b"caf\xe9 $a$")
    assert "latin.md" in names(discover([tree]), tree)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$a = b$", True),
        ("$$\na = b\n$$", True),
        (r"\[ a = b \]", True),
        (r"costs \$5", False),
        ("```math\na = b\n```", True),
        ("```\n$a = b$\n```", False),
        ("~~~python\n$a = b$\n~~~\n$c$", True),
        ("````\n```\n$a$\n```\n````", False),
        ("`$a$`", False),
        ("```latex\na = b\n```", True),
        ("```\n∂f/∂x = 2x\n```", True),
        ("so that ∇f(x) = 2Ax", True),
        ("```python\n# ∂f/∂x = 2x\n```", False),
        ("```\nprint('∂')\n```", False),
        ("", False),
        ("a formula such as `∂L/∂w = x (y - t)` in a sentence", False),
    ],
)
def test_mathematics_is_told_from_code(text, expected):
    assert has_mathematics(text) is expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("loss: L = (a - y)^2\n∂L/∂a = 2(a - y)\n", True),
        ("dL/da = 2*(a - y)\n", True),
        ("dZ = A - Y\ndW = X.T @ dZ\n", True),
        ("- dB = sum(dZ) / m\n", True),
        ("numpy==2.0\nsympy>=1.12\n", False),
        ("epoch = 3, loss = 0.25\nlr=0.1\n", False),
        ("DATE = today\nde = 5\nsee a/d = b\n", False),
        ("a == b and d = 2 * c\n", False),
    ],
)
def test_a_plain_text_in_a_directory_is_a_derivation_where_it_derives(tmp_path, text, found):
    (tmp_path / "notes.txt").write_text(text, encoding="utf-8")
    assert bool(discover([tmp_path]).files) is found
