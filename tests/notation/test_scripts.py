import pytest

from gradcheck.notation.printer import latex
from gradcheck.notation.scripts import Superscript, split_superscript
from gradcheck.notation.tree import Scripted
from tests.notation.trees import tree


def split(superscript: str) -> Superscript:
    node = tree(f"W^{{{superscript}}}")
    assert isinstance(node, Scripted)
    return split_superscript(node.sup)


def shown(parts: Superscript) -> tuple[list[str], list[str], str]:
    marks = "T" * parts.transpose + "-1" * parts.inverse + "'" * parts.primes + parts.mark
    power = f" power {latex(parts.power)}" if parts.power else ""
    return [latex(node) for node in parts.layers], [latex(node) for node in parts.samples], marks + power


@pytest.mark.parametrize(
    ("superscript", "layers", "samples", "rest"),
    [
        ("[2]", ["2"], [], ""),
        ("[2]T", ["2"], [], "T"),
        (r"[l]\top", ["l"], [], "T"),
        (r"[l-1]\intercal", ["l - 1"], [], "T"),
        ("[1](i)", ["1"], ["i"], ""),
        ("(i)", [], ["i"], ""),
        ("(i)T", [], ["i"], "T"),
        ("T(i)", [], ["i"], "T"),
        ("(l-1)", [], ["l - 1"], ""),
        (r"(\text{train})", [], [r"\text{train}"], ""),
        ("[2]-1", ["2"], [], "-1"),
        ("[l]-T", ["l"], [], "T-1"),
        ("u v - c", [], [], " power u v - c"),
        ("u v - 1", [], [], " power u v - 1"),
        (r"u v^T - u v^T", [], [], " power u v^{T} - u v^{T}"),
        ("T", [], [], "T"),
        (r"\top", [], [], "T"),
        (r"\mathsf T", [], [], "T"),
        (r"\mathrm{T}", [], [], "T"),
        ("-1", [], [], "-1"),
        ("-", [], [], "-"),
        ("+", [], [], "+"),
        ("-T", [], [], "T-1"),
        (r"-\top", [], [], "T-1"),
        ("2", [], [], " power 2"),
        ("l", [], [], " power l"),
        ("l+1", [], [], " power l + 1"),
        ("[1]2", ["1"], [], " power 2"),
        (r"[1]\prime", ["1"], [], "'"),
        (r"\star", [], [], "*"),
        ("(a b)", [], [], " power (a b)"),
        ("+a b", [], [], " power + a b"),
        (r"\mathcal T", [], [], r" power \mathcal{T}"),
        ("f(x)", [], [], " power f (x)"),
        (r"2\varphi(t)", [], [], r" power 2 \varphi (t)"),
        ("h(i)", [], ["i"], " power h"),
    ],
)
def test_parts(superscript: str, layers: list[str], samples: list[str], rest: str) -> None:
    assert shown(split(superscript)) == (layers, samples, rest)


def test_no_superscript_has_no_parts() -> None:
    assert split_superscript(None) == Superscript()


def test_a_star_before_a_power_is_a_mark() -> None:
    parts = split("*2")
    assert parts.mark == "*"
    assert parts.power is not None
    assert latex(parts.power) == "2"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a_o1", "a_{o1}"),
        ("a_12 b", "a_{12} b"),
        ("x^10", "x^{10}"),
        ("10^-12", "10^{-12}"),
        ("w_ij x_j", "w_{ij} x_j"),
        ("w_ijk", "w_{ijk}"),
        (r"\delta_ij", r"\delta_{ij}"),
        ("x_ik_j", "x_{i} k_j"),
        ("y_ip_i", "y_{i} p_i"),
        ("x_1b", "x_{1} b"),
        ("x_il(y)", "x_{i} l(y)"),
        (r"\frac12 x", r"\frac{1}{2} x"),
        ("x_i 2", "x_{i} 2"),
    ],
)
def test_what_is_glued_to_a_bare_mark_belongs_to_it(written: str, meant: str) -> None:
    assert latex(tree(written)) == latex(tree(meant))
