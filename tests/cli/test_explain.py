"""`gradcheck explain`: codes, names, beginnings and near misses."""

import pytest

from gradcheck.cli import main
from gradcheck.diagnosis.misconceptions import FAMILIES, MISCONCEPTIONS


def explained(capsys, *words: str) -> str:
    assert main(["explain", *words]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    "word", ["GC401", "gc401", "sigmoid-prime-for-sigmoid", "sigmoid prime", "sigmoid_prime"]
)
def test_one_misconception_is_explained_in_full(capsys, word):
    out = explained(capsys, word)
    record = MISCONCEPTIONS["GC401"]
    for part in (
        record.code,
        record.name,
        record.cause,
        record.sign,
        record.example.right,
        record.example.wrong,
    ):
        assert part in " ".join(out.split())


def test_every_record_can_be_explained(capsys):
    for code in MISCONCEPTIONS:
        assert code in explained(capsys, code)


def test_without_a_word_all_are_listed_by_family(capsys):
    out = explained(capsys)
    assert all(code in out for code in MISCONCEPTIONS)
    places = [out.index(f"{family}xx") for family in FAMILIES]
    assert places == sorted(places)


def test_a_beginning_lists_what_it_may_mean(capsys):
    out = explained(capsys, "GC5")
    assert "GC501" in out
    assert "GC507" in out
    assert "GC401" not in out


def test_a_word_about_it_is_enough(capsys):
    assert "GC407" in explained(capsys, "jacobian")


@pytest.mark.parametrize(("word", "code"), [("mising-transpose", "GC101"), ("Swaped Diference", "GC502")])
def test_what_is_nearly_a_name_is_understood(capsys, word, code):
    assert main(["explain", word]) == 0
    printed = capsys.readouterr()
    assert MISCONCEPTIONS[code].cause.split()[0] in printed.out
    assert code in printed.out
    assert MISCONCEPTIONS[code].name in printed.err


def test_the_examples_are_shown_as_formulas(capsys):
    out = explained(capsys, "GC305")
    assert "∂L/∂w = a - y" in out
    assert "∂L/∂w = (a - y) x" in out


def test_a_near_miss_is_told(capsys):
    assert main(["explain", "sigmiod"]) == 2
    assert "did you mean sigmoid" in capsys.readouterr().err


def test_no_code_at_all(capsys):
    assert main(["explain", "zzzzzz"]) == 2
    assert "lists all codes" in capsys.readouterr().err
