"""Lists of identities with few letters: each says what its letters are, and may say it anew."""

import pytest

from tests.checking.written import verdicts

TRACES = r"""
Suppose that $P \in \mathbb{R}^{m \times k}$ and $Y \in \mathbb{R}^{k \times m}$. Then

$$\frac{\partial}{\partial Y} \operatorname{tr}(P Y) = P^T$$

Let now $P \in \mathbb{R}^{m \times k}$, $Y \in \mathbb{R}^{k \times r}$ and $Q \in \mathbb{R}^{r \times m}$:

$$\frac{\partial}{\partial Y} \operatorname{tr}(P Y Q) = %s$$
"""
BEFORE = r"""
$$\frac{\partial}{\partial Y} \log \det Y = Y^{-T}$$

Let $Y \in \mathbb{R}^{k \times m}$ and $C \in \mathbb{R}^{k \times m}$.

$$\frac{\partial}{\partial Y} \operatorname{tr}(C^T Y) = %s$$

For $Y \in \mathbb{R}^{m \times r}$ and $D \in \mathbb{R}^{r \times m}$ we have

$$\frac{\partial}{\partial Y} \operatorname{tr}(Y D) = D^T$$
"""


@pytest.mark.parametrize(("text", "right"), [(TRACES, "P^T Q^T"), (BEFORE, "C")])
def test_a_letter_has_the_shape_that_it_was_last_told(text: str, right: str) -> None:
    assert set(verdicts(text % right)) == {"correct"}


@pytest.mark.parametrize(("text", "wrong"), [(TRACES, "2 P^T Q^T"), (BEFORE, "-C")])
def test_and_errors_are_found_there(text: str, wrong: str) -> None:
    assert "wrong" in verdicts(text % wrong)


def test_two_shapes_of_one_thing_contradict_each_other() -> None:
    text = r"""
Let $y = V x$ where $V \in \mathbb{R}^{4 \times 3}$.

$$L = \frac{1}{2} \|y\|^2$$

Here $V \in \mathbb{R}^{3 \times 4}$ and $\frac{\partial L}{\partial V} = y x^T$.
"""
    assert "wrong" in verdicts(text)


def test_what_is_made_of_a_letter_keeps_it() -> None:
    text = r"""
Let $V \in \mathbb{R}^{4 \times 3}$ and $y = V x$.

$$L = \frac{1}{2} \|y\|^2$$

For $V \in \mathbb{R}^{3 \times 4}$ the gradient is $\frac{\partial L}{\partial V} = y x^T$.
"""
    assert "wrong" in verdicts(text)


def test_double_dollars_within_a_line_belong_to_its_sentence() -> None:
    text = r"""
Let $$P \in \mathbb{R}^{m \times k}$$ and $$Y \in \mathbb{R}^{k \times m}$$. Then

$$\frac{\partial}{\partial Y} \operatorname{tr}(P Y) = P^T$$

**Squares.** Let $$Y \in \mathbb{R}^{m \times m}$$.
Then $$\frac{\partial}{\partial Y} \operatorname{tr}(Y Y) = %s Y^T$$.
"""
    assert set(verdicts(text % "2")) == {"correct"}
    assert verdicts(text % "3").count("wrong") == 1
