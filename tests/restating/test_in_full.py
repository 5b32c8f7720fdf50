"""What has nothing to put in passes all steps as it is, and few of its nodes are visited."""

import sys
from types import FrameType

from gradcheck.notation import walk
from gradcheck.notation.statements import Equation
from gradcheck.reading.document import Document, read
from gradcheck.restating.in_full import in_full
from gradcheck.source import Source

PLAIN = r"""
$$z = w^T x + b, \qquad a = \sigma(z)$$
$$J = \frac{1}{2} (a - y)^2$$
$$\frac{\partial J}{\partial z} = (a - y) \, a (1 - a)$$
$$\frac{\partial J}{\partial w} = \frac{\partial J}{\partial z} \, x$$
"""


def document(text: str) -> Document:
    return read(Source("notes.md", text))


def visits(written: Document) -> int:
    """How often a step takes a node apart to build it anew."""
    found = 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal found
        found += event == "call" and frame.f_code is walk.mapped.__code__

    sys.setprofile(count)
    try:
        in_full(written)
    finally:
        sys.setprofile(None)
    return found


def test_plain_equations_stay_the_very_ones() -> None:
    written = document(PLAIN)
    told = [item for item in in_full(written).body if isinstance(item, Equation)]
    assert [id(item) for item in told] == [id(item) for item in written.body if isinstance(item, Equation)]


def test_plain_equations_are_taken_apart_by_no_step() -> None:
    assert visits(document(PLAIN)) == 0


def test_a_sign_that_a_step_looks_for_is_found() -> None:
    assert visits(document(PLAIN + r"$$L = \mathcal{N}(y \mid \mu, \sigma^2)$$")) > 0
