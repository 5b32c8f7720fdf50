"""A backward pass in which much cancels is not accused of roundings; odd results are told plainly."""

from pathlib import Path

import pytest

from gradcheck.code.backward import BackwardReport, check_backward
from gradcheck.code.user_function import UserCodeError

NOTES = r"""---
shapes:
  V: [d, m]
  G: [d, m]
  \gamma: [d, 1]
---
$$c = \frac{1}{m} V \mathbf{1}$$

$$U = V - c \mathbf{1}^T$$

$$q = \frac{1}{m} (U \odot U) \mathbf{1}$$

$$r = \sqrt{q + 0.0001}$$

$$B = (\gamma \mathbf{1}^T) \odot (U \oslash (r \mathbf{1}^T))$$

$$J = \frac{1}{2} \| B - G \|_F^2$$
"""
CODE = """
import numpy as np

def backward(V, G, gamma):
    U = V - V.mean(axis=1, keepdims=True)
    r = np.sqrt((U**2).mean(axis=1, keepdims=True) + 1e-4)
    N = U / r
    d = gamma * N - G
    dN = d * gamma
    dV = (dN - dN.mean(axis=1, keepdims=True) - N * (dN * N).mean(axis=1, keepdims=True)) / r
    return {"dV": dV, "dgamma": (d * N).sum(axis=1, keepdims=True)}
"""


def judged(folder: Path, before: str, after: str, seed: int = 0) -> BackwardReport:
    assert before in CODE
    (folder / "notes.md").write_text(NOTES, "utf-8")
    (folder / "backward.py").write_text(CODE.replace(before, after), "utf-8")
    return check_backward(folder / "backward.py", folder / "notes.md", seed=seed)


@pytest.mark.parametrize("seed", range(6))
def test_what_cancels_is_not_accused(seed: int, tmp_path: Path) -> None:
    """With two samples hardly more than a rounding is left of the gradient by V."""
    report = judged(tmp_path, "import", "import", seed)
    assert report.ok, str(report)


@pytest.mark.parametrize(
    ("before", "after", "wrong"),
    [
        ("dN - dN.mean(axis=1, keepdims=True) -", "dN -", {"dV"}),
        (") / r\n    return", ")\n    return", {"dV"}),
        ("+ 1e-4", "+ 1.000001e-4", {"dV", "dgamma"}),
        ("dN = d * gamma", "dN = d * (gamma + 1e-9)", {"dV"}),
    ],
)
def test_what_is_wrong_is_found_all_the_same(
    before: str, after: str, wrong: set[str], tmp_path: Path
) -> None:
    report = judged(tmp_path, before, after)
    assert {g.name for g in report.gradients if g.verdict == "wrong"} == wrong, str(report)


def test_a_part_in_float32(tmp_path: Path) -> None:
    report = judged(tmp_path, "d = gamma * N - G", "d = (gamma * N - G).astype(np.float32)")
    causes = {g.name: g.finding.cause for g in report.gradients if g.finding is not None}
    assert causes == {"dV": "float32", "dgamma": "float32"}, str(report)


def test_holes(tmp_path: Path) -> None:
    report = judged(tmp_path, "dV = (", "dV = np.nan * (")
    (wrong,) = (g for g in report.gradients if g.verdict == "wrong")
    assert wrong.finding is not None
    assert wrong.finding.cause == "not-finite"
    assert "entries are not finite" in str(report)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("dV = (", "dV = np.random.normal() * (", "another dV when called again"),
        ("return {", "print({", "it returns nothing: return a dict"),
    ],
)
def test_what_cannot_be_judged(before: str, after: str, said: str, tmp_path: Path) -> None:
    code = CODE.replace(before, after)
    code = code if "print" not in after else code.rstrip() + ")\n"
    (tmp_path / "notes.md").write_text(NOTES, "utf-8")
    (tmp_path / "backward.py").write_text(code, "utf-8")
    with pytest.raises(UserCodeError, match=said):
        check_backward(tmp_path / "backward.py", tmp_path / "notes.md")
