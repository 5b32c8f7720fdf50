"""Formulas typed without LaTeX: norms beside numbers, signs of array languages, letters of two alphabets."""

from __future__ import annotations

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import Equation, Unread, read
from gradcheck.source import Source


def judged(text, name="notes.txt"):
    document = read(Source(name, text))
    assert not any(isinstance(item, Unread) for item in document.body)
    return [str(judgement.verdict) for _, judgement in check(document, pose(document, None)).judgements()]


def sides(text):
    document = read(Source("notes.txt", text))
    found = [item for item in document.body if isinstance(item, Equation)]
    return [text[link.span.start : link.span.end] for equation in found for link in equation.links]


@pytest.mark.parametrize(
    "formula",
    [
        "1/2 ||r - t||^2",
        "½||Uβ - t||²",
        "½ [rᵀr - 2 rᵀt]",
        "P2' e2 .* h1 .* (1 - h1)",
        "(r - t) ./ (s .* s)",
        "sigmoid(p . r + q)",
        "-(k/2) log(v) - 1/2 ||r||^2 + 1/2 ||s||^2",
    ],
)
def test_a_formula_is_taken_whole(formula):
    assert sides(f"E = {formula}\n") == [formula]


def test_a_function_of_several_may_stand_on_the_left():
    assert sides("E(p, q) = p q\n") == ["p q"]


def test_a_norm_in_words_ends_where_it_ends():
    assert sides("we write |r| = 3 and k = ||s t||\n") == ["3", "||s t||"]


NETWORK = """s1 = P1 r + q1
h1 = sigmoid(s1)
s2 = P2 h1 + q2
E = 1/2 ||s2 - t||^2

ds2 = s2 - t
ds1 = P2' ds2 .* h1 .* (1 - h1)
dP1 = ds1 r'
"""


def test_the_gradients_of_a_typed_network_are_right():
    assert set(judged(NETWORK)) == {"correct"}


@pytest.mark.parametrize(("right", "slip"), [(".* (1 - h1)", ".* (1 + h1)"), ("ds1 r'", "ds1 h1'")])
def test_and_slips_in_them_are_found(right, slip):
    assert "wrong" in judged(NETWORK.replace(right, slip))


LAYERS = """```
s[1] = P[1] r + q[1]
h[1] = f[1](s[1])
s[2] = P[2] h[1] + q[2]
E = ½||s[2] - t||²
ds[2] = s[2] - t
ds[1] = P[2]' ds[2] .* f[1]'(s[1])
dP[1] = ds[1] r'
```
"""


def test_a_prime_behind_a_layer_transposes():
    assert set(judged(LAYERS, "notes.md")) == {"correct"}
    assert judged(LAYERS.replace("ds[1] r'", "ds[1] h[1]'"), "notes.md")[-1] == "wrong"


LEAST_SQUARES = """J(β) = ½||Xβ - y||²

∂J(β)/∂β = XᵀXβ - Xᵀy
         = Xᵀ(Xβ - y)
"""


def test_letters_of_two_alphabets_side_by_side_multiply():
    assert set(judged(LEAST_SQUARES)) == {"correct"}
    assert judged(LEAST_SQUARES.replace("XᵀXβ - Xᵀy", "XᵀXβ + Xᵀy"))[1] == "wrong"


LOGISTIC = """p_i = sigmoid(w^T x_i + b)
L = -(1/n) sum_i [ y_i log p_i + (1 - y_i) log(1 - p_i) ] + (k/2) ||w||^2

dL/dw = (1/n) sum_i (p_i - y_i) x_i + k w
dL/db = (1/n) sum_i (p_i - y_i)
"""


def test_a_sum_with_its_index_below_is_a_sum():
    assert set(judged(LOGISTIC)) == {"correct"}
    assert judged(LOGISTIC.replace("x_i + k w", "x_i + 2 k w"))[-2] == "wrong"
    assert judged(LOGISTIC.replace("sum_i (p_i - y_i)\n", "sum_i (p_i + y_i)\n"))[-1] == "wrong"


UNITS = """s1 = v1 * r1
a_s1 = σ(s1)
E1 = 0.5 * (t1 - a_s1)^2

δE1/δa_s1 = a_s1 - t1
δa_s1/δs1 = δ(σ(s1))/δs1 = a_s1 * (1 - a_s1)
δE1/δv1 = (a_s1 - t1) * a_s1 * (1 - a_s1) * r1
"""


def test_a_number_behind_letters_below_is_part_of_the_name_and_lone_deltas_differentiate():
    assert set(judged(UNITS)) == {"correct"}


@pytest.mark.parametrize(
    ("right", "slip"), [("= a_s1 - t1", "= t1 - a_s1"), ("(1 - a_s1)\n", "(1 + a_s1)\n"), ("* r1\nE", "")]
)
def test_and_slips_between_deltas_are_found(right, slip):
    text = f"{UNITS}E" if right.endswith("E") else UNITS
    assert "wrong" in judged(text.replace(right, slip))


def test_a_quotient_of_errors_with_marks_stays_one():
    assert sides("k = δ_1/δ_2\n") == ["δ_1/δ_2"]
    assert judged("k = δ_1/δ_2\n\nk δ_2 = δ_1\n") == ["correct", "correct"]


def test_a_second_derivative_keeps_its_sign():
    text = "E(r) = r^3\n\n∂²E/∂r² = 6 r\n"
    assert judged(text) == ["correct", "correct"]
    assert judged(text.replace("6 r", "3 r"))[-1] == "wrong"
