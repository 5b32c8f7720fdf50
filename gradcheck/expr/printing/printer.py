"""Expressions as LaTeX and as plain text, in the author's own symbols.

Operations are printed by the notation of their record; what is here is how strongly things hold
together, products of scalars, indices and derivatives. Brackets are set where a reader needs them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.meaning.blocks import rows_of
from gradcheck.expr.meaning.choices import is_chosen
from gradcheck.expr.meaning.mixed import letter_of, place_of
from gradcheck.expr.printing.printed_scripts import split_superscript
from gradcheck.expr.printing.printed_styles import Latex, Name, Plain, decimal
from gradcheck.expr.written.function_names import UNSAID
from gradcheck.ops import OPERATIONS
from gradcheck.ops.operation import ATOM, POWER, PREFIX, PRODUCT, SUM, named
from gradcheck.records import dataclass
from gradcheck.shapes import SCALAR

Spelling = Callable[[Expr], str | None]
_COMPARISONS = ("greater", "greater_equal")


class Printed(NamedTuple):
    """Text, how strongly it holds together, and whether its end would swallow what follows."""

    text: str
    binds: int
    open_end: bool = False


def _no_spelling(_: Expr) -> str | None:
    return None


def latex(expr: Expr, name: Name, spelling: Spelling = _no_spelling) -> str:
    """The LaTeX of an expression.

    name      quantity's key -> its LaTeX
    spelling  a part -> the author's own text, which then stands for it, None where there is none
    """
    return _Printer(Latex(name), spelling).show(expr).text


def plain(expr: Expr, name: Name, spelling: Spelling = _no_spelling) -> str:
    """The expression in Unicode text; `name` and `spelling` as for LaTeX, but in plain text."""
    return _Printer(Plain(name), spelling).show(expr).text


@dataclass(frozen=True, slots=True)
class _Printer:
    """Prints in one style, by the author's spelling where that has a name."""

    style: Latex | Plain
    spelling: Spelling

    def show(self, expr: Expr) -> Printed:
        own = self.spelling(expr)
        if own is None:
            return self._shown(expr)
        # How strongly it holds together is its operation's; its parts are not looked up to be left out.
        return _Printer(self.style, _no_spelling).show(expr)._replace(text=own)

    def _shown(self, expr: Expr) -> Printed:
        match expr.op:
            case "num":
                return self._number(expr.attr[0])
            case "var":
                return Printed(self.style.name(expr.attr[0]), ATOM)
            case "pick":
                return self._picked(expr)
            case "isum":
                if is_chosen(expr):
                    return self.show(expr.args[0].args[1])
                ix: Ix = expr.attr[0]
                body = self._held(expr.args[0], PRODUCT)
                return Printed(self.style.total(_letter(ix), ix.dim, body), PRODUCT, True)
            case "stack":
                ix = expr.attr[0]
                return Printed(self.style.stacked(self.show(expr.args[0]).text, _letter(ix), ix.dim), ATOM)
            case "deriv":
                target, variable = (self.show(a) for a in expr.args)
                short = target.binds == ATOM
                return Printed(self.style.derivative(target.text, variable.text, short), PRODUCT)
            case "prime":
                return self._prime(expr)
            case "matmul" if place_of(expr) is not None:
                return self._at_several(expr)
            case "mul" | "matmul":
                return self._product(expr)
            case "where" if expr.args[0].op in _COMPARISONS:
                return self._cases(expr)
            case "broadcast":
                return self.show(expr.args[0])
            case "unknown" if expr.attr[1:] == (-1,):
                return self._of_several(expr)
            case "unknown" if _is_unsaid(expr.args[0]):
                return Printed(expr.attr[0], ATOM)
            case "add" | "transpose" if (rows := rows_of(expr)) is not None:
                cells = [[self.show(cell).text for cell in row] for row in rows]
                return Printed(self.style.written_out(cells), ATOM)
            case "sum" if expr.args[0].op == "ones" and expr.attr[0] is None:
                return self._count(expr.args[0])
        return self._operation(expr)

    def _held(self, expr: Expr, needs: int, last: bool = True) -> str:
        """An operand, in brackets where it holds together less than its place needs."""
        return self._in_place(self.show(expr), needs, last)

    def _in_place(self, printed: Printed, needs: int, last: bool) -> str:
        text, binds, open_end = printed
        return text if binds >= needs and (last or not open_end) else self.style.bracket(text)

    def _number(self, value: Any) -> Printed:
        if isinstance(value, str):
            return Printed(self.style.constant(value), ATOM)
        if value.denominator == 1:
            return Printed(str(value), ATOM if value >= 0 else SUM)
        if (digits := decimal(abs(value))) is not None:
            return Printed(digits, ATOM) if value > 0 else Printed("-" + digits, SUM)
        text = self.style.fraction(abs(value))
        return Printed(text, PRODUCT) if value > 0 else Printed("-" + text, SUM)

    def _count(self, ones: Expr) -> Printed:
        """The sum of an array of ones is the number of its entries."""
        dims = [str(dim) for dim in ones.attr[0] if dim != 1]
        return Printed(" ".join(dims) or "1", PRODUCT if len(dims) > 1 else ATOM)

    def _of_several(self, expr: Expr) -> Printed:
        """An unknown function of several arguments, made of unknown functions of each."""
        terms = [expr.args[0]]
        while terms[0].op == "add":
            terms[:1] = terms[0].args
        arguments = (self.show(term.args[0].args[0]).text for term in terms)
        return Printed(expr.attr[0] + self.style.bracket(", ".join(arguments)), PREFIX)

    def _picked(self, expr: Expr) -> Printed:
        if (letter := letter_of(expr)) is not None:
            return Printed(letter, ATOM)
        x = expr.args[0]
        chosen = [
            self._selector(selector)
            for selector, dim in zip(expr.attr, x.shape, strict=True)
            if not (dim == 1 and selector in (None, 1))
        ]
        if not chosen:
            return self.show(x)
        subscript = (", " if any(len(c) > 1 or c == ":" for c in chosen) else "").join(chosen)
        base = self.show(x)
        bare = base.binds == ATOM and "_" not in split_superscript(base.text)
        whole = ATOM if expr.shape == SCALAR else POWER
        return Printed(self.style.index(base.text, subscript, bare), whole)

    def _at_several(self, expr: Expr) -> Printed:
        """An entry that several indices select together, `x_{i+k-1}`."""
        marks = ["", ""]
        while (found := place_of(expr)) is not None:
            expr, place, axis = found
            marks[axis] = self.show(place).text.replace(" ", "")
        if expr.op == "pick":
            own = ["" if selector is None else self._selector(selector) for selector in expr.attr]
            marks, expr = [a or b for a, b in zip(marks, own, strict=True)], expr.args[0]
        base, binds, _ = self.show(expr)
        return Printed(self.style.index(base, ", ".join(filter(None, marks)), binds == ATOM), ATOM)

    def _selector(self, selector: int | Ix | None) -> str:
        if selector is None:
            return ":"
        if isinstance(selector, int):
            return str(selector)
        return _letter(selector) + (f"{selector.shift:+d}" if selector.shift else "")

    def _prime(self, expr: Expr) -> Printed:
        name, order, *attr = expr.attr
        template = self.style.template(OPERATIONS[name].notation)
        if self.style.call not in template:
            template = self.style.template(named(name))
        start = template.index(self.style.call)
        template = template[:start] + "'" * order + template[start:]
        if name == "unknown" and _is_unsaid(expr.args[0]):
            return Printed(attr[0] + "'" * order, ATOM)
        inside = self.show(expr.args[0]).text
        return Printed(template.format(inside, attr=attr[0] if attr else ""), PREFIX)

    def _product(self, expr: Expr) -> Printed:
        left, right = expr.args
        before, behind = self.show(left), self.show(right)  # once: products stand within products
        first = self._factor(_kind(left), before, _kind(expr), last=False)
        second = self._factor(_kind(right), behind, _kind(expr), last=True)
        if _kind(expr) == "hadamard":
            text = self.style.template(OPERATIONS["mul"].notation).format(first, second)
        else:
            digits = second[0].isdigit() or (left.op == "num" and right.op == "num")
            text = first + self.style.between(digits) + second
        return Printed(text, PRODUCT, behind.open_end)

    def _factor(self, kind: str, factor: Printed, product: str, *, last: bool) -> str:
        """A factor, in brackets too where a matrix product and a Hadamard product meet."""
        text = self._in_place(factor, PRODUCT, last)
        meet = {product, kind} == {"matrix", "hadamard"}
        return self.style.bracket(text) if meet and text == factor.text else text

    def _cases(self, expr: Expr) -> Printed:
        """A choice by a comparison, which is written out and not as a number that is 0 or 1."""
        condition, then, otherwise = expr.args
        sides = [self.show(a).text for a in condition.args]
        written = self.style.comparison(condition.op).join(sides)
        template = self.style.template(OPERATIONS["where"].notation)
        return Printed(template.format(written, self.show(then).text, self.show(otherwise).text), ATOM)

    def _operation(self, expr: Expr) -> Printed:
        notation = OPERATIONS[expr.op].notation
        template = self.style.template(notation)
        if template.startswith(r"\frac"):
            return Printed(template.format(*(self.show(a).text for a in expr.args)), PRODUCT)
        operands = [
            self._held(a, needs, last=a is expr.args[-1])
            for a, needs in zip(expr.args, notation.needs, strict=True)
        ]
        if expr.op == "power" and _is_of_square(expr.args[0]):
            operands[1] = self.style.entrywise + operands[1]
        if notation.script:
            return Printed(self.style.scripted(notation, operands), notation.binds)
        return Printed(template.format(*operands, attr=self._attribute(expr)), notation.binds)

    def _attribute(self, expr: Expr) -> str:
        match expr.attr:
            case (int() | None as axis, *_):
                return self.style.axis(axis)
            case (str() as name, *_):
                return name
        return ""


def _is_unsaid(argument: Expr) -> bool:
    """Whether this is the variable that nobody writes, `u` for a function's value at it."""
    return argument.op == "var" and argument.attr[0] == UNSAID


def _is_of_square(base: Expr) -> bool:
    """Whether the power of an array would be read as a product with itself."""
    return base.shape[0] == base.shape[1] != 1


def _letter(index: Ix) -> str:
    """An index as it is written; one that its author left to dots or to samples has a letter, too."""
    return index.name.lstrip("·")


def _kind(expr: Expr) -> str:
    """Which product an expression is: `matrix`, `hadamard`, `scaling`, or none."""
    if expr.op == "matmul":
        return "matrix"
    if expr.op != "mul":
        return ""
    return "scaling" if SCALAR in (expr.args[0].shape, expr.args[1].shape) else "hadamard"
