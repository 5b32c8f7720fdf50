"""A backward pass in Python against a derivation: right ones pass, slips are named, user code stays apart."""

from pathlib import Path

import numpy as np
import pytest

import gradcheck
from gradcheck.cli import main
from gradcheck.code.backward import BackwardReport, check_backward
from gradcheck.code.python_names import Names, Values, spellings
from gradcheck.code.user_function import UserCodeError, arguments, named

RIGHT = """
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def backward(X, Y, W1, b1, W2, b2):
    m = X.shape[1]
    A1 = sigmoid(W1 @ X + b1)
    A2 = sigmoid(W2 @ A1 + b2)
    d2 = (A2 - Y) / m
    dW2 = d2 @ A1.T
    db2 = d2.sum(axis=1, keepdims=True)
    d1 = (W2.T @ d2) * A1 * (1 - A1)
    dW1 = d1 @ X.T
    db1 = d1.sum(axis=1, keepdims=True)
    return dW1, db1, dW2, db2
"""

NOTES = r"""---
shapes:
  X: [n_0, m]
  Y: [1, m]
  W^{[1]}: [n_1, n_0]
  b^{[1]}: [n_1, 1]
  A^{[2]}: [1, m]
  W^{[2]}: [1, n_1]
  b^{[2]}: [1, 1]
domains:
  Y: binary
---
# Two layers

$$Z^{[1]} = W^{[1]} X + b^{[1]}$$

$$A^{[1]} = \sigma(Z^{[1]})$$

$$Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}$$

$$A^{[2]} = \sigma(Z^{[2]})$$

$$L = -\frac{1}{m} \sum_{i=1}^m \left( y^{(i)} \log a^{[2](i)} + (1 - y^{(i)}) \log(1 - a^{[2](i)}) \right)$$

$$\frac{\partial L}{\partial W^{[2]}} = \frac{1}{m} (A^{[2]} - Y) A^{[1]T}$$

$$\frac{\partial L}{\partial W^{[1]}} = \frac{1}{m} (W^{[2]T} (A^{[2]} - Y)) X^T$$
"""


@pytest.fixture(scope="module", name="folder")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notes")
    (folder / "notes.md").write_text(NOTES, "utf-8")
    return folder


def judged(folder: Path, *changes: tuple[str, str], **choices: str) -> BackwardReport:
    source = RIGHT
    for before, after in changes:
        assert before in source
        source = source.replace(before, after)
    path = folder / "backward.py"
    path.write_text(source, "utf-8")
    return check_backward(path, folder / "notes.md", **choices)


def verdicts(report: BackwardReport) -> dict[str, str]:
    return {gradient.name: gradient.verdict for gradient in report.gradients}


def test_a_right_pass(folder: Path) -> None:
    report = judged(folder)
    assert report.ok, str(report)
    assert list(verdicts(report)) == ["dW1", "db1", "dW2", "db2"]
    lines = {gradient.name: gradient.line for gradient in report.gradients}
    assert lines["dW2"] is not None
    assert lines["dW2"].latex == r"\frac{1}{m} (A^{[2]} - Y) A^{[1]T}"
    assert NOTES.splitlines()[lines["dW2"].number - 1].startswith(r"$$\frac{\partial L}{\partial W^{[2]}}")


@pytest.mark.parametrize(
    ("before", "after", "wrong", "said"),
    [
        ("(A2 - Y) / m", "(A2 - Y)", {"dW1", "db1", "dW2", "db2"}, "`1/m`"),
        ("* A1 * (1 - A1)", "* A1", {"dW1", "db1"}, "σ'("),
        ("A2 - Y", "Y - A2", {"dW1", "db1", "dW2", "db2"}, ""),
        ("dW2 = d2 @ A1.T", "dW2 = d2 @ sigmoid(A1).T", {"dW2"}, ""),
    ],
)
def test_slips(folder: Path, before: str, after: str, wrong: set[str], said: str) -> None:
    report = judged(folder, (before, after))
    assert {name for name, verdict in verdicts(report).items() if verdict == "wrong"} == wrong, str(report)
    assert said in str(report)
    for gradient in report.gradients:
        if gradient.verdict == "wrong":
            assert gradient.finding is not None
            (entry,) = gradient.finding.entries
            assert abs(entry.expected - entry.got) > entry.bound


def test_a_slip_is_shown_with_its_formula(folder: Path) -> None:
    report = judged(folder, ("* A1 * (1 - A1)", "* A1"))
    found = next(gradient.slip for gradient in report.gradients if gradient.name == "db1")
    assert found is not None
    assert found.code == "GC402"
    assert r"\sigma'" in found.right
    assert r"\sigma'" not in found.computed


