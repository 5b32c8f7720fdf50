"""What `gradcheck show` tells of a document stands in the words and letters of its author."""

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.report.reading_shown import shown
from gradcheck.source import Source


def _shown(text: str) -> str:
    document = read(Source("notes.md", text))
    return shown(check(document, pose(document, None)))


def test_a_sum_with_dots_keeps_both_of_its_factors() -> None:
    text = r"Let $a, v \in \mathbb{R}^{d}$ and $s = a_1 v_1 + \dots + a_d v_d + c$."
    assert "Σ_n v[n] a[n]" in _shown(text) or "Σ_n a[n] v[n]" in _shown(text)


def test_the_set_of_a_declaration_is_no_quantity() -> None:
    assert "mathbb" not in _shown(r"Let $a \in \mathbb{R}^{d}$ and $s = a^\top a$.")


def test_what_a_jacobian_is_applied_to_has_a_plain_letter() -> None:
    text = "$$z = M x$$\n\n$$\\frac{\\partial z}{\\partial x} = M$$\n"
    found = _shown("$M \\in \\mathbb{R}^{p \\times q}$\n\n" + text)
    assert "Mᵀ v" in found
    assert "·" not in found


def test_the_last_entry_is_shown_as_it_is_written() -> None:
    found = _shown("$v \\in \\mathbb{R}^{n}$\n\n$$s = \\sum_{i=1}^{n-1} v_i^2 + v_n$$\n")
    assert "1[i ≤ n - 1]" in found
    assert "+ v[n]" in found
