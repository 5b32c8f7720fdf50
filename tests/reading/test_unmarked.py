"""Formulas without delimiters: what is one, where it begins and ends, and what is prose or a program."""

import pytest

from gradcheck.notation.statements import NUMBERS, Equation, Unread
from gradcheck.reading.document import Document, read
from gradcheck.source import Source
from tests.checking.written import verdicts


def document(text: str, name: str = "notes.md") -> Document:
    return read(Source(name, text))


def equations(text: str, name: str = "notes.md") -> list[str]:
    found = document(text, name)
    return [found.source.slice(part.span) for part in found.body if isinstance(part, Equation)]


@pytest.mark.parametrize(
    ("line", "formulas"),
    [
        ("The output is ŷ = σ(z) and the error is e = ŷ − y.", ["ŷ = σ(z)", "e = ŷ − y"]),
        ("- Linear: z₁ = W₁·x + b₁", ["z₁ = W₁·x + b₁"]),
        ("1. dW2 = A1.T @ dZ2", ["dW2 = A1.T @ dZ2"]),
        ("**a) f(x) = x² + 1**", ["f(x) = x² + 1"]),
        ("(ii) f(x) = x² + 1", ["f(x) = x² + 1"]),
        ("then\n(a) (b + c) = d", ["(a) (b + c) = d"]),
        ("Since a = tanh(z) (an odd function), we have ∂a/∂z = 1 - a².", ["a = tanh(z)", "∂a/∂z = 1 - a²"]),
        ("__Z__ is n * m. Z = dot(W.T, X) + b", ["Z = dot(W.T, X) + b"]),
        ("**db = np.sum(dZ, axis=1, keepdims=True) / m**", ["db = np.sum(dZ, axis=1, keepdims=True) / m"]),
        ("> so dZ = A - Y", ["dZ = A - Y"]),
        ("we do not need do/da = g c, do we", ["do/da = g c"]),
        ("| bias | ∂L/∂b = p - y |", ["∂L/∂b = p - y"]),
        ("Write `dZ = A - Y`, then `dW = np.dot(dZ, X.T) / m`.", ["dZ = A - Y", "dW = np.dot(dZ, X.T) / m"]),
        ("## Step 2: ∂L/∂z = p - y", ["∂L/∂z = p - y"]),
        ("The norm is r = ‖w‖² + |b|.", ["r = ‖w‖² + |b|"]),
        ("z<sup>[1]</sup> = W<sup>[1]</sup>x + b", ["z<sup>[1]</sup> = W<sup>[1]</sup>x + b"]),
        ("then loss = -(y log p + (1 - y) log(1 - p)).", ["loss = -(y log p + (1 - y) log(1 - p))"]),
        ("the update W ← W - lr * dW, and so on", ["W ← W - lr * dW"]),
    ],
)
def test_a_formula_in_a_sentence(line: str, formulas: list[str]) -> None:
    assert equations(line) == formulas


@pytest.mark.parametrize(
    "line",
    [
        "X = input, Y = output of the network",
        "a large value = a bad start",
        "[link](https://example.org/?a=1&b=2) and https://example.org/x=3",
        "run `python train.py --lr=0.01` with `batch_size=32` and `model = Net(config)`",
        '<img src="net.png" width=300 alt="z = x">',
        "the derivative of L with respect to w = 2 x",
        "the gradient w.r.t. v = 3 h",
        "Title\n=====\n\nwords",
        "learning rate times dW = 3",
        "To be = not",
        "the price = $5, the tax = $1",
        "{{< figure src = x >}}",
    ],
)
def test_prose_is_no_formula(line: str) -> None:
    assert equations(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "∂L/∂W = X^T δ divided by the number of samples",
        "∂L/∂W = X^T δ plus the rest",
        "∂L/∂W = the error × input",
        "∂L/∂z = p! - y",
        "twice ∂L/∂z = p - y",
    ],
)
def test_a_formula_that_goes_on_in_words_is_unread_not_cut_short(line: str) -> None:
    assert equations(line) == []
    unread = [part for part in document(line).body if isinstance(part, Unread)]
    assert [part.reason for part in unread] == [
        "where this formula begins and ends is not clear: put it between dollar signs"
    ]


def test_mathematics_between_dollars_is_no_hole_in_a_sentence() -> None:
    assert equations("so w = $a$ x and y + $b$ = 2") == []


def test_a_code_block_without_a_language_is_read_line_by_line() -> None:
    text = "1. Forward:\n   ```\n   z = W·x + b    # linear\n   L = (z - y)²\n     + λ w²\n   ```\n"
    assert equations(text) == ["z = W·x + b", "L = (z - y)²\n     + λ w²"]


def test_items_of_a_list_in_a_code_block_have_no_sign() -> None:
    found = document("```\nProperties:\n- g(0) = 0\n- g'(x) = 1 - g(x)²\n```\n")
    heads = [found.source.slice(part.head.span) for part in found.body if isinstance(part, Equation)]
    assert heads == ["g(0)", "g'(x)"]


@pytest.mark.parametrize(
    "text",
    [
        "```python\nz = W @ x\n```",
        "```\nfor i in range(3):\n    w = w - lr * dw\n```",
        "```\nimport numpy as np\nz = W @ x\n```",
        "    def f(x):\n    z = 2 * x\n",
        "```\nfloat z = w * x;\n```",
    ],
)
def test_programs_are_no_claims(text: str) -> None:
    assert equations(text) == []


