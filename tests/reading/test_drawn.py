"""Matrices that plain text draws over several lines."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.diagnosis.telling import tell
from gradcheck.reading.document import read
from gradcheck.reading.drawn import in_one_line
from gradcheck.source import Source, Span
from tests.checking.written import verdicts

PRODUCT = """
[2  1] [u1]   [2u1 + u2]
[1  3] [u2] = [u1 + 3u2]
"""
SIDE_BY_SIDE = """
B = [2  0]     v = [1]
    [0  3]         [4]
"""
UNICODE = """
B = ⎡2  0⎤
    ⎣0  3⎦
"""
SHIFTED = """
f = [1 2] [2  1] [u]
           [1  3] [v]  = 7
"""


def in_a_line(text: str) -> str:
    """What is left of the text, which stays as long as it was."""
    made, _ = in_one_line(text, [Span(0, len(text))])
    assert len(made) == len(text)
    return made.strip()


@pytest.mark.parametrize(
    ("drawn", "written"),
    [
        (PRODUCT, "[2  1; 1  3] [u1; u2] = [2u1 + u2; u1 + 3u2]"),
        (SIDE_BY_SIDE, "B = [2  0; 0  3] , v = [1; 4]"),
        (UNICODE, "B = [2  0; 0  3]"),
        (SHIFTED, "f = [1 2] [2  1; 1  3] [u; v]  = 7"),
    ],
)
def test_rows_below_each_other_are_rows_of_one_matrix(drawn, written):
    assert in_a_line(drawn) == written


@pytest.mark.parametrize(
    "text",
    [
        "W[1] = a\nW[2] = b",
        "x = [1 2]\ny = [3 4]",
        "x = [1 2]\n  = [3 4]",
        "a = [1 2]\n                    [3 4]",
        "a = [1 2]\n\n    [3 4]",
        "a = \\left[1 2]\n        [3 4]",
        "no brackets\nat all",
    ],
)
def test_other_lines_stay_as_they_are(text):
    assert in_a_line(text) == text


def test_a_quadratic_form_in_drawn_matrices_is_judged():
    text = """```
f(x) = [x₁ x₂] [2  1] [x₁]
               [1  3] [x₂]
     = 2x₁² + 2x₁x₂ + 3x₂²
```

```
∂f/∂x₁ = 4x₁ + 2x₂
∂f/∂x₂ = 2x₁ + {}x₂
```
"""
    assert verdicts(text.format(6))[-2:] == ["correct", "correct"]
    assert verdicts(text.format(5))[-2:] == ["correct", "wrong"]


def test_characters_are_told_where_they_were_drawn():
    made, moved = in_one_line(PRODUCT, [Span(0, len(PRODUCT))])
    assert all(made[at] == PRODUCT[place] for at, place in moved.items() if made[at] not in " ;")
    last = made.index("3u2")
    assert (last, moved[last]) != (moved[last], last)
    assert PRODUCT[moved[last] :].startswith("3u2]")


def test_a_wrong_number_is_pointed_at_where_it_stands():
    text = f"```\n{PRODUCT.strip().replace('u1 + 3u2', 'u1 + 2u2')}\n```\n".replace("u", "u_")
    document = read(Source("notes.md", text))
    tellings = tell(check(document, pose(document, None))).values()
    (change,) = [change for telling in tellings for change in telling.changes]
    assert document.source.position(change.span.start) == (3, text.splitlines()[2].index("2u_2") + 1)
    assert (change.before, change.after) == ("2", "3")
