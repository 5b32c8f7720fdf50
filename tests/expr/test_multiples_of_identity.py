"""A number beside a square matrix, `S - \\lambda`: so many times the identity, as in eigenvalue problems."""

import pytest

from tests.checking.written import displayed, verdicts

RAYLEIGH = [
    r"\mathcal{L} = w^T S w - \lambda w^T w",
    r"\frac{\partial \mathcal{L}}{\partial w} = (S + S^T - 2 \lambda) w",
]
WITHIN = [r"Q = w^T (S - \lambda) w", r"\frac{\partial Q}{\partial w} = (S + S^T) w - 2 \lambda w"]
DATA = [r"J = \|X w - y\|^2 + c w^T w", r"\nabla_w J = 2 (X^T X + c) w - 2 X^T y"]


@pytest.mark.parametrize("lines", [RAYLEIGH, WITHIN])
def test_it_is_read_so(lines: list[str]) -> None:
    assert set(verdicts(displayed(*lines))) == {"correct"}


def test_any_letter_may_be_meant_so() -> None:
    assert verdicts(displayed(*DATA))[-1] in ("correct", "charitable")


@pytest.mark.parametrize(
    ("lines", "slip"),
    [(RAYLEIGH, (r"2 \lambda", r"\lambda")), (WITHIN, ("S^T)", "S^T) 2")), (DATA, ("+ c) w", "- c) w"))],
)
def test_and_slips_are_found(lines: list[str], slip: tuple[str, str]) -> None:
    wrong = lines[-1].replace(*slip)
    assert wrong != lines[-1]
    assert verdicts(displayed(*lines[:-1], wrong))[-1] == "wrong"


def test_a_number_added_to_every_entry_is_still_one() -> None:
    lines = [r"Z_{ij} = A_{ij} + c", r"Z = A + c", r"L = \sum_{i,j} Z_{ij}^2"]
    assert "wrong" not in verdicts(displayed(*lines, r"\frac{\partial L}{\partial A} = 2 Z"))


@pytest.mark.parametrize(("sign", "verdict"), [("-", "correct"), ("", "wrong")])
def test_what_multiplies_an_identity_is_a_number_though_derived_by(sign: str, verdict: str) -> None:
    told = r"w(\lambda) = (X^T X + \lambda I)^{-1} X^T y"
    line = rf"\frac{{dw}}{{d\lambda}} = {sign}(X^T X + \lambda I)^{{-1}} w"
    assert verdicts(displayed(told, line)) == ["correct", verdict]
