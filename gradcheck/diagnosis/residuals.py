"""Prediction minus label, with which a backward pass begins; the gradients it goes on with; 1 - a of a slope.

It stands in few programs as it stands in their gradients: a squared error has it under a square, a cross
entropy nowhere. What a loss compares is read from its definition: the first computed quantity that meets
a given one of its shape.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from gradcheck.diagnosis.patterns import fitting
from gradcheck.diagnosis.setting import Setting
from gradcheck.diagnosis.site import Site
from gradcheck.expr.forms.build import apply, num, pick, var, variables
from gradcheck.expr.forms.tree import Expr


def residuals(setting: Setting, formulas: Iterable[Expr] = ()) -> tuple[Expr, ...]:
    """The differences of what the targets compare, picked the way the formulas pick quantities.

    formulas    what may name a gradient, `δ`, whose target is one, too
    """
    found: dict[Expr, None] = {}
    names = (setting.definitions.get(key) for formula in formulas for key in sorted(variables(formula)))
    meant = (d.args[0] for d in names if d is not None and d.op == "deriv")
    for target in dict.fromkeys((*setting.targets, *meant)):
        for computed, given in _compared(setting, variables(target)):
            for a, b in product(setting.views(computed), setting.views(given)):
                if a.shape == b.shape and (a.op == b.op == "var" or a.attr == b.attr):
                    found[apply("sub", a, b)] = None
    return tuple(found)


def upstream_parts(setting: Setting) -> tuple[Expr, ...]:
    """The gradients with which a chain may begin, picked the way the formulas pick; without the mean as well.

    The mean is one that the program takes.
    """
    found: dict[Expr, None] = {}
    for gradient in setting.upstream:
        for pattern in setting.patterns:
            chosen = tuple(fitting(s, dim) for s, dim in zip(pattern, gradient.shape, strict=True))
            if "no" not in chosen:
                found[gradient if chosen == (None, None) else pick(gradient, *chosen)] = None
    nodes = {node for definition in setting.definitions.values() for node in definition.walk()}
    counts = [count for count in setting.counts if count in nodes]
    whole = [apply("mul", count, gradient) for count in counts for gradient in found]
    return (*found, *whole)


def complements(places: Iterable[Site]) -> tuple[Expr, ...]:
    """1 - a for each quantity a of a formula: a slope in a that has lost it."""
    named = dict.fromkeys(site.node for site in places if site.setting.is_value(site.node))
    return tuple(apply("sub", num(1), a) for a in named)


def _compared(setting: Setting, keys: frozenset[str]) -> list[tuple[str, str]]:
    """The pairs that meet first in the definitions of some quantities, or in those below."""
    definitions = setting.definitions
    seen: frozenset[str] = frozenset()
    while keys := keys & frozenset(definitions) - seen:
        seen |= keys
        found = [
            (computed, given)
            for key in sorted(keys)
            for computed, given in product(sorted(variables(definitions[key])), repeat=2)
            if _are_compared(setting, computed, given)
        ]
        if found:
            return found
        keys = frozenset().union(*(variables(definitions[key]) for key in keys))
    return []


def _are_compared(setting: Setting, computed: str, given: str) -> bool:
    shapes = {key: setting.program.variables[key].shape for key in (computed, given)}
    return (
        computed in setting.definitions
        and given not in setting.definitions
        and shapes[computed] == shapes[given]
        and not setting.is_weight(var(given, shapes[given]))
    )
