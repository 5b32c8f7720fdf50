"""Slips that a loop repeats, terms not added up, factors of the whole, and what follows from all these."""

from pathlib import Path

import numpy as np
import pytest

from gradcheck.code.backward import BackwardReport, check_backward
from gradcheck.code.trees import Numbers
from gradcheck.code.whole_factor import WholeFactor, whole_factor

TIME = r"""---
shapes:
  u_1: [p, 1]
  u_2: [p, 1]
  t: [q, 1]
  s_0: [h, 1]
  R: [h, h]
  P: [h, p]
  Q: [q, h]
---
$$c_1 = R s_0 + P u_1$$

$$s_1 = \tanh(c_1)$$

$$c_2 = R s_1 + P u_2$$

$$s_2 = \tanh(c_2)$$

$$J = \frac{1}{2} \| Q s_2 - t \|^2$$

$$\nabla_{c_2} J = (Q^T (Q s_2 - t)) \odot (1 - s_2 \odot s_2)$$

$$\nabla_{c_1} J = (R^T \nabla_{c_2} J) \odot (1 - s_1 \odot s_1)$$

$$\nabla_R J = \nabla_{c_1} J \, s_0^T + \nabla_{c_2} J \, s_1^T$$
"""
TIME_CODE = """
import numpy as np

def backward(u_1, u_2, t, s_0, R, P, Q):
    states, inputs = [s_0], [u_1, u_2]
    for u in inputs:
        states.append(np.tanh(R @ states[-1] + P @ u))
    d = Q.T @ (Q @ states[-1] - t)
    dR, dP = np.zeros_like(R), np.zeros_like(P)
    for step in (1, 0):
        d = d * (1 - states[step + 1] ** 2)
        dR += d @ states[step].T
        dP += d @ inputs[step].T
        d = R.T @ d
    return {"dR": dR, "dP": dP, "ds_0": d}
"""
LAYER = r"""---
shapes:
  X: [p, m]
  T: [q, m]
  W: [q, p]
  b: [q, 1]
---
$$Z = W X + b$$

$$A = \sigma(Z)$$

$$J = \frac{1}{2m} \| A - T \|_F^2$$

$$\frac{\partial J}{\partial Z} = \frac{1}{m} (A - T) \odot A \odot (1 - A)$$

$$\frac{\partial J}{\partial W} = \frac{\partial J}{\partial Z} X^T$$

$$\frac{\partial J}{\partial b} = \frac{\partial J}{\partial Z} \mathbf{1}$$
"""
LAYER_CODE = """
import numpy as np

def backward(X, T, W, b):
    m = X.shape[1]
    A = 1 / (1 + np.exp(-(W @ X + b)))
    dZ = (A - T) * A * (1 - A) / m
    return {"dZ": dZ, "dW": dZ @ X.T, "db": dZ.sum(axis=1, keepdims=True)}
"""


def judged(folder: Path, notes: str, code: str, before: str, after: str) -> BackwardReport:
    assert before in code
    (folder / "notes.md").write_text(notes, "utf-8")
    (folder / "backward.py").write_text(code.replace(before, after), "utf-8")
    return check_backward(folder / "backward.py", folder / "notes.md")


def test_right_ones(tmp_path: Path) -> None:
    for notes, code in ((TIME, TIME_CODE), (LAYER, LAYER_CODE)):
        report = judged(tmp_path, notes, code, "import", "import")
        assert report.ok, str(report)


