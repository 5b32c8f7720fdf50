"""A backward pass whose arrays lie otherwise than the document's: samples in rows, flat vectors."""

from pathlib import Path

import numpy as np
import pytest

from gradcheck.code.backward import BackwardReport, check_backward
from gradcheck.code.orientation import AS_WRITTEN, moved, moved_back, orientations
from gradcheck.code.user_function import UserCodeError
from gradcheck.shapes import Shape

COLUMNS = r"""---
shapes:
  X: [p, m]
  T: [q, m]
  V: [h, p]
  c: [h, 1]
  U: [q, h]
---
$$H = \tanh(V X + c)$$

$$J = \frac{1}{2m} \| U H - T \|_F^2$$

$$\frac{\partial J}{\partial U} = \frac{1}{m} (U H - T) H^T$$
"""
ROWS = r"""---
shapes:
  X: [m, p]
  T: [m, q]
  V: [p, h]
  c: [1, h]
  U: [h, q]
---
$$H = \tanh(X V + c)$$

$$J = \frac{1}{2m} \| H U - T \|_F^2$$

$$\frac{\partial J}{\partial U} = \frac{1}{m} H^T (H U - T)$$
"""
COLUMN_CODE = """
import numpy as np

def backward(X, T, V, c, U):
    m = X.shape[1]
    H = np.tanh(V @ X + c)
    e = (U @ H - T) / m
    f = U.T @ e * (1 - H**2)
    dU, dV, dc = e @ H.T, f @ X.T, f.sum(axis=1, keepdims=True)
    return dV, dc, dU
"""
ROW_CODE = """
import numpy as np

def backward(X, T, V, c, U):
    m = X.shape[0]
    H = np.tanh(X @ V + c)
    e = (H @ U - T) / m
    f = e @ U.T * (1 - H**2)
    dU, dV, dc = H.T @ e, X.T @ f, f.sum(axis=0)
    return dV, dc, dU
"""
ROW_CODE_OUT_BY_IN = """
import numpy as np

def backward(X, T, V, c, U):
    m = X.shape[0]
    H = np.tanh(X @ V.T + c)
    e = (H @ U.T - T) / m
    f = e @ U * (1 - H**2)
    dU, dV, dc = e.T @ H, f.T @ X, f.sum(axis=0)
    return dV, dc, dU
"""
CODES = {
    "columns": COLUMN_CODE,
    "rows": ROW_CODE,
    "rows, two axes": ROW_CODE.replace("axis=0", "axis=0, keepdims=True"),
    "rows, weights out by in": ROW_CODE_OUT_BY_IN,
}


def judged(folder: Path, notes: str, code: str) -> BackwardReport:
    (folder / "notes.md").write_text(notes, "utf-8")
    (folder / "backward.py").write_text(code, "utf-8")
    return check_backward(folder / "backward.py", folder / "notes.md")


@pytest.mark.parametrize("notes", [COLUMNS, ROWS], ids=["columns", "rows"])
@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_right_in_every_layout(tmp_path: Path, notes: str, code: str) -> None:
    report = judged(tmp_path, notes, code)
    assert report.ok, str(report)
    assert len(report.gradients) == 3
    assert ("arrays lie otherwise" in str(report)) == (report.orientation != AS_WRITTEN)


@pytest.mark.parametrize(
    ("notes", "code"),
    [(COLUMNS, ROW_CODE), (ROWS, COLUMN_CODE), (COLUMNS, ROW_CODE_OUT_BY_IN)],
    ids=["rows", "columns", "out by in"],
)
@pytest.mark.parametrize(
    ("before", "after", "wrong", "said"),
    [
        ("(1 - H**2)", "(1 - H)", {"dV", "dc"}, "GC405"),
        (" / m", "", {"dV", "dc", "dU"}, "`1/m`"),
        ("    return", "    dV[0, 1] *= -1\n    return", {"dV"}, "dV[0, 1]: expected"),
        ("    return", "    dV = dV.T\n    return", {"dV"}, "transposed"),
    ],
)
def test_slips_in_every_layout(
    tmp_path: Path, notes: str, code: str, before: str, after: str, wrong: set[str], said: str
) -> None:
    report = judged(tmp_path, notes, code.replace(before, after))
    assert {g.name for g in report.gradients if g.verdict == "wrong"} == wrong, str(report)
    assert said in str(report)


def test_flat_vectors_everywhere(tmp_path: Path) -> None:
    notes = r"""---
shapes: {X: [p, m], y: [1, m], w: [p, 1]}
---
$$r = w^T X - y$$

$$L = \frac{1}{m} r r^T$$
"""
    code = "def backward(X, y, w):\n    dw = 2 * X.T @ (X @ w - y) / len(y)\n    return dw\n"
    report = judged(tmp_path, notes, code)
    assert report.ok, str(report)
    assert report.orientation.flat == "all"
    report = judged(tmp_path, notes, code.replace("2 * ", ""))
    assert [g.verdict for g in report.gradients] == ["wrong"]


def test_code_that_fails_in_every_layout(tmp_path: Path) -> None:
    with pytest.raises(UserCodeError, match=r"backward\.py:5: IndexError"):
        judged(tmp_path, COLUMNS, COLUMN_CODE.replace("shape[1]", "shape[2]"))


@pytest.mark.parametrize("shape", [("n", "m"), ("n", 1), (1, "m"), (1, 1)])
def test_back_undoes_moved(shape: Shape) -> None:
    numbers = tuple({"n": 3, "m": 4, 1: 1}[dim] for dim in shape)
    array = np.arange(float(np.prod(numbers))).reshape(numbers)
    for way in orientations([("n", "m")], "m"):
        move = way.move(shape)
        assert np.array_equal(moved_back(moved(array, move), move, numbers), array)


CLASSES = r"""---
shapes:
  X: [m, d]
  Y: [m, k]
  W: [d, k]
  b: [1, k]
domains: {Y: one-hot}
---
$$Z = X W + \mathbf{1} b$$

$$P = \operatorname{softmax}(Z)$$

$$J = -\frac{1}{m} \sum_{i=1}^m \sum_{j=1}^k Y_{ij} \log P_{ij}$$

$$\frac{\partial J}{\partial W} = \frac{1}{m} X^T (P - Y)$$
"""
CLASSES_CODE = """
import numpy as np

def backward(X, Y, W, b):
    Z = X @ W + b
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    D = (E / E.sum(axis=1, keepdims=True) - Y) / len(X)
    return {"dW": X.T @ D, "db": D.sum(axis=0)}
"""


@pytest.mark.parametrize("domain", ["domains: {Y: one-hot}", "domains: {Y: onehot_rows}", ""])
@pytest.mark.parametrize("count", ["m", "N"])
def test_distributions_are_the_rows_where_samples_are(domain: str, count: str, tmp_path: Path) -> None:
    """The output's size is what most arrays have as their columns, and is no number of samples."""
    notes = CLASSES.replace("domains: {Y: one-hot}", domain)
    for before in ("[m,", "{m}", "=1}^m"):
        notes = notes.replace(before, before.replace("m", count))
    (tmp_path / "notes.md").write_text(notes, "utf-8")
    (tmp_path / "backward.py").write_text(CLASSES_CODE, "utf-8")
    report = check_backward(tmp_path / "backward.py", tmp_path / "notes.md")
    assert report.ok, str(report)
    (tmp_path / "backward.py").write_text(CLASSES_CODE.replace("axis=1", "axis=0"), "utf-8")
    report = check_backward(tmp_path / "backward.py", tmp_path / "notes.md")
    assert {g.verdict for g in report.gradients} == {"wrong"}
