"""Sums that were kept in the derivative by one entry: `∂L/∂m_{ij} = \\frac1N \\sum_i …` is one for every i.

Told where no edit mends the line: an index that is free on the left, summed on the right and free nowhere
there says what kind of slip it is, though the sum is not all that is wrong.
"""

from __future__ import annotations

from gradcheck.checking.judgement import Judgement

CODE = "GC505"


def summed_though_free(judgement: Judgement) -> str | None:
    """What to say of a right side that sums what the left side is told for each of; None elsewhere."""
    if judgement.pair is None:
        return None
    expected, got = judgement.pair
    bound = {node.attr[0].name for node in got.walk() if node.op == "isum"}
    kept = sorted((bound & dict(expected.free).keys()) - dict(got.free).keys())
    if not kept:
        return None
    letters = ", ".join(f"`{letter}`" for letter in kept)
    return f"the left side is told for each {letters}, the right side sums over it"
