"""Braces are drawn below terms: no brackets, and a lone word below them is a remark."""

import pytest

from tests.checking.written import verdicts

GIVEN = r"Let $A \in \mathbb{R}^{k \times r}$, $t \in \mathbb{R}^{k}$, $v \in \mathbb{R}^{r}$."
HEAD = r"\|A v - t\|^2 = v^T A^T A v"


def last(line: str) -> str:
    return verdicts(f"{GIVEN}\n\n$${line}$$\n")[-1]


@pytest.mark.parametrize("word", ["error", r"\text{mixed}", "both", r"\text{two of them}"])
def test_a_word_below_a_brace_claims_nothing(word: str) -> None:
    line = rf"{HEAD} - \underbrace{{2 v^T A^T t}}_{{{word}}} + t^T t"
    assert last(line) == "correct"
    assert last(line.replace("2 v", "v")) == "wrong"
    assert last(line.replace(r"- \u", r"+ \u")) == "wrong"


def test_what_is_written_below_is_held_against_what_is_above() -> None:
    line = rf"{HEAD} - \underbrace{{v^T A^T t + t^T A v}}_{{2 t^T A v}} + t^T t"
    assert last(line) == "correct"
    assert last(line.replace("{2 t", "{3 t")) == "wrong"


@pytest.mark.parametrize("kind", ["under", "over"])
def test_a_minus_before_a_brace_may_be_of_its_first_term(kind: str) -> None:
    mark = "_" if kind == "under" else "^"
    for sign in "+-":
        line = (
            rf"{HEAD} - \{kind}brace{{v^T A^T t {sign} t^T A v}}{mark}{{\text{{one number twice}}}} + t^T t"
        )
        assert last(line) == "correct"
        assert last(line.replace(f"{sign} t^T A", f"{sign} 3 t^T A")) == "wrong"


def test_a_plus_before_a_brace_changes_no_sign() -> None:
    line = rf"{HEAD} + \underbrace{{v^T A^T t - 3 t^T A v}} + t^T t"
    assert last(line) == "correct"
    assert last(line.replace("- 3", "+ 3")) == "wrong"
