"""How simulated students write: the same right derivation over matrices, sample by sample, unit by unit.

Each style writes the lines of a case by name (`Z2`, `W2`, ..), so that a slip finds its line in all of them.
The formulas are written here from the assignment's mathematics; nothing is taken from the submissions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

CASES = ("Regression", "Binary classification")
MEAN = r"\frac{1}{m} "

Line = tuple[str, str]
Lines = dict[str, Line]


@dataclass(frozen=True, slots=True)
class Notation:
    """How a student writes: letters, layer marks, gradients, where the mean comes, and over what."""

    weight: str
    bias: str
    linear: str
    active: str
    data: str
    target: str
    layer: str
    gradient: str
    mean_first: bool
    style: str = "matrix"

    def at(self, letter: str, layer: int, marks: str = "") -> str:
        """A quantity of a layer; further marks are put into its superscript."""
        written = letter + self.layer.format(layer)
        if not marks:
            return written
        return (
            written[:-1] + marks + "}"
            if written.endswith("}") and "^" in written
            else f"{written}^{{{marks}}}"
        )

    def d(self, quantity: str) -> str:
        """The gradient of the loss by a quantity."""
        return self.gradient.format(quantity)

    @property
    def means(self) -> tuple[str, str]:
        """The factor of the mean at the output, and at the parameters."""
        return (MEAN, "") if self.mean_first else ("", MEAN)


def forward(n: Notation) -> Lines:
    """The forward pass that both cases share."""
    return STYLES[n.style].forward(n)


def case(n: Notation, name: str) -> Lines:
    """One case: the output, the loss, then gradients from the output back."""
    y, guess = rf"{n.target.lower()}^{{(i)}}", r"\hat y^{(i)}"
    cross = rf"{y} \log {guess} + (1 - {y}) \log(1 - {guess})"
    loss = (
        rf"\frac{{1}}{{2m}} \sum_{{i=1}}^m ({guess} - {y})^2"
        if name == CASES[0]
        else rf"-\frac{{1}}{{m}} \sum_{{i=1}}^m \left({cross}\right)"
    )
    style = STYLES[n.style]
    return style.output(n, name == CASES[0]) | {"loss": ("L", loss)} | style.gradients(n)


@dataclass(frozen=True, slots=True)
class Style:
    """The three parts of a derivation in one style."""

    forward: Callable[[Notation], Lines]
    output: Callable[[Notation, bool], Lines]
    gradients: Callable[[Notation], Lines]


# --- over matrices --------------------------------------------------------------------------------


def _matrix_forward(n: Notation) -> Lines:
    z1, a1, z2 = n.at(n.linear, 1), n.at(n.active, 1), n.at(n.linear, 2)
    return {
        "z1": (z1, f"{n.at(n.weight, 1)} {n.data} + {n.at(n.bias, 1)}"),
        "a1": (a1, rf"\sigma({z1})"),
        "z2": (z2, f"{n.at(n.weight, 2)} {a1} + {n.at(n.bias, 2)}"),
    }


def _matrix_output(n: Notation, linear: bool) -> Lines:
    out, last = n.at(n.active, 2), n.at(n.linear, 2)
    return {"out": (out, last if linear else rf"\sigma({last})"), "hat": (r"\hat Y", out)}


def _matrix_gradients(n: Notation) -> Lines:
    first, later = n.means
    out, a1, w2 = n.at(n.active, 2), n.at(n.active, 1), n.at(n.weight, 2)
    dz2, dz1 = n.d(n.at(n.linear, 2)), n.d(n.at(n.linear, 1))
    return {
        "Z2": (dz2, f"{first}({out} - {n.target})"),
        "W2": (n.d(w2), f"{later}{dz2} {_turned(a1)}"),
        "b2": (n.d(n.at(n.bias, 2)), _summed(later, dz2)),
        "A1": (n.d(a1), f"{_turned(w2)} {dz2}"),
        "Z1": (dz1, rf"{n.d(a1)} \odot {a1} \odot (1 - {a1})"),
        "W1": (n.d(n.at(n.weight, 1)), f"{later}{dz1} {n.data}^T"),
        "b1": (n.d(n.at(n.bias, 1)), _summed(later, dz1)),
    }


def _summed(factor: str, quantity: str) -> str:
    return rf"{factor}\text{{np.sum}}({quantity}, \text{{axis}}=1, \text{{keepdims}}=\text{{True}})"


def _turned(quantity: str) -> str:
    """The transpose of a quantity with marks."""
    return f"{quantity}^T" if quantity.endswith("]}") else f"({quantity})^T"


# --- sample by sample -----------------------------------------------------------------------------


def _sample(n: Notation, letter: str, layer: int) -> str:
    return n.at(letter.lower(), layer, "(i)")


def _samples_forward(n: Notation) -> Lines:
    z1, a1 = _sample(n, n.linear, 1), _sample(n, n.active, 1)
    return {
        "z1": (z1, f"{n.at(n.weight, 1)} {n.data.lower()}^{{(i)}} + {n.at(n.bias, 1)}"),
        "a1": (a1, rf"\sigma({z1})"),
        "z2": (_sample(n, n.linear, 2), f"{n.at(n.weight, 2)} {a1} + {n.at(n.bias, 2)}"),
    }


def _samples_output(n: Notation, linear: bool) -> Lines:
    out, last = _sample(n, n.active, 2), _sample(n, n.linear, 2)
    return {"out": (out, last if linear else rf"\sigma({last})"), "hat": (r"\hat y^{(i)}", out)}


def _samples_gradients(n: Notation) -> Lines:
    first, later = n.means
    out, a1, w2 = _sample(n, n.active, 2), _sample(n, n.active, 1), n.at(n.weight, 2)
    dz2, dz1, da1 = n.d(_sample(n, n.linear, 2)), n.d(_sample(n, n.linear, 1)), n.d(a1)
    over = rf"{later}\sum_{{i=1}}^m "
    return {
        "Z2": (dz2, f"{first}({out} - {n.target.lower()}^{{(i)}})"),
        "W2": (n.d(w2), f"{over}{dz2} ({a1})^T"),
        "b2": (n.d(n.at(n.bias, 2)), f"{over}{dz2}"),
        "A1": (da1, f"{_turned(w2)} {dz2}"),
        "Z1": (dz1, rf"{da1} \odot {a1} \odot (1 - {a1})"),
        "W1": (n.d(n.at(n.weight, 1)), f"{over}{dz1} ({n.data.lower()}^{{(i)}})^T"),
        "b1": (n.d(n.at(n.bias, 1)), f"{over}{dz1}"),
    }


# --- unit by unit ---------------------------------------------------------------------------------


def _unit(n: Notation, letter: str, layer: int, index: str, marks: str = "(i)") -> str:
    """A component of a quantity: `z_j^{[1](i)}`."""
    return n.at(f"{letter.lower()}_{{{index}}}", layer, marks)


def _units_forward(n: Notation) -> Lines:
    z1, a1 = _unit(n, n.linear, 1, "j"), _unit(n, n.active, 1, "j")
    w1, w2 = _unit(n, n.weight, 1, "jk", ""), _unit(n, n.weight, 2, "1j", "")
    return {
        "z1": (
            z1,
            rf"\sum_{{k=1}}^{{n_0}} {w1} {n.data.lower()}_k^{{(i)}} + {_unit(n, n.bias, 1, 'j', '')}",
        ),
        "a1": (a1, rf"\sigma({z1})"),
        "z2": (
            _unit(n, n.linear, 2, "1"),
            rf"\sum_{{j=1}}^{{n_1}} {w2} {a1} + {_unit(n, n.bias, 2, '1', '')}",
        ),
    }


def _units_output(n: Notation, linear: bool) -> Lines:
    out, last = _unit(n, n.active, 2, "1"), _unit(n, n.linear, 2, "1")
    return {"out": (out, last if linear else rf"\sigma({last})"), "hat": (r"\hat y^{(i)}", out)}


def _units_gradients(n: Notation) -> Lines:
    first, later = n.means
    out, a1 = _unit(n, n.active, 2, "1"), _unit(n, n.active, 1, "j")
    w1, w2 = _unit(n, n.weight, 1, "jk", ""), _unit(n, n.weight, 2, "1j", "")
    b1, b2 = _unit(n, n.bias, 1, "j", ""), _unit(n, n.bias, 2, "1", "")
    dz2, dz1, da1 = n.d(_unit(n, n.linear, 2, "1")), n.d(_unit(n, n.linear, 1, "j")), n.d(a1)
    over = rf"{later}\sum_{{i=1}}^m "
    return {
        "Z2": (dz2, f"{first}({out} - {n.target.lower()}^{{(i)}})"),
        "W2": (n.d(w2), f"{over}{dz2} {a1}"),
        "b2": (n.d(b2), f"{over}{dz2}"),
        "A1": (da1, f"{w2} {dz2}"),
        "Z1": (dz1, rf"{da1} \odot {a1} \odot (1 - {a1})".replace(r"\odot", r"\cdot")),
        "W1": (n.d(w1), f"{over}{dz1} {n.data.lower()}_k^{{(i)}}"),
        "b1": (n.d(b1), f"{over}{dz1}"),
    }


STYLES: Mapping[str, Style] = {
    "matrix": Style(_matrix_forward, _matrix_output, _matrix_gradients),
    "samples": Style(_samples_forward, _samples_output, _samples_gradients),
    "units": Style(_units_forward, _units_output, _units_gradients),
}
