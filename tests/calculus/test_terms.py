"""Light terms: they say what SymPy says, of every operation and of its derivatives, and stay exact."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy

from gradcheck.calculus import Bench, Program, Variable
from gradcheck.calculus.normal_form import NormalForm
from gradcheck.calculus.program import TooLarge, Undecidable
from gradcheck.calculus.sympy_algebra import SYMPY
from gradcheck.calculus.term_forms import TERMS, derivative
from gradcheck.calculus.terms import Number, Symbol, Term, raised
from gradcheck.expr.forms.build import apply, num, prime, var
from gradcheck.ops import OPERATIONS, forms
from gradcheck.ops.operation import Array, Example, Operation, from_entries
from tests.calculus.test_normal_form import LAWS
from tests.ops.operation_checks import operands

TABLE = [(operation, example) for operation in OPERATIONS.values() for example in operation.examples]
x, y, z = Symbol("x"), Symbol("y"), Symbol("z")
F = TERMS.forms


def in_sympy(component: Term) -> Any:
    """A term as SymPy's expression, by a way of its own."""
    parts = [in_sympy(a) for a in component.args]
    if component.is_Rational:
        return sympy.Rational(component.numerator, component.denominator)
    if component.is_Symbol:
        return sympy.Symbol(component.name, real=True)
    if component.is_Add:
        return sympy.Add(*parts)
    if component.is_Mul:
        return sympy.Mul(*parts)
    if component.is_Pow:
        return parts[0] ** parts[1]
    if getattr(component, "attr", ()):
        function = forms.opaque(component.attr, component.order) if component.order else None
        return (function or forms.opaque(component.attr))(*parts)
    if component.is_Function:
        return getattr(forms, component.name)(*parts)
    return {"Pi": sympy.pi, "Exp1": sympy.E}[component.function]


def in_terms(component: Any) -> Term:
    """SymPy's expression as a term."""
    parts = [in_terms(a) for a in component.args]
    if component.is_Rational:
        return Number(Fraction(int(component.p), int(component.q)))
    if component.is_Symbol:
        return Symbol(component.name)
    if component.is_Add:
        return TERMS.total(parts)
    if component.is_Mul:
        return np.prod(np.array(parts, dtype=object))
    if component.is_Pow:
        return parts[0] ** parts[1]
    if component == sympy.pi:
        return TERMS.constant("pi")
    if isinstance(component, sympy.Abs):
        return parts[0] * (2 * F.step(parts[0]) - 1)
    if isinstance(component, forms.Opaque):
        return F.opaque(component.attr)(parts[0])
    return getattr(F, type(component).__name__)(parts[0])


def _entries(operation: Operation, example: Example, algebra: Any) -> Array:
    symbols = [
        from_entries(shape, lambda r, c, k=k: algebra.symbol(f"x{k}_{r}_{c}"))
        for k, shape in enumerate(example.shapes)
    ]
    return operation.symbolic(algebra.forms, tuple(symbols), example.attr)


def _point(operation: Operation, example: Example) -> dict[Any, Any]:
    return {
        sympy.Symbol(f"x{k}_{r}_{c}", real=True): sympy.Rational(*float(value).as_integer_ratio())
        for k, x in enumerate(operands(operation, example))
        for (r, c), value in np.ndenumerate(x[0])
    }


def _same(a: Any, b: Any, at: dict[Any, Any]) -> bool:
    if a == b:
        return True
    values = [complex(sympy.N(side.subs(at).rewrite(sympy.exp), 30)) for side in (a, b)]
    return abs(values[0] - values[1]) <= 1e-13 * (1 + abs(values[1]))


@pytest.mark.parametrize(("operation", "example"), TABLE)
def test_a_form_and_its_slopes_are_sympys(operation: Operation, example: Example) -> None:
    light, heavy = (_entries(operation, example, algebra) for algebra in (TERMS, SYMPY))
    assert light.shape == heavy.shape
    at = _point(operation, example)
    for term, expected in list(zip(light.flat, heavy.flat, strict=True))[:4]:
        assert _same(in_sympy(term), expected, at)
        for symbol in sorted(expected.free_symbols, key=str)[:3]:
            try:
                slope = TERMS.derivative(term, Symbol(symbol.name))
            except TooLarge:
                with pytest.raises(TooLarge):
                    SYMPY.derivative(expected, symbol)
                continue
            assert _same(in_sympy(slope), SYMPY.derivative(expected, symbol), at), (term, symbol)


def _is_zero(component: Term) -> bool:
    return NormalForm(lambda symbol: None, {}).is_zero(component)


@pytest.mark.parametrize("law", sorted(LAWS))
def test_a_law_is_known_of_terms(law: str) -> None:
    left, right = map(in_terms, LAWS[law])
    assert _is_zero(left - right)
    assert not _is_zero(left - right + Fraction(1, 10**30))
    assert not _is_zero(left - right * (1 + x * Fraction(1, 10**12)))


