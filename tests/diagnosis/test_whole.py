"""What is told of a line as a whole: circular lines, results out of nothing, courtesies with a name."""

from pathlib import Path

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.diagnosis.telling import tell
from gradcheck.reading.document import read
from gradcheck.verdict import Verdict
from tests.diagnosis.told import told_of_last

HEAD = r"""---
shapes:
  V: [k, n]
  D: [n, m]
  P: [k, m]
  T: [k, m]
---
$$P = V D$$
$$E = \frac{1}{2} \|P - T\|_F^2$$

"""


@pytest.fixture
def told(tmp_path):
    def of(text: str, head: str = HEAD) -> tuple[Verdict, str | None]:
        """Verdict and code of the last link."""
        path = tmp_path / "lines.md"
        path.write_text(head + text + "\n", encoding="utf-8")
        document = read(path)
        checked = check(document, pose(document, None))
        last = [judgement for _, judgement in checked.judgements()][-1]
        telling = tell(checked).get(last.claim.id)
        return last.verdict, None if telling is None else telling.code

    return of


@pytest.mark.parametrize(
    "line",
    [
        r"\frac{\partial E}{\partial V} = \frac{\partial E}{\partial V}",
        r"\frac{\partial E}{\partial V} = 0 + \frac{\partial E}{\partial V}",
        r"\frac{\partial E}{\partial V} = 3 \frac{\partial E}{\partial V} - 2 \frac{\partial E}{\partial V}",
        r"\frac{\partial E}{\partial V} = dP D^\top + dV - \frac{\partial E}{\partial V}",
        r"dV = (P - T) D^\top = dV",
    ],
)
def test_a_gradient_that_is_given_by_itself_is_circular(told, line):
    assert told(f"$${line}$$") == (Verdict.CORRECT, "GC607")


@pytest.mark.parametrize(
    "line",
    [
        r"\frac{\partial E}{\partial V} = \frac{\partial E}{\partial P} D^\top",
        r"\frac{\partial E}{\partial V} = dV",
        r"V = V - \eta \frac{\partial E}{\partial V}",
        r"dP = P - T = (P - T)",
    ],
)
def test_what_uses_other_gradients_is_not(told, line):
    assert told(f"$${line}$$") == (Verdict.CORRECT, None)


def test_a_gradient_by_another_name_of_its_quantity_is_not(told):
    """∂E/∂P has the value of ∂E/∂Q where Q is only another name of P, but it is another step."""
    renamed = HEAD.replace("$$P = V D$$", "$$Q = V D$$\n$$P = Q$$").replace("  P:", "  Q: [k, m]\n  P:")
    chain = r"\frac{\partial E}{\partial P} \frac{\partial P}{\partial Q}"
    assert told(rf"$$\frac{{\partial E}}{{\partial Q}} = {chain}$$", renamed) == (Verdict.CORRECT, None)
    assert told(r"$$dQ = 1 \cdot dP$$", renamed) == (Verdict.CORRECT, None)
    assert told(r"$$dQ = 1 \cdot dQ$$", renamed) == (Verdict.CORRECT, "GC607")


def test_a_result_out_of_nothing_is_told(told):
    assert told(r"$$dV = (T - P) D^\top = (P - T) D^\top$$") == (Verdict.CORRECT, "GC606")


def test_a_right_step_is_not_out_of_nothing(told):
    assert told(r"$$dV = (P - T) D^\top = P D^\top - T D^\top$$") == (Verdict.CORRECT, None)


INDEXED = r"""---
shapes:
  V: [k, n]
  x: [n, 1]
  z: [k, 1]
  t: [k, 1]
---
"""
GRADIENT = r"$$\frac{\partial E}{\partial x_j} = (z_i - t_i) V_{ij}$$"


def test_an_unwritten_sum_is_a_slip_where_sums_are_written(told):
    forward = r"$$z_i = \sum_j V_{ij} x_j$$" + "\n" + r"$$E = \frac{1}{2} \sum_i (z_i - t_i)^2$$" + "\n"
    assert told(forward + GRADIENT, INDEXED) == (Verdict.CHARITABLE, "GC307")


def test_an_unwritten_sum_is_a_notation_where_none_is_written(told):
    forward = "$$z = V x$$\n" + r"$$E = \frac{1}{2} \|z - t\|^2$$" + "\n"
    assert told(forward + GRADIENT, INDEXED) == (Verdict.CHARITABLE, None)


def test_a_chain_of_equals_signs_that_runs_on(told):
    assert told("$$dP = P - T = dV$$") == (Verdict.WRONG, "GC605")
    assert told("$$dP = V$$") == (Verdict.WRONG, "GC603")


def test_a_right_side_without_places_for_slips_ends_no_telling(tmp_path: Path) -> None:
    assert told_of_last(tmp_path, "$$h = x^2 + y$$\n\n$$\\nabla_y h = 2 y$$\n\n$$\\nabla_x h = 1$$\n")
