"""Python names for a derivation's quantities: `W1`, `W_1`, `w1` for `W^{[1]}`, `dW1` for its gradient.

Promise: a name is matched by its letters and digits alone, without underscores, brackets and backslashes;
in another case only where that leaves one quantity. Rejected: a configuration file (the names are a habit
that everybody shares), and guessing by position.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gradcheck.patterns import late_pattern

LOSSES = ("L", "J", "C", "E", "Loss", "loss", "Cost", "cost")
BEFORE = (*(f"d{loss}d" for loss in LOSSES), "gradient", "grad", "nabla", "d", "g")
AFTER = ("gradient", "grad")
SHORT = {"lambda": ("lam", "lamb", "lambd", "lmbda"), "epsilon": ("eps",), "varepsilon": ("eps", "epsilon")}
_ACCENT = late_pattern(r"\\(hat|tilde|bar|vec|dot)\s*\{?\\?([A-Za-z]+)\}?")
_STYLE = late_pattern(r"\\(mathcal|mathbf|boldsymbol|mathrm|mathbb|bm|text)\b")


def spellings(latex: str) -> tuple[str, ...]:
    """What a quantity may be called, as letters and digits: `\\hat y^{[2]}` is `yhat2` or `haty2`."""
    plain = _STYLE.sub("", latex)
    spelled = [_letters(_ACCENT.sub(order, plain)) for order in (r"\2\1", r"\1\2")]
    short = [
        _letters(plain.replace(rf"\{long}", each))
        for long, some in SHORT.items()
        for each in some
        if rf"\{long}" in plain
    ]
    return tuple(dict.fromkeys((*spelled, *short)))


def bare(latex: str) -> str:
    """The name without its accents, by which it may be called if nothing else has that name."""
    return _letters(_ACCENT.sub(r"\2", _STYLE.sub("", latex)))


class Names:
    """Python names to quantities, those spelled first winning."""

    def __init__(self, quantities: Iterable[tuple[str, str]]) -> None:
        """quantities: pairs of a LaTeX name and what it stands for."""
        self._exact: dict[str, str] = {}
        self._bare: dict[str, str] = {}
        for latex, key in quantities:
            self._bare.setdefault(bare(latex), key)
            for spelled in spellings(latex):
                self._exact.setdefault(spelled, key)

    def quantity(self, name: str) -> str | None:
        """The quantity that a name stands for, or None."""
        letters = _letters(name)
        return _called(letters, self._exact) or _called(letters, self._bare)

    def differentiated(self, name: str) -> str | None:
        """The quantity whose gradient a name holds: that of `dW1`, of `W1_grad`, of `W1` itself."""
        found = (self.quantity(part) for part in (*_parts(_letters(name)), name))
        return next((key for key in found if key is not None), None)


def _called(letters: str, names: Mapping[str, str]) -> str | None:
    """What has that name, or is the only one that has it in another case."""
    alike = {key for spelled, key in names.items() if spelled.lower() == letters.lower()}
    return names.get(letters) or (alike.pop() if len(alike) == 1 else None)


class Values(dict[str, Any]):
    """Values by quantity, to be asked for by any of their Python names: what stands for `params`, `cache`."""

    def __init__(self, names: Names, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self._names = names

    def __missing__(self, name: str) -> Any:
        key = self._names.quantity(str(name))
        if key is None or key not in self:
            raise KeyError(f"{name}: the derivation has no quantity of that name")
        return self[key]


def _letters(name: str) -> str:
    return "".join(_latin(char) for char in name if char.isalnum())


def _latin(char: str) -> str:
    """`sigma` for σ, the letter itself if it is not Greek."""
    named = unicodedata.name(char, "")
    if not named.startswith("GREEK SMALL LETTER "):
        return char
    return named.split()[3].lower().replace("lamda", "lambda")


def _parts(letters: str) -> Iterator[str]:
    for prefix in BEFORE:
        if letters.startswith(prefix) and len(letters) > len(prefix):
            yield letters[len(prefix) :]
    for suffix in AFTER:
        if letters.endswith(suffix) and len(letters) > len(suffix):
            yield letters[: -len(suffix)]
