"""The symbolic oracle: are two expressions identical, entry by entry, at small sizes?

Computed quantities are kept as symbols first: an identity among them holds whatever they are. Only where
that proves nothing are definitions put in, from the results back to the inputs. Against an equality it
evaluates the components in balls at a point. What is too large is `unknown`, never a guess. Components
are light terms first; SymPy is asked where these leave a question open, since it knows more laws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any

from gradcheck.calculus.algebra import Algebra
from gradcheck.calculus.components import Components
from gradcheck.calculus.evidence import SymbolicEvidence
from gradcheck.calculus.field import Balls
from gradcheck.calculus.program import Program, TooLarge, Undecidable
from gradcheck.calculus.sizes import concrete
from gradcheck.expr.forms.build import merge, variables
from gradcheck.expr.forms.tree import Expr
from gradcheck.ops.operation import Array

if TYPE_CHECKING:
    from gradcheck.calculus.component_values import ComponentValues

_MOST_ENTRIES = 150
_MOST_SYMBOLS = 600
_SQUARES = {"binary": 0, "onehot": 0, "sign": 1}


class Symbolic:
    """Exact components for one program at one set of sizes: terms of our own, else SymPy's.

    given   gives the values of the inputs, of which the first point is used, (points, rows, columns)
    SymPy is imported at the first question that our own terms leave open.
    """

    def __init__(
        self, program: Program, sizes: Mapping[str, int], given: Callable[[], Mapping[str, Array]]
    ) -> None:
        self._program = program
        self._sizes = sizes
        self._given = given

    @cached_property
    def _in_terms(self) -> _Decided:
        from gradcheck.calculus.term_forms import TERMS

        return _Decided(self._program, self._sizes, self._given, TERMS)

    @cached_property
    def _in_sympy(self) -> _Decided:
        from gradcheck.calculus.sympy_algebra import SYMPY

        return _Decided(self._program, self._sizes, self._given, SYMPY)

    def decide(self, left: Expr, right: Expr) -> SymbolicEvidence:
        """`identity` with how it was proved, or `unknown`."""
        return self._asked(lambda decided: decided.proof(left, right))

    def decide_different(self, left: Expr, right: Expr) -> SymbolicEvidence:
        """`different` if the components differ for certain at the sample point, else `unknown`."""
        return self._asked(lambda decided: decided.disproof(left, right))

    def _asked(self, question: Callable[[_Decided], SymbolicEvidence]) -> SymbolicEvidence:
        """The answer by terms; by SymPy where these leave it open, unless it is too large for either."""
        try:
            found = _guarded(lambda: question(self._in_terms))
            if found.outcome == "unknown":
                found = _guarded(lambda: question(self._in_sympy))
        except TooLarge as reason:
            return SymbolicEvidence("unknown", str(reason))
        return found

    def matrix(self, expr: Expr) -> Any:
        """The SymPy matrix of an expression, at the first value of each free index: for people to see."""
        import sympy

        return sympy.Matrix(self._in_sympy.components.of(expr, {name: 1 for name, _ in expr.free}))


class _Decided:
    """Proofs and disproofs with the components of one algebra."""

    def __init__(
        self,
        program: Program,
        sizes: Mapping[str, int],
        given: Callable[[], Mapping[str, Array]],
        algebra: Algebra,
    ) -> None:
        self._program = program
        self._sizes = sizes
        self._given = given
        self._algebra = algebra
        self._depths = _depths(program)
        self._values: ComponentValues | None = None
        self.components = Components(program, sizes, algebra)

    def proof(self, left: Expr, right: Expr) -> SymbolicEvidence:
        entries = self._differences(left, right)
        depth: int | None = 0
        while depth is not None and entries:
            proved, following = self._proved(entries, depth)
            if proved:
                return SymbolicEvidence("identity", _method(depth))
            depth = following
        if not entries:
            return SymbolicEvidence("identity", _method(0))
        return SymbolicEvidence("unknown", "no normal form shows it")

    def disproof(self, left: Expr, right: Expr) -> SymbolicEvidence:
        from gradcheck.calculus.component_values import ComponentValues

        entries = self._differences(left, right)
        with Balls(384).precision():
            if self._values is None:
                self._values = ComponentValues(self.components, self._given())
            if any(not self._values.of(entry).contains(0) for entry in entries):
                return SymbolicEvidence("different", "components in balls at a point")
        return SymbolicEvidence("unknown", "the components do not differ at the point tried")

    def _differences(self, left: Expr, right: Expr) -> list[Any]:
        rows, columns = (concrete(dim, self._sizes) for dim in left.shape)
        places = list(_index_values(left, right, self._sizes))
        if rows * columns * len(places) > _MOST_ENTRIES or self._entries > _MOST_SYMBOLS:
            raise TooLarge("too many entries")
        sides = ((self.components.of(side, at).reshape(-1) for side in (left, right)) for at in places)
        gaps = (a - b for both in sides for a, b in zip(*both, strict=True) if a != b)
        return list(dict.fromkeys(gap for gap in gaps if gap != 0))

    @cached_property
    def _entries(self) -> int:
        """How many symbols the program has."""
        shapes = (variable.shape for variable in self._program.variables.values())
        return sum(concrete(r, self._sizes) * concrete(c, self._sizes) for r, c in shapes)

    def _proved(self, entries: list[Any], depth: int) -> tuple[bool, int | None]:
        """Whether all entries are zero with definitions put in to a depth; else the next depth."""
        from gradcheck.calculus.normal_form import FEW, MANY
        from gradcheck.calculus.quotients import TooManyGenerators

        try:
            return self._proved_among(entries, depth, FEW)
        except TooManyGenerators:
            return self._proved_among(entries, depth, MANY)

    def _proved_among(self, entries: list[Any], depth: int, capacity: int) -> tuple[bool, int | None]:
        """The same in a ring of so many generators; raises TooManyGenerators."""
        from gradcheck.calculus.normal_form import NormalForm

        form = NormalForm(lambda symbol: self._opened(symbol, depth), self._squares, capacity)
        for symbol, function in self._functions(entries, depth):
            form.name(symbol, function)
        if all(form.is_zero(entry) for entry in entries):
            return True, None
        kept = [self._depths[key] for key in map(self._key, form.kept_symbols()) if key in self._depths]
        return False, min(kept) + 1 if kept else None

    def _key(self, symbol: Any) -> str:
        return self.components.place(symbol)[0]

    def _opened(self, symbol: Any, depth: int) -> Any | None:
        """What a symbol is replaced by: its definition, if that is a plain symbol or within the depth."""
        key, r, c = self.components.place(symbol)
        if key not in self._depths:
            return self._constrained(key, r, c)
        definition = self.components.definition(symbol)
        is_plain = definition is None or definition.is_Symbol or definition.is_Number
        return definition if is_plain or self._depths[key] < depth else None

    def _constrained(self, key: str, r: int, c: int) -> Any | None:
        """An input's entry by others: the last of a sum of one, half of a symmetric matrix; or zero."""
        symbols, one = self.components.symbols(key), self._algebra.constant(Fraction(1))
        match self._program.variables[key].domain:
            case "onehot" | "simplex" if r == len(symbols) - 1:
                return one - sum(symbols[:-1, c])  # the only entry of one class is the number
            case "simplex_rows" if c == symbols.shape[1] - 1:
                return one - sum(symbols[r, :-1])
            case "symmetric" | "definite" if r > c:
                return symbols[c, r]
            case "diagonal" if r != c:
                return self._algebra.constant(Fraction(0))
            case "zero":
                return self._algebra.constant(Fraction(0))
        return None

    def _functions(self, entries: list[Any], depth: int) -> Iterator[tuple[Any, Any]]:
        """Kept symbols that are defined as one function of something, `a = sigmoid(z)`."""
        keys = {self._key(symbol) for entry in entries for symbol in entry.free_symbols}
        reached = frozenset().union(*(self._program.reach[key] for key in keys))
        for key in self._program.order:
            if key in reached and self._depths[key] >= depth:
                for symbol in self.components.symbols(key).reshape(-1):
                    definition = self.components.definition(symbol)
                    if definition is not None and definition.is_Function:
                        yield symbol, definition

    @cached_property
    def _squares(self) -> Mapping[Any, int]:
        """Input symbols whose square is known from their domain."""
        return {
            symbol: _SQUARES[variable.domain]
            for key, variable in self._program.variables.items()
            if variable.domain in _SQUARES and key in self._program.inputs
            for symbol in self.components.symbols(key).reshape(-1)
        }


