"""Vectors declared at any letter, `u_k, v_k ∈ R^m`: those that a loss takes of them are of that space."""

import pytest

from tests.checking.written import verdicts

LOSS = r"$$J = -u_o^T v_c + \log \sum_{w=1}^W \exp(u_w^T v_c)$$"
MEAN = r"\frac{\sum_{w=1}^{W} \exp(u_w^T v_c) u_w}{\sum_{x=1}^W \exp(u_x^T v_c)}"


@pytest.mark.parametrize(
    "declared",
    [
        r"$u_k, v_k \in \mathbb{R}^{m \times 1}$",
        r"$u_k \in \mathbb{R}^m$, $v_k \in \mathbb{R}^m$",
        r"$u_k \in \mathbb{R}^{d}$ and $v_k \in \mathbb{R}^{d}$",
        r"$(u_k, v_k) \in \mathbb{R}^{d \times 1}$",
        r"$U, V \in \mathbb{R}^{m \times W}$ and $u_k, v_k \in \mathbb{R}^m$",
    ],
)
def test_what_is_declared_at_any_letter_is_for_the_chosen_one(declared):
    right, wrong = (
        rf"$$\frac{{\partial J}}{{\partial v_c}} = {sign} {MEAN}$$" for sign in ("-u_o +", "u_o -")
    )
    text = f"The word vectors are {declared}.\n\n{LOSS}\n\n"
    assert verdicts(text + right)[-1] == "correct"
    assert verdicts(text + wrong)[-1] == "wrong"


def test_the_size_of_declared_vectors_counts_no_samples():
    text = r"Here $p_j \in \mathbb{R}^m$ and $q \in \mathbb{R}^m$. $$s = \sum_j \exp(p_j^T q)$$ "
    assert verdicts(text + r"$$\frac{\partial s}{\partial q} = \sum_j \exp(p_j^T q) p_j$$")[-1] == "correct"
    assert verdicts(text + r"$$\frac{\partial s}{\partial q} = \sum_j \exp(p_j^T q) q$$")[-1] == "wrong"