@pytest.mark.parametrize(
    ("before", "after", "code", "said"),
    [
        ("states[step + 1] ** 2)", "states[step + 1])", "GC405", "everywhere alike"),
        ("d * (1 - states[step + 1] ** 2)", "1 * d", "GC301", "everywhere alike"),
        ("d = Q.T @ (Q", "d = 2 * Q.T @ (Q", "GC206", "this is `2` times the gradient"),
        ("(Q @ states[-1] - t)", "(t - Q @ states[-1])", "GC501", "-1 times the gradient"),
        ("dR += d", "dR = d", "GC306", "s₁ᵀ` is missing"),
    ],
)
def test_slips_in_a_loop(tmp_path: Path, before: str, after: str, code: str, said: str) -> None:
    report = judged(tmp_path, TIME, TIME_CODE, before, after)
    (found,) = (g for g in report.gradients if g.name == "dR")
    assert found.slip is not None, str(report)
    assert found.slip.code == code, str(report)
    assert said in str(report)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("* (1 - A) / m", "* (1 - A)", "GC201"),
        ("(A - T) *", "(T - A) *", "GC501"),
        ("* A * (1 - A)", "* A", None),
        ("* A * (1 - A)", "* np.sin(A)", None),
    ],
)
def test_what_follows_is_said_once(tmp_path: Path, before: str, after: str, code: str | None) -> None:
    report = judged(tmp_path, LAYER, LAYER_CODE, before, after)
    root, *others = report.gradients
    assert [g.verdict for g in report.gradients] == ["wrong"] * 3
    assert root.follows == ()
    assert [g.follows for g in others] == [("dZ",)] * 2
    assert all(g.slip is None for g in others)
    assert str(report).count("follows from dZ") == 2
    if code is not None:
        assert root.slip is not None
        assert root.slip.code == code


def test_a_second_slip_does_not_follow(tmp_path: Path) -> None:
    code = LAYER_CODE.replace("* (1 - A) / m", "* (1 - A)")
    report = judged(tmp_path, LAYER, code, "dZ @ X.T", "dZ @ X.T / m")
    assert [g.verdict for g in report.gradients] == ["wrong", "right", "wrong"]
    report = judged(tmp_path, LAYER, code, "dZ @ X.T", "np.cos(dZ) @ X.T")
    assert [g.follows for g in report.gradients] == [(), (), ("dZ",)]


def drawn() -> list[Numbers]:
    rng = np.random.default_rng(0)
    return [rng.normal(size=(3, 2, 4)) for _ in range(2)]


@pytest.mark.parametrize(
    ("factors", "expected", "text", "code"),
    [
        ((-1.0, -1.0), WholeFactor(-1.0, "", ""), "-1", "GC501"),
        ((2.0, 2.0), WholeFactor(2.0, "", ""), "2", "GC206"),
        ((3.0, 5.0), WholeFactor(1.0, "m", ""), "m", "GC201"),
        ((-3.0, -5.0), WholeFactor(-1.0, "m", ""), "-m", "GC312"),
        ((1 / 3, 1 / 5), WholeFactor(1.0, "", "m"), "1/m", "GC202"),
        ((3 / 4, 5 / 7), WholeFactor(1.0, "m", "k"), "m/k", "GC203"),
        ((6.0, 10.0), WholeFactor(2.0, "m", ""), "2m", "GC312"),
        ((0.5 / 4, 0.5 / 7), WholeFactor(0.5, "", "k"), "1/(2k)", "GC312"),
    ],
)
def test_a_factor_by_its_sizes(
    factors: tuple[float, float], expected: WholeFactor, text: str, code: str
) -> None:
    right = drawn()
    got = [factor * array for factor, array in zip(factors, right, strict=True)]
    found = whole_factor(right, got, [{"m": 3, "k": 4}, {"m": 5, "k": 7}])
    assert found is not None
    assert (found.over, found.under) == (expected.over, expected.under)
    assert found.number == pytest.approx(expected.number)
    assert (str(found), found.code("m")) == (text, code)


def test_no_factor() -> None:
    right = drawn()
    sizes = [{"m": 3}, {"m": 5}]
    assert whole_factor(right, right, sizes) is None
    assert whole_factor(right, [right[0], 1.5 * right[1]], sizes) is None
    assert whole_factor(right, [array**3 for array in right], sizes) is None
    assert whole_factor(right, [0 * array for array in right], sizes) is None