def _guarded(answer: Callable[[], SymbolicEvidence]) -> SymbolicEvidence:
    """The answer, or `unknown` with the reason; TypeError and its like are how SymPy refuses.

    Raises TooLarge.
    """
    try:
        return answer()
    except TooLarge:
        raise
    except Undecidable as reason:
        return SymbolicEvidence("unknown", str(reason))
    except RecursionError:
        return SymbolicEvidence("unknown", "nested too deeply")
    except (ArithmeticError, NotImplementedError, TypeError, ValueError) as reason:
        return SymbolicEvidence("unknown", f"sympy refuses: {reason}")


def _method(depth: int) -> str:
    return "polynomial identity" + (f", definitions put in to depth {depth}" if depth else "")


def _depths(program: Program) -> dict[str, int]:
    """For each defined quantity, the longest way to a result that nothing else uses."""
    depths = dict.fromkeys(program.definitions, 0)
    for key in reversed(program.order):
        for used in variables(program.definitions[key]):
            if used in depths:
                depths[used] = max(depths[used], depths[key] + 1)
    return depths


def _index_values(left: Expr, right: Expr, sizes: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """All values of the indices that are free on either side."""
    free = merge((left, right))
    for values in product(*(range(1, concrete(dim, sizes) + 1) for _, dim in free)):
        yield dict(zip((name for name, _ in free), values, strict=True))