def test_the_mistake_of_the_document_itself(folder: Path) -> None:
    report = judged(folder, ("* A1 * (1 - A1)", ""))
    (wrong,) = (gradient for gradient in report.gradients if gradient.name == "dW1")
    assert wrong.verdict == "wrong"
    assert wrong.as_line
    assert "and that line is wrong" in str(report)


def test_one_wrong_entry_of_one_size(folder: Path) -> None:
    report = judged(folder, ("dW1 = d1 @ X.T", "dW1 = d1 @ X.T\n    dW1[0, 1] *= 1 + 1e-11"))
    assert verdicts(report) == {"dW1": "wrong", "db1": "right", "dW2": "right", "db2": "right"}
    (wrong,) = (gradient for gradient in report.gradients if gradient.verdict == "wrong")
    assert wrong.finding is not None
    assert wrong.finding.entries[0].index == (0, 1)


@pytest.mark.parametrize(
    ("before", "after", "cause"),
    [
        ("dW1 = d1 @ X.T", "dW1 = (d1 @ X.T).T", "transpose"),
        ("db1 = d1.sum(axis=1, keepdims=True)", "db1 = d1", "batch-sum"),
        ("db1 = d1.sum(axis=1, keepdims=True)", "db1 = d1.sum(axis=1)", "shape"),
        ("db1 = d1.sum(axis=1, keepdims=True)", "db1 = 0 * b1", "constant"),
    ],
)
def test_faults_that_the_numbers_show(folder: Path, before: str, after: str, cause: str) -> None:
    report = judged(folder, (before, after))
    wrong = [gradient for gradient in report.gradients if gradient.verdict == "wrong"]
    assert [g.finding.cause for g in wrong if g.finding is not None] == [cause], str(report)


@pytest.mark.parametrize(
    ("signature", "body", "returned"),
    [
        (
            "params, X, Y",
            "W1, b1, W2, b2 = (params[k] for k in ('W1', 'b1', 'W2', 'b2'))",
            "dict(W1=dW1, db1=db1)",
        ),
        ("x, y, w_1, b_1, w_2, b_2", "X, Y, W1, b1, W2, b2 = x, y, w_1, b_1, w_2, b_2", "{'grad_W1': dW1}"),
        ("X, Y, W1, b1, W2, b2, verbose=False, **more", "print('at work')", "{'dL_dW2': dW2, 'loss': 1.0}"),
    ],
)
def test_other_ways_of_writing_it(folder: Path, signature: str, body: str, returned: str) -> None:
    report = judged(
        folder,
        ("backward(X, Y, W1, b1, W2, b2):", f"backward({signature}):\n    {body}"),
        ("return dW1, db1, dW2, db2", f"return {returned}"),
    )
    assert report.ok, str(report)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("m = X.shape[1]", "m = X.shape[7]", r"backward\.py:8: IndexError"),
        ("m = X.shape[1]", "import os; os._exit(3)", r"ended its process \(status 3\)"),
        ("m = X.shape[1]", "while True: pass", "takes longer than 1 s"),
        ("def backward", "def backprop", "has no function 'backward'; --function chooses one of .*backprop"),
        ("return dW1, db1, dW2, db2", "return dW1 + 0, db1", "return a dict"),
        ("return dW1, db1, dW2, db2", "return {'loss': 1.0}", "no gradient by a name of"),
        ("return dW1, db1, dW2, db2", "return {'dW1': 'text'}", "return arrays of real numbers"),
    ],
)
def test_code_that_cannot_be_used(folder: Path, before: str, after: str, said: str) -> None:
    with pytest.raises(UserCodeError, match=said):
        judged(folder, (before, after), seconds=1.0 if "while" in after else 30.0)


def test_a_parameter_that_is_no_quantity(folder: Path) -> None:
    with pytest.raises(
        UserCodeError, match=r"backward\.py:8: TypeError: .* \(`rate`: no quantity of that name"
    ):
        judged(folder, ("W2, b2):", "W2, b2, rate):"), ("m = X.shape[1]", "m = rate * X.shape[1]"))


def test_lines_below_another_heading(folder: Path) -> None:
    """The forward pass and the gradients stand under headings of their own."""
    notes = NOTES.replace(
        r"$$\frac{\partial L}{\partial W^{[2]}}", "# Backward\n\n" + r"$$\frac{\partial L}{\partial W^{[2]}}"
    )
    (folder / "apart.md").write_text(notes, "utf-8")
    (folder / "apart.py").write_text(RIGHT, "utf-8")
    report = check_backward(folder / "apart.py", folder / "apart.md")
    assert report.ok, str(report)
    assert [g.line.latex for g in report.gradients if g.line and g.name == "dW2"] == [
        r"\frac{1}{m} (A^{[2]} - Y) A^{[1]T}"
    ]


