"""How simulated students write: the same right derivation over matrices, sample by sample, unit by unit,
with samples in rows, by named signals, by entries, and as Unicode text without marks.

Each style writes the lines of a case by name (`Z2`, `W2`, ..), so that a slip finds its line in all of them.
The formulas are written here from the assignment's mathematics; nothing is taken from the submissions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

CASES = ("Regression", "Binary classification")
MEAN = r"\frac{1}{m} "
PLAIN_MEAN = "1/m "

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
        mean = PLAIN_MEAN if self.style == "plain" else MEAN
        return (mean, "") if self.mean_first else ("", mean)

    def shown(self, line: Line) -> str:
        """A line as it stands in the document."""
        return f"{line[0]} = {line[1]}" if self.style == "plain" else f"$${line[0]} = {line[1]}$$"


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
    if n.style == "plain":
        loss = _PLAIN_LOSSES[name]
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


def _rows_forward(n: Notation) -> Lines:
    z1, a1, z2 = n.at(n.linear, 1), n.at(n.active, 1), n.at(n.linear, 2)
    return {
        "z1": (z1, f"{n.data} {n.at(n.weight, 1)} + {n.at(n.bias, 1)}"),
        "a1": (a1, rf"\sigma({z1})"),
        "z2": (z2, f"{a1} {n.at(n.weight, 2)} + {n.at(n.bias, 2)}"),
    }


def _rows_gradients(n: Notation) -> Lines:
    first, later = n.means
    out, a1, w2 = n.at(n.active, 2), n.at(n.active, 1), n.at(n.weight, 2)
    dz2, dz1 = n.d(n.at(n.linear, 2)), n.d(n.at(n.linear, 1))
    summed = {layer: n.d(_sample(n, n.linear, layer)) for layer in (1, 2)}
    return {
        "Z2": (dz2, f"{first}({out} - {n.target})"),
        "W2": (n.d(w2), f"{later}{_turned(a1)} {dz2}"),
        "b2": (n.d(n.at(n.bias, 2)), rf"{later}\sum_{{i=1}}^m {summed[2]}"),
        "A1": (n.d(a1), f"{dz2} {_turned(w2)}"),
        "Z1": (dz1, rf"{n.d(a1)} \odot {a1} \odot (1 - {a1})"),
        "W1": (n.d(n.at(n.weight, 1)), f"{later}{n.data}^T {dz1}"),
        "b1": (n.d(n.at(n.bias, 1)), rf"{later}\sum_{{i=1}}^m {summed[1]}"),
    }


def _signals_gradients(n: Notation) -> Lines:
    first, later = n.means
    out, a1, w2 = n.at(n.active, 2), n.at(n.active, 1), n.at(n.weight, 2)
    delta = {layer: n.at(r"\delta", layer) for layer in (1, 2)}
    return {
        "Z2": (f"{delta[2]} = {n.d(n.at(n.linear, 2))}", f"{first}({out} - {n.target})"),
        "W2": (n.d(w2), f"{later}{delta[2]} {_turned(a1)}"),
        "b2": (n.d(n.at(n.bias, 2)), _summed(later, delta[2])),
        "A1": (n.d(a1), f"{_turned(w2)} {delta[2]}"),
        "Z1": (
            f"{delta[1]} = {n.d(n.at(n.linear, 1))}",
            rf"{_turned(w2)} {delta[2]} \odot {a1} \odot (1 - {a1})",
        ),
        "W1": (n.d(n.at(n.weight, 1)), f"{later}{delta[1]} {n.data}^T"),
        "b1": (n.d(n.at(n.bias, 1)), _summed(later, delta[1])),
    }


# --- by entries -----------------------------------------------------------------------------------


def _entry(n: Notation, letter: str, layer: int, index: str) -> str:
    return f"{n.at(letter, layer)}_{{{index}}}"


def _entries_forward(n: Notation) -> Lines:
    z1, a1, b1 = (_entry(n, each, 1, at) for each, at in ((n.linear, "ji"), (n.active, "ji"), (n.bias, "j")))
    w1, w2 = _entry(n, n.weight, 1, "jk"), _entry(n, n.weight, 2, "1j")
    z2, b2 = _entry(n, n.linear, 2, "1i"), _entry(n, n.bias, 2, "1")
    return {
        "z1": (z1, rf"\sum_{{k=1}}^{{n_0}} {w1} {n.data}_{{ki}} + {b1}"),
        "a1": (a1, rf"\sigma({z1})"),
        "z2": (z2, rf"\sum_{{j=1}}^{{n_1}} {w2} {a1} + {b2}"),
    }


def _entries_output(n: Notation, linear: bool) -> Lines:
    out, last = _entry(n, n.active, 2, "1i"), _entry(n, n.linear, 2, "1i")
    return {"out": (out, last if linear else rf"\sigma({last})"), "hat": (r"\hat Y_{1i}", out)}


def _entries_gradients(n: Notation) -> Lines:
    first, later = n.means
    out, a1 = _entry(n, n.active, 2, "1i"), _entry(n, n.active, 1, "ji")
    w1, w2 = _entry(n, n.weight, 1, "jk"), _entry(n, n.weight, 2, "1j")
    dz2, dz1 = n.d(_entry(n, n.linear, 2, "1i")), n.d(_entry(n, n.linear, 1, "ji"))
    over = rf"{later}\sum_{{i=1}}^m "
    return {
        "Z2": (dz2, f"{first}({out} - {n.target}_{{1i}})"),
        "W2": (n.d(w2), f"{over}{dz2} {a1}"),
        "b2": (n.d(_entry(n, n.bias, 2, "1")), f"{over}{dz2}"),
        "A1": (n.d(a1), f"{w2} {dz2}"),
        "Z1": (dz1, rf"{n.d(a1)} \cdot {a1} \cdot (1 - {a1})"),
        "W1": (n.d(w1), f"{over}{dz1} {n.data}_{{ki}}"),
        "b1": (n.d(_entry(n, n.bias, 1, "j")), f"{over}{dz1}"),
    }


# --- as Unicode text ------------------------------------------------------------------------------

_PLAIN_LOSSES = {
    CASES[0]: "1/(2m) Σᵢ (ŷ⁽ⁱ⁾ - y⁽ⁱ⁾)²",
    CASES[1]: "-1/m Σᵢ (y⁽ⁱ⁾ log ŷ⁽ⁱ⁾ + (1 - y⁽ⁱ⁾) log(1 - ŷ⁽ⁱ⁾))",
}


def _plain(letter: str, layer: int) -> str:
    return letter + "₀₁₂"[layer]


def _plain_forward(n: Notation) -> Lines:
    z1, a1, z2 = _plain(n.linear, 1), _plain(n.active, 1), _plain(n.linear, 2)
    return {
        "z1": (z1, f"{_plain(n.weight, 1)} {n.data} + {_plain(n.bias, 1)}"),
        "a1": (a1, f"σ({z1})"),
        "z2": (z2, f"{_plain(n.weight, 2)} {a1} + {_plain(n.bias, 2)}"),
    }


def _plain_output(n: Notation, linear: bool) -> Lines:
    out, last = _plain(n.active, 2), _plain(n.linear, 2)
    return {"out": (out, last if linear else f"σ({last})"), "hat": ("Ŷ", out)}


def _plain_gradients(n: Notation) -> Lines:
    first, later = n.means
    out, a1, w2 = _plain(n.active, 2), _plain(n.active, 1), _plain(n.weight, 2)
    dz2, dz1, da1 = (f"∂L/∂{each}" for each in (_plain(n.linear, 2), _plain(n.linear, 1), a1))
    summed = {layer: f"{later}Σᵢ ∂L/∂{_plain(n.linear.lower(), layer)}⁽ⁱ⁾" for layer in (1, 2)}
    return {
        "Z2": (dz2, f"{first}({out} - {n.target})"),
        "W2": (f"∂L/∂{w2}", f"{later}{dz2} {a1}ᵀ"),
        "b2": (f"∂L/∂{_plain(n.bias, 2)}", summed[2]),
        "A1": (da1, f"{w2}ᵀ {dz2}"),
        "Z1": (dz1, f"{da1} ⊙ {a1} ⊙ (1 - {a1})"),
        "W1": (f"∂L/∂{_plain(n.weight, 1)}", f"{later}{dz1} {n.data}ᵀ"),
        "b1": (f"∂L/∂{_plain(n.bias, 1)}", summed[1]),
    }


STYLES: Mapping[str, Style] = {
    "matrix": Style(_matrix_forward, _matrix_output, _matrix_gradients),
    "samples": Style(_samples_forward, _samples_output, _samples_gradients),
    "units": Style(_units_forward, _units_output, _units_gradients),
    "rows": Style(_rows_forward, _matrix_output, _rows_gradients),
    "signals": Style(_matrix_forward, _matrix_output, _signals_gradients),
    "entries": Style(_entries_forward, _entries_output, _entries_gradients),
    "plain": Style(_plain_forward, _plain_output, _plain_gradients),
}
