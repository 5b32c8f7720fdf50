"""A letter has the shape of its chapter, and a factorised covariance is the product of its factors."""

from __future__ import annotations

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import displayed, verdicts

CHAPTERS = r"""
# One dimension

$$\log p(z \mid \nu, \tau) = -\log \tau - \frac{(z - \nu)^2}{2 \tau^2}$$

## By the mean

$$\frac{\partial \log p(z \mid \nu, \tau)}{\partial \nu} = ONE$$

# Many dimensions

$$\mathbf{C} \mathbf{C}^\top = \mathbf{S}$$

$$\log p(\mathbf{z} \mid \bm{\nu}, \mathbf{C})
  = -\frac{1}{2} \log |\mathbf{S}|
  - \frac{1}{2} (\mathbf{z} - \bm{\nu})^\top \mathbf{S}^{-1} (\mathbf{z} - \bm{\nu})$$

## By the mean

$$\frac{\partial \log p(\mathbf{z} \mid \bm{\nu}, \mathbf{C})}{\partial \bm{\nu}} = MANY$$
"""
RIGHT = {
    "ONE": r"\frac{z - \nu}{\tau^2}",
    "MANY": r"(\mathbf{C} \mathbf{C}^\top)^{-1} (\mathbf{z} - \bm{\nu})",
}


def of(**changed):
    text = CHAPTERS
    for place, formula in {**RIGHT, **changed}.items():
        text = text.replace(place, formula)
    return verdicts(text)


def test_each_chapter_has_its_own_shapes():
    assert of() == ["correct"] * 5


@pytest.mark.parametrize("formula", [r"\frac{\nu - z}{\tau^2}", r"\frac{z - \nu}{\tau}"])
def test_a_wrong_line_of_the_first_chapter_is_found(formula):
    assert of(ONE=formula)[1] == "wrong"


@pytest.mark.parametrize(
    "formula",
    [
        r"-(\mathbf{C} \mathbf{C}^\top)^{-1} (\mathbf{z} - \bm{\nu})",
        r"(\mathbf{C}^\top \mathbf{C})^{-1} (\mathbf{z} - \bm{\nu})",
        r"\mathbf{S} (\mathbf{z} - \bm{\nu})",
    ],
)
def test_a_wrong_line_of_the_second_chapter_is_found(formula):
    assert of(MANY=formula)[-1] == "wrong"


def test_the_inverse_of_a_gram_matrix_is_tried_on_a_tall_one():
    lines = (r"R = \|D u - s\|^2", r"\nabla_u R = 2 D^\top (D u - s)", r"P = D (D^\top D)^{-1} D^\top")
    assert verdicts(displayed(*lines, "P P = P")) == ["correct"] * 4


CASES = r"""---
shapes: {X: [n, m], Y: [k, m]}
---
## Forward

$$S = W X + c$$

## Squares

$$A = S$$
$$L = \frac{1}{2 m} \|A - Y\|_F^2$$
$$\frac{\partial L}{\partial S} = \frac{1}{m} (A - Y)$$
$$\frac{\partial L}{\partial c} = \frac{\partial L}{\partial S} \mathbf{1}_m$$

## Tangents

$$A = \tanh(S)$$
$$L = \frac{1}{2 m} \|A - Y\|_F^2 + 0$$
$$\frac{\partial L}{\partial S} = \frac{1}{m} (A - Y) \odot (1 - A \odot A)$$
$$\frac{\partial L}{\partial c} = \frac{\partial L}{\partial S} \mathbf{1}_m$$
"""


def test_what_another_chapter_defines_keeps_its_shape():
    assert verdicts(CASES) == ["correct"] * 9


@pytest.mark.parametrize(("text", "vocabularies"), [(CASES, 1), (CHAPTERS, 2)])
def test_only_a_chapter_with_shapes_of_its_own_has_a_vocabulary_of_its_own(text, vocabularies):
    document = read(Source("notes.md", text))
    cases = check(document, pose(document, None)).cases
    assert len({id(case.scope.vocabulary) for case in cases}) == vocabularies