def test_a_gradient_that_cancels(tmp_path: Path) -> None:
    """Centring takes the bias away: its gradient is made of roundings, whose size nothing tells."""
    notes = r"""---
shapes: {X: [p, m], T: [h, m], W: [h, p], b: [h, 1]}
---
$$Z = W X + b$$

$$C = Z - \frac{1}{m} Z \mathbf{1} \mathbf{1}^T$$

$$J = \frac{1}{2} \| \tanh(C) - T \|_F^2$$
"""
    code = """
import numpy as np

def backward(X, T, W, b):
    Z = W @ X + b
    A = np.tanh(Z - Z.mean(axis=1, keepdims=True))
    dC = (A - T) * (1 - A**2)
    dZ = dC - dC.mean(axis=1, keepdims=True)
    return {"dW": dZ @ X.T, "db": dZ.sum(axis=1, keepdims=True)}
"""
    (tmp_path / "notes.md").write_text(notes, "utf-8")
    for source, right in (
        (code, ["right", "right"]),
        (code.replace('"db": dZ', '"db": dC'), ["right", "wrong"]),
    ):
        (tmp_path / "backward.py").write_text(source, "utf-8")
        report = check_backward(tmp_path / "backward.py", tmp_path / "notes.md")
        assert [g.verdict for g in report.gradients] == right, str(report)


def test_faults_are_told_of_the_quantity(folder: Path) -> None:
    report = judged(folder, ("db1 = d1.sum(axis=1, keepdims=True)", "db1 = 0 * b1"))
    (finding,) = (g.finding for g in report.gradients if g.finding is not None)
    assert "f depends on b1" in finding.why
    assert finding.entries[0].name.startswith("db1[")


def test_the_command(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path = folder / "mine.py"
    path.write_text(RIGHT, "utf-8")
    assert main(["code", str(path), "--against", str(folder / "notes.md")]) == 0
    assert b"ran " in capfdbinary.readouterr().out
    path.write_text(RIGHT.replace("(A2 - Y) / m", "A2 - Y"), "utf-8")
    assert main(["code", str(path), "--against", str(folder / "notes.md")]) == 1
    assert main(["code", str(path), "--against", str(folder / "notes.md"), "--case", "none"]) == 2
    assert main(["code", str(path), "--against", str(folder / "notes.md"), "--function", "none"]) == 2


def test_it_is_public() -> None:
    assert gradcheck.check_backward is check_backward


@pytest.mark.parametrize(
    ("latex", "written"),
    [
        ("W^{[1]}", "W1"),
        (r"\omega_2", "omega2"),
        (r"\hat{Y}", "Yhat"),
        (r"\hat y", "haty"),
        (r"\mathcal{L}", "L"),
        ("b_{12}", "b12"),
        (r"\lambda", "lam"),
        (r"\lambda_1", "lambd1"),
        (r"\varepsilon", "eps"),
    ],
)
def test_spellings(latex: str, written: str) -> None:
    assert written in spellings(latex)


def test_names() -> None:
    names = Names([("W^{[1]}", "W1"), ("X", "X"), ("x", "x"), ("d", "d"), ("Y", "Y")])
    assert names.quantity("W_1") == names.quantity("w1") == "W1"
    assert (names.quantity("X"), names.quantity("x"), names.quantity("y")) == ("X", "x", "Y")
    assert {names.differentiated(n) for n in ("dW1", "dL_dW1", "W1_grad", "grad_W1", "W1", "dw_1")} == {"W1"}
    assert names.differentiated("loss") is None


def test_greek_letters() -> None:
    names = Names([(r"\lambda", "weight"), (r"\gamma_1", "scale")])
    assert {names.quantity(name) for name in ("lambda_", "lam", "λ")} == {"weight"}
    assert {names.differentiated(name) for name in ("dγ_1", "dgamma1", "gamma_1_grad")} == {"scale"}


def test_an_accent_tells_names_apart() -> None:
    names = Names([(r"\hat y", "estimate"), ("Y", "truth"), (r"\tilde r", "r")])
    assert (names.quantity("y"), names.quantity("yhat"), names.quantity("y_hat")) == (
        "truth",
        "estimate",
        "estimate",
    )
    assert names.quantity("r") == "r"


def test_arguments_and_results_by_name() -> None:
    values = Values(Names([("W^{[1]}", "k")]), {"k": np.ones(2)})
    assert set(arguments(lambda W1, cache, lr=0.1: None, values)) == {"W1", "cache"}
    with pytest.raises(KeyError, match="no quantity of that name"):
        values["W3"]
    with pytest.raises(UserCodeError, match="take out the `/`"):
        arguments(by_position, values)
    assert named(by_position, {"dW1": 1}) == {"dW1": 1}


def by_position(W1: object, /) -> object:
    return W1
