"""Functions of what a sum runs over, written with their arguments: policies, densities, expectations."""

import pytest

from tests.checking.written import displayed, verdicts, with_line

CHOICE = r"""
$$p_w(c \mid u) = \frac{e^{g(u, c)^T w}}{\sum_{c'} e^{g(u, c')^T w}}$$
"""
TABLE = r"""
$$\mu(b \mid h) = \frac{\exp(v(h, b))}{\sum_{b' \in B} \exp(v(h, b'))}$$
$$W(h) = \sum_{b \in B} \mu(b \mid h) R(h, b)$$
$$J = \sum_h \rho(h) W(h)$$
"""
DENSITY = r"""
Let $q_\theta$ be a density, and $F = E_{z \sim q_\theta}[h(z)]$.

$$\nabla_\theta q_\theta(z) = q_\theta(z) \nabla_\theta \log q_\theta(z)$$
"""
RIGHT = [
    (CHOICE, r"\nabla_w \log p_w(c \mid u) = g(u, c) - \sum_{c'} p_w(c' \mid u) g(u, c')"),
    (CHOICE, r"\log p_w(c \mid u) = g(u, c)^T w - \log \sum_{c'} e^{g(u, c')^T w}"),
    (TABLE, r"\frac{\partial J}{\partial v(h, b)} = \rho(h) \mu(b \mid h) (R(h, b) - W(h))"),
    (DENSITY, r"\nabla_\theta F = \int h(z) q_\theta(z) \nabla_\theta \log q_\theta(z) dz"),
    (DENSITY, r"\nabla_\theta \sum_z h(z) q_\theta(z) = \sum_z h(z) \nabla_\theta q_\theta(z)"),
    (DENSITY, r"\nabla_\theta F = \mathbb{E}_{q_\theta}[h(Z) \nabla_\theta \log q_\theta(Z)]"),
]
WRONG = [
    (CHOICE, r"\nabla_w \log p_w(c \mid u) = g(u, c) + \sum_{c'} p_w(c' \mid u) g(u, c')"),
    (CHOICE, r"\nabla_w \log p_w(c \mid u) = g(u, c) - \sum_{c'} g(u, c')"),
    (TABLE, r"\frac{\partial J}{\partial v(h, b)} = \rho(h) \mu(b \mid h) R(h, b)"),
    (DENSITY, r"\nabla_\theta F = \int h(z) \nabla_\theta \log q_\theta(z) dz"),
    (DENSITY, r"\nabla_\theta \log q_\theta(z) = \nabla_\theta q_\theta(z) q_\theta(z)"),
]


@pytest.mark.parametrize(("text", "line"), RIGHT)
def test_right_lines_are_right(text: str, line: str) -> None:
    assert set(with_line(text, line)) == {"correct"}


@pytest.mark.parametrize(("text", "line"), WRONG)
def test_a_wrong_line_is_wrong_and_no_other(text: str, line: str) -> None:
    *others, last = with_line(text, line)
    assert (set(others), last) == ({"correct"}, "wrong")


def test_what_a_policy_changes_is_not_taken_for_constant() -> None:
    line = r"\nabla_\theta V^\mu(h) = \sum_b \nabla_\theta \mu_\theta(b \mid h) Q^\mu(h, b)"
    text = r"$$V^\mu(h) = \sum_b \mu_\theta(b \mid h) Q^\mu(h, b)$$"
    assert with_line(text, line)[-1] == "undecided"


def test_a_point_that_is_a_number_elsewhere_is_no_index() -> None:
    text = r"$$F = E_{z \sim q}[h(z)]$$" + "\n\n" + r"$$h(z) = z^2$$"
    assert with_line(text, r"\frac{d h(z)}{d z} = 2 z")[-1] == "correct"


PREFERENCES = [
    r"\pi(a|s,\boldsymbol\theta) = \frac{e^{h(s,a,\boldsymbol\theta)}}{\sum_b e^{h(s,b,\boldsymbol\theta)}}",
    r"h(s,a,\boldsymbol\theta) = \boldsymbol\theta^\top \mathbf{x}(s,a)",
]
ELIGIBILITY = (
    r"\nabla \ln \pi(a|s,\boldsymbol\theta) = "
    r"\mathbf{x}(s,a) - \sum_b \pi(b|s,\boldsymbol\theta) \mathbf{x}(s,b)"
)


def test_a_letter_at_the_place_of_a_point_is_one() -> None:
    assert set(verdicts(displayed(*PREFERENCES, ELIGIBILITY))) == {"correct"}
    assert verdicts(displayed(*PREFERENCES, ELIGIBILITY.replace(" - ", " + ")))[-1] == "wrong"


def test_what_stands_below_a_function_of_points_may_be_the_index_of_an_entry() -> None:
    told = r"p(y|x;v) = \frac{\exp(v^T f(x,y))}{\sum_{y' \in Y} \exp(v^T f(x,y'))}"
    right = r"\frac{\partial}{\partial v_k} \log p(y|x;v) = f_k(x,y) - \sum_{y'} p(y'|x;v) f_k(x,y')"
    assert set(verdicts(displayed(told, right))) == {"correct"}
    assert verdicts(displayed(told, right.replace("= f_k(x,y) -", "= f_k(x,y) +")))[-1] == "wrong"


SAMPLED = r"""
$$\nabla_\theta E_{z \sim q_\theta(z)}[h(z)] = E_{z \sim q_\theta(z)}[h(z) \nabla_\theta \log q_\theta(z)]$$

$$\log q(u | z) = \log q(z | u) + \log q(u) - \log q(z)$$
"""


def test_a_letter_with_something_below_is_another_function() -> None:
    assert with_line(SAMPLED, r"\sum_z \nabla_\theta q_\theta(z) = 0")[0] == "correct"
    slip = SAMPLED.replace(r"[h(z) \nabla_\theta \log q_\theta(z)]", r"[h(z) \nabla_\theta q_\theta(z)]")
    assert with_line(slip, r"\sum_z \nabla_\theta q_\theta(z) = 0")[0] == "wrong"


def test_the_same_letter_bare_may_be_the_same_function() -> None:
    text = r"$$J(\theta) = \sum_a \pi(a) r(a)$$"
    assert with_line(text, r"\nabla_\theta J = \sum_a \nabla_\theta \pi_\theta(a) r(a)")[-1] == "undecided"


def test_an_array_by_points_has_no_entry_at_what_carries_an_index_of_its_own() -> None:
    text = displayed(
        r"p(c \mid u; w) = \frac{\exp(w^T g(u, c))}{\sum_{c'} \exp(w^T g(u, c'))}",
        r"F(w) = \sum_{i=1}^N \log p(c_i \mid u_i; w)",
        r"F_b(w) = F(w) - \frac{b}{2} \|w\|^2",
    )
    counted = r"\sum_{i=1}^N \left( g(u_i, c_i) - \sum_{c'} p(c' \mid u_i; w) g(u_i, c') \right)"
    below = r"\nabla_w \log p(c \mid u; w) = g(u, c) {} \sum_{{c'}} p(c' \mid u; w) g(u, c')"
    assert with_line(text, rf"\nabla_w F_b(w) = {counted} - b w")[-1] == "undecided"
    assert with_line(text, below.format("-"))[-1] == "correct"
    assert with_line(text, below.format("+"))[-1] != "correct"
