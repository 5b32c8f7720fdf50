"""Which names are those of functions, going by the name alone, and what their values are called."""

from __future__ import annotations

from gradcheck.expr.written.names import Name

# Letters that name functions where brackets with one argument follow.
FUNCTION_LETTERS = {
    "f",
    "g",
    "h",
    "\\phi",
    "\\varphi",
    "\\psi",
    "\\sigma",
    "\\Phi",
    "\\Psi",
    "\\rho",
    "\\theta",
}


# The variable of functions whose argument nobody writes; no letter of any document.
UNSAID = "·x"

# Parameters that are written in lower case below a function's letter.
WEIGHTS = {"w", "b"}


def is_parameterised(name: Name) -> bool:
    """Whether the subscripts of a function are its parameters, `h_\\theta` or `f_{W,b}`, and no index."""
    return bool(name.sub) and all(p.startswith("\\") or p[:1].isupper() or p in WEIGHTS for p in name.sub)


def value_at(function: Name, argument: Name) -> Name:
    """The name of a function's value: `h_\\theta` at `x^{(i)}` has the marks of the argument."""
    return Name(function.key, function.span, sub=argument.sub, sample=argument.sample)


def looks_like_function(name: Name) -> bool:
    """Whether brackets after a name with one argument mean application, going by the name alone."""
    return name.base in FUNCTION_LETTERS or (
        len(name.base) > 2 and name.base.isalpha() and name.sample is None
    )
