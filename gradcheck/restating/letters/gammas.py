"""The gamma function beside matrices Γ, and the digamma function beside any ψ: `\\log \\Gamma(\\alpha)`.

Γ is the function where round brackets follow it everywhere and a logarithm is taken of it, or the text speaks
of a distribution that is made of it; ψ beside it, or where the text says digamma, its logarithm's derivative.
What is no letter of the document's own is then written upright, `\\upGamma(\\alpha)`, as the number π is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from gradcheck.notation.statements import Equation, Heading, Prose, Statement, renamed
from gradcheck.notation.tree import Call, Group, Node, Product, Scripted, Symbol
from gradcheck.notation.walk import letters_in, of_kind, relettered
from gradcheck.patterns import late_pattern

LETTERS = frozenset(("Gamma", "psi"))
MADE_OF_IT = late_pattern(r"\b(gamma|beta|student|wishart|dirichlet)\b", re.IGNORECASE)
DIGAMMA = late_pattern(r"\bdi-?gamma\b", re.IGNORECASE)


def with_gamma_upright(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with these functions told apart from what else goes by their letters."""
    sides = [side for item in body if isinstance(item, Equation) for side in item.sides]
    met = LETTERS.intersection(letter for side in sides for letter in letters_in(side))
    called = {letter for letter in met if _is_always_applied(letter, sides)}
    if not called:
        return body
    texts = " ".join(item.text for item in body if isinstance(item, Prose | Heading))
    is_gamma = "Gamma" in called and (any(map(_takes_its_logarithm, sides)) or MADE_OF_IT.search(texts))
    functions = {"Gamma"} if is_gamma else set()
    if "psi" in called and (is_gamma or DIGAMMA.search(texts)):
        functions.add("psi")

    def upright(side: Node) -> Node:
        for letter in sorted(functions & letters_in(side)):
            side = relettered(side, letter, f"up{letter}")
        return side

    return [renamed(item, upright) if isinstance(item, Equation) else item for item in body]


def _takes_its_logarithm(side: Node) -> bool:
    if "Gamma" not in letters_in(side):
        return False
    calls = [call for call in of_kind(side, Call) if "Gamma" in letters_in(call.argument)]
    return any(letters_in(call.function) & {"log", "ln"} for call in calls)


def _is_always_applied(letter: str, sides: Sequence[Node]) -> bool:
    """Whether round brackets around one argument follow a letter, or its primes, wherever it stands."""
    applied = met = 0
    for side in sides:
        if letter not in letters_in(side):
            continue
        met += sum(symbol.name == letter for symbol in of_kind(side, Symbol))
        pairs = (pair for product in of_kind(side, Product) for pair in pairwise(product.factors))
        applied += sum(_is_applied(letter, factor, following) for factor, following in pairs)
    return applied == met


def _is_applied(letter: str, factor: Node, following: Node) -> bool:
    if isinstance(factor, Scripted) and factor.sub is None and factor.sup is None:
        factor = factor.base
    is_one = isinstance(following, Group) and following.open == "(" and len(following.items) == 1
    return is_one and isinstance(factor, Symbol) and factor.name == letter