@pytest.mark.parametrize("line", ["dZ = dY @ W^T", "dP = dY ⊙ M", "∂L/∂w = δ x"])
def test_a_block_marked_as_a_program_that_is_none_is_read(line: str) -> None:
    assert equations(f"```python\n{line}  # by hand\n```") == [line]
    assert equations(f"```python\ndef back(dY):\n    # {line}\n    return dY\n```") == []


def test_numbers_for_a_moment_define_nothing() -> None:
    found = document("At x = -2, y = 5 we get q = 3.")
    parts = [part for part in found.body if isinstance(part, Equation)]
    assert [part.connective for part in parts] == [NUMBERS, NUMBERS, ""]
    at_the_target = document("Here J = 0 at y = t, and ∂J/∂y = 0 at y = t.")
    marked = [part.connective for part in at_the_target.body if isinstance(part, Equation)]
    assert marked == [NUMBERS, "condition"] * 2


def test_a_formula_in_a_picture_address() -> None:
    text = (
        "![](https://latex.codecogs.com/svg.latex?\\frac{a}{b}=c&space;d)\n\n"
        '<img src="https://render.githubusercontent.com/render/math?math=a%5E2+%3D+%5Csigma%28b%29&mode=inline">'
    )
    found = document(text)
    equations_ = [part for part in found.body if isinstance(part, Equation)]
    assert [found.source.position(part.span.start)[0] for part in equations_] == [1, 3]
    assert type(equations_[0].head).__name__ == "Fraction"
    assert type(equations_[1].head).__name__ == "Scripted"


def test_mathematics_in_a_script_element() -> None:
    text = '<script type="math/tex; mode=display">\n% <![CDATA[\na = b \\\\[1em]\n= c\n%]]> </script>\n'
    assert len(equations(text)) == 1
    assert equations("<script>\nvar a = $b$;\n</script>") == []


def test_toml_front_matter() -> None:
    found = document("+++\ntitle = 'A = B'\n+++\n\n$a = b$\n")
    assert found.front_matter == {"title": "A = B"}
    assert equations("+++\ntitle = 'A = B'\n+++\n\n$a = b$\n") == ["a = b"]


def test_restructured_text() -> None:
    text = (
        "Title\n=====\n\nWith :math:`z = w x` and\n\n.. math::\n   :label: one\n\n   a = z^2\n\n   b = a\n\n"
        "we get\n\n.. math:: c = 2 z\n"
    )
    assert equations(text, "notes.rst") == ["z = w x", "a = z^2", "b = a", "c = 2 z"]


@pytest.mark.parametrize(
    "hostile",
    [
        "a = " * 30_000,
        "Σ" * 10_000 + " = a",
        "|a" * 9_000 + " = b",
        "(" * 10_000 + " = a",
        ("a b c d e f g h " * 20 + "= x\n\n") * 300,
        "log " * 5_000 + "x = 1",
        ").sum(" * 3_000 + " = 1",
        "<script math/tex>" * 4_000,
        "{{" * 20_000,
        "](https://" * 10_000,
        "A[1" * 10_000 + " = 1",
    ],
)
def test_hostile_running_text_is_read_to_its_end(hostile: str) -> None:
    assert document(hostile + "\n\nend").body is not None
    assert document(hostile + "\n\nend", "notes.txt").body is not None


@pytest.mark.parametrize(
    "formula",
    [
        "J(w) = λ||w||² + 3",
        "J = c + 2|a| + 3 b",
        "N = |a|·|b| + ||c||²",
        "P = |a| |b| + (a)|c|",
        "J(β) = ½||Xβ - y||²",
        "E = ½(t - y)² + ¼ y",
        "M = ½[a - b]²",
        "∇J(β) = XᵀXβ - Xᵀy + λβ",
    ],
)
def test_a_formula_is_not_cut_short(formula: str) -> None:
    assert equations(f"```\n{formula}\n```\n") == [formula]
    assert equations(f"then {formula}.") == [formula]


def test_signs_for_fractions_are_fractions() -> None:
    text = "E = ½||w x - y||² + ¼ w²\n\n∂E/∂w = (w x - y) x + {} w\n"
    for half, verdict in (("½", "correct"), ("¼", "wrong")):
        assert verdicts(f"```\n{text.format(half)}```\n")[-1] == verdict


def test_letters_and_a_number_below_a_name_are_one_index() -> None:
    text = "s_h1 = sigmoid(u)\n\ns_h2 = tanh(u)\n\nq = v1 * s_h1 + v2 * s_h2\n\ndq/ds_h2 = {}\n"
    assert verdicts(f"```\n{text.format('v2')}```\n") == ["correct"] * 4
    assert verdicts(f"```\n{text.format('v1')}```\n")[-1] == "wrong"


@pytest.mark.parametrize("line", ["h̃_t = z_t ⊙ x̂_t", "f′_k = a_k", "ẋ_i = -ỹ_i"])
def test_a_script_below_an_accent_or_a_prime_is_no_emphasis(line: str) -> None:
    assert equations(f"We have {line}.") == [line]
    assert equations(f"    {line}\n") == [line]
    assert equations("The word _here_ is set so: a = b_k.") == ["a = b_k"]


def test_what_is_said_to_be_given_ends_before_the_words() -> None:
    assert equations("Let δ = ∂L/∂h be given. Then a = b.") == ["δ = ∂L/∂h", "a = b"]