@pytest.mark.parametrize(
    ("written", "collected"),
    [
        (x + y - x, y),
        (2 * (x + y) - x, x + 2 * y),
        (x * y / x, y),
        (x / 3 + x / 6, x / 2),
        ((x * y) ** 2 / y**3, x**2 / y),
        (F.sqrt(x) * F.sqrt(x), x),
        (F.sqrt(4 * x) / F.sqrt(x), F.sqrt(4)),
        (x**y * x, x ** (y + 1)),
        (F.exp(x - x) + F.log(x / x) + F.step(Number(-3)), Number(1)),
        (-(x - y), y - x),
        (0 * F.exp(x), Number(0)),
    ],
)
def test_what_stands_beside_each_other_is_collected(written: Term, collected: Term) -> None:
    assert written == collected
    assert hash(written) == hash(collected)


def test_what_differs_is_not_taken_for_equal() -> None:
    assert x + y != x + z
    assert x * y != x + y
    assert x**2 != x**3
    assert F.sin(x) != F.cos(x)
    assert F.opaque(("f", 0))(x) != F.opaque(("g", 0))(x)
    assert F.sqrt(x**2) != x


def test_a_quotient_by_zero_and_a_tower_of_powers_are_refused() -> None:
    with pytest.raises(ZeroDivisionError):
        x / (y - y)
    with pytest.raises(Undecidable):
        raised(2 * x, Number(10**9))
    assert F.power(Number(9), Number(10**9)).is_Symbol


def test_what_does_not_depend_on_a_symbol_has_no_slope() -> None:
    assert derivative(F.exp(x) * y, z) == 0
    assert derivative(x**y, y) == x**y * F.log(x)
    with pytest.raises(TooLarge):
        TERMS.derivative(TERMS.total([F.sin(x + k) for k in range(600)]), x)


def test_sympy_is_asked_where_terms_prove_nothing() -> None:
    v = var("v", ("n", 1))
    bench = Bench(Program({"v": Variable("v", ("n", 1), "v", "positive")}))
    eighth = apply("sqrt", apply("mul", num(8), apply("exp", v)))
    parts = apply("mul", apply("mul", num(2), apply("sqrt", num(2))), apply("sqrt", apply("exp", v)))
    evidence = bench.compare(eighth, parts)
    assert (evidence.outcome, evidence.certainty) == ("equal", "proved")
    wrong = bench.compare(eighth, apply("mul", parts, num("1.000000000001")))
    assert wrong.outcome == "different"


def test_a_gelu_and_its_slope_in_full_need_no_sympy() -> None:
    program = (
        "import sys\n"
        "from gradcheck.calculus import Bench, Program, Variable\n"
        "from gradcheck.expr.forms.build import apply, num, prime, var\n"
        "x = var('x', ('n', 1))\n"
        "root = apply('sqrt', num(2))\n"
        "half = apply('add', num(1), apply('erf', apply('div', x, root)))\n"
        "bell = apply('exp', apply('neg', apply('div', apply('power', x, num(2)), num(2))))\n"
        "tail = apply('div', apply('mul', x, bell), apply('sqrt', apply('mul', num(2), num('pi'))))\n"
        "slope = apply('add', apply('div', half, num(2)), tail)\n"
        "bench = Bench(Program({'x': Variable('x', ('n', 1), 'x')}))\n"
        "evidence = bench.compare(prime('gelu', x), slope)\n"
        "print(evidence.certainty, evidence.symbolic.outcome, 'sympy' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["proved", "identity", "False"]


def test_a_prime_is_taken_in_a_symbol_of_its_own() -> None:
    v = var("v", ("n", 1))
    bench = Bench(Program({"v": Variable("v", ("n", 1), "v")}))
    sine = apply("sin", apply("mul", v, v))
    evidence = bench.compare(prime("cos", apply("mul", v, v)), apply("neg", sine))
    assert (evidence.outcome, evidence.symbolic.outcome) == ("equal", "identity")


def test_equal_terms_of_shared_parts_are_compared_without_descending_everywhere() -> None:
    factors = [var(f"A{k}", ("n", "n")) for k in range(30)]
    bench = Bench(Program({f.attr[0]: Variable(f.attr[0], ("n", "n"), f.attr[0]) for f in factors}))
    forwards, turned = factors[0], apply("transpose", factors[0])
    for factor in factors[1:]:  # written out, an entry has as many terms as three to the power of the factors
        forwards = apply("matmul", forwards, factor)
        turned = apply("matmul", apply("transpose", factor), turned)
    assert bench.symbolic.decide(apply("transpose", forwards), turned).outcome == "identity"
