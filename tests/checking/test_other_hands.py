"""Habits of authors elsewhere: squares that define, entries beside a matrix, passes of their own, dots."""

import pytest

from tests.checking.written import verdicts


def written(*lines: str) -> str:
    return "\n\n".join(line if line.startswith("#") else f"$${line}$$" for line in lines)


SPREAD = (
    r"c_j = \frac{1}{n} \sum_{i=1}^n u_{ij}",
    r"s_j^2 = \frac{1}{n} \sum_{i=1}^n (u_{ij} - c_j)^2",
    r"v_{ij} = \frac{u_{ij} - c_j}{\sqrt{s_j^2 + \kappa}}",
)


def test_a_square_on_the_left_defines_its_root() -> None:
    assert verdicts(written(*SPREAD)) == ["correct"] * 3


PRODUCT = (r"Z = A U", r"z_{pq} = \sum_r a_{pr} u_{rq}")


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial L}{\partial U} = A^T \frac{\partial L}{\partial Z}", "correct"),
        (r"\frac{\partial L}{\partial u_{rq}} = \sum_p \frac{\partial L}{\partial z_{pq}} a_{pr}", "correct"),
        (r"\frac{\partial L}{\partial U} = A \frac{\partial L}{\partial Z}", "charitable"),
        (r"\frac{\partial L}{\partial u_{rq}} = -\sum_p \frac{\partial L}{\partial z_{pq}} a_{pr}", "wrong"),
    ],
)
def test_entries_beside_their_matrix_are_one_quantity(line: str, verdict: str) -> None:
    given = r"A \in \mathbb{R}^{k \times n}, U \in \mathbb{R}^{n \times m}, Z \in \mathbb{R}^{k \times m}"
    shapes = "\n\n".join(f"${part}$" for part in given.split(", "))
    assert verdicts(f"{shapes}\n\n{written(*PRODUCT, line)}")[-1] == verdict


PASSES = "# Mixing", r"Y = X M", "# Squares", r"Z = X \odot X"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial L}{\partial X} = 2 X \odot \frac{\partial L}{\partial Z}", "correct"),
        (r"\frac{\partial L}{\partial X} = X \odot \frac{\partial L}{\partial Z}", "wrong"),
    ],
)
def test_the_pass_of_another_part_says_nothing_of_this_one(line: str, verdict: str) -> None:
    assert verdicts(written(*PASSES, line))[-1] == verdict


def test_a_part_without_a_pass_goes_on_with_all_before_it() -> None:
    forward = "# Pass", r"H = X \odot X", r"Y = X + H", "# Back"
    right = r"\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Y} \odot (1 + 2 X)"
    lost = r"\frac{\partial L}{\partial X} = \frac{\partial L}{\partial H} \odot 2 X"
    assert verdicts(written(*forward, right))[-1] == "correct"
    assert verdicts(written(*forward, lost))[-1] == "wrong"


BATCH = r"""$X \in \mathbb{R}^{m \times n}$, $V \in \mathbb{R}^{k \times n}$, $b \in \mathbb{R}^k$,
$y \in \{0, 1\}$

$$Y = X V^T + b$$

$$L = \frac12 \|Y\|_F^2$$

"""


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial L}{\partial V} = Y^T X", "correct"),
        (r"\frac{\partial L}{\partial X} = Y V", "correct"),
        (r"\frac{\partial L}{\partial X} = -Y V", "wrong"),
    ],
)
def test_a_vector_is_added_to_every_row(line: str, verdict: str) -> None:
    assert verdicts(BATCH + f"$${line}$$")[3:] == ["correct", "correct", "correct", verdict]


SERIES = r"$a \in \mathbb{R}^n$, $u \in \mathbb{R}^n$" + "\n\n"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"a^T u = a_1 u_1 + a_2 u_2 + ... + a_n u_n", "correct"),
        (r"a^T u = a_1 u_1 + \dots + a_n u_n", "correct"),
        (r"a^T u = a_1 u_1 + a_2 u_2 + \cdots + a_n u_n + 1", "wrong"),
        (r"a^T u = a_1 u_2 + a_2 u_3 + \cdots + a_n u_n", "undecided"),
    ],
)
def test_dots_go_on_with_a_sum(line: str, verdict: str) -> None:
    assert verdicts(SERIES + f"$${line}$$")[-1] == verdict


def test_what_stands_before_a_reversed_sign_of_definition_is_named_after_it() -> None:
    text = PRODUCT[0], r"\frac{\partial L}{\partial U} = A^T \frac{\partial L}{\partial Z} =: G"
    right, wrong = r"\frac{\partial L}{\partial U} = G", r"\frac{\partial L}{\partial U} = 2 G"
    assert verdicts(written(*text, right))[-1] == "correct"
    assert verdicts(written(*text, wrong))[-1] == "wrong"


LAYERS = r"z^1 = w^1 x", r"a^1 = \tanh(z^1)", r"z^2 = w^2 a^1", r"C = \frac12 (z^2 - y)^2"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial C}{\partial w^2} = (z^2 - y) a^1", "correct"),
        (r"\frac{\partial C}{\partial w^1} = (z^2 - y) w^2 (1 - \tanh^2(z^1)) x", "correct"),
        (r"\frac{\partial C}{\partial w^1} = (z^2 - y) w^1 (1 - \tanh^2(z^1)) x", "wrong"),
    ],
)
def test_a_first_power_of_several_names_is_their_layer(line: str, verdict: str) -> None:
    assert verdicts(written(*LAYERS, line))[-1] == verdict


NORMALISED = (
    r"c = \frac{1}{N} \sum_j u_j",
    r"s^2 = \frac{1}{N} \sum_j (u_j - c)^2",
    r"\hat{u}_j = \frac{u_j - c}{\sqrt{s^2 + \kappa}}",
    r"v_j = a_j \hat{u}_j + b_j",
)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial s^2}{\partial u_i} = \frac{2}{N} (u_i - c)", "correct"),
        (r"\frac{\partial s^2}{\partial u_i} = \frac{2}{N} (u_i + c)", "wrong"),
        (r"\frac{\partial \hat{u}_j}{\partial s^2} = -\frac12 (u_j - c) (s^2 + \kappa)^{-3/2}", "correct"),
        (r"\frac{\partial \hat{u}_j}{\partial s^2} = -\frac12 (u_j - c) (s^2 + \kappa)^{-1/2}", "wrong"),
        (r"\frac{\partial L}{\partial \hat{u}_i} = \frac{\partial L}{\partial v_i} a_i", "correct"),
        (r"\frac{\partial L}{\partial \hat{u}_i} = \frac{\partial L}{\partial v_i} b_i", "wrong"),
    ],
)
def test_a_variance_is_derived_by_and_a_mean_counts_its_terms(line: str, verdict: str) -> None:
    assert verdicts(written(*NORMALISED, line))[-1] == verdict


NAMED = r"d\hat{u}_j = dv_j \, a_j", r"ds^2 = -\frac12 \sum_j d\hat{u}_j (u_j - c) (s^2 + \kappa)^{-3/2}"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"dc = -\frac{1}{\sqrt{s^2 + \kappa}} \sum_j d\hat{u}_j", "correct"),
        (
            r"du_j = \frac{d\hat{u}_j}{\sqrt{s^2 + \kappa}} + ds^2 \frac{2 (u_j - c)}{N} + \frac{dc}{N}",
            "correct",
        ),
        (
            r"du_j = \frac{d\hat{u}_j}{\sqrt{s^2 + \kappa}} + ds^2 \frac{2 (u_j - c)}{N} - \frac{dc}{N}",
            "wrong",
        ),
        (r"du_j = \frac{d\hat{u}_j}{\sqrt{s^2 + \kappa}} + ds^2 \frac{2 (u_j - c)}{N}", "wrong"),
    ],
)
def test_gradients_of_hatted_letters_and_of_squares_have_names(line: str, verdict: str) -> None:
    found = verdicts(written(*NORMALISED, *NAMED, line))
    assert found[-3:] == ["correct", "correct", verdict]


PATTERNS = (
    r"o_k^p = f(q_k^p)",
    r"q_k^p = \sum_j w_{jk} u_j^p + b_k",
    r"E^p = \frac12 \sum_k (t_k^p - o_k^p)^2",
)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial E^p}{\partial o_k^p} = o_k^p - t_k^p", "correct"),
        (r"\frac{\partial E^p}{\partial q_k^p} = -(t_k^p - o_k^p) f'(q_k^p)", "correct"),
        (r"\frac{\partial E^p}{\partial q_k^p} = (t_k^p - o_k^p) f'(q_k^p)", "wrong"),
        (r"\frac{\partial E^p}{\partial q_k^p} = (o_k^p - t_k^p) f(q_k^p)", "wrong"),
    ],
)
def test_a_letter_above_what_is_derived_by_marks_a_sample(line: str, verdict: str) -> None:
    assert verdicts(written(*PATTERNS, line))[-1] == verdict


SIZES = r"""$Q \in \mathbb{R}^{n \times d}$, $K \in \mathbb{R}^{m \times d}$, $V \in \mathbb{R}^{m \times c}$,
$S \in \mathbb{R}^{n \times m}$, $O \in \mathbb{R}^{n \times c}$

"""
TENSORS = r"S^{ij} = \sum_a Q^{ia} K^{ja}", r"O^{ib} = \sum_j S^{ij} V^{jb}"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial O^{ib}}{\partial V^{mn}} = S^{im} \delta^b_n", "correct"),
        (r"\frac{\partial O^{ib}}{\partial V^{mn}} = S^{mi} \delta^b_n", "wrong"),
        (r"\frac{\partial S^{ij}}{\partial Q^{mn}} = \delta^i_m K^{jn}", "correct"),
        (r"\frac{\partial S^{ij}}{\partial Q^{mn}} = \delta^j_m K^{in}", "wrong"),
    ],
)
def test_two_letters_above_are_indices(line: str, verdict: str) -> None:
    assert verdicts(SIZES + written(*TENSORS, line))[-1] == verdict


PRIMED = r"p_i = \frac{e^{z_i}}{\sum_{i'} e^{z_{i'}}}", r"H = -\sum_{i'} p_{i'} \log p_{i'}"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial p_i}{\partial z_{i'}} = p_i (\delta_{ii'} - p_{i'})", "correct"),
        (r"\frac{\partial p_i}{\partial z_{i'}} = p_i (\delta_{ii'} - p_i)", "wrong"),
        (r"\frac{\partial H}{\partial z_j} = -p_j (\log p_j + H)", "correct"),
        (r"\frac{\partial H}{\partial z_j} = -p_j (\log p_j - H)", "wrong"),
    ],
)
def test_an_index_with_a_prime_is_an_index_of_its_own(line: str, verdict: str) -> None:
    assert verdicts(written(*PRIMED, line))[-1] == verdict


SCORES = r"S_{ij} = \frac{1}{\sqrt{d_k}} \sum_a Q_{ia} K_{ja}"


def test_a_label_below_a_root_is_no_index() -> None:
    right = r"\frac{\partial S_{ij}}{\partial Q_{kl}} = \frac{1}{\sqrt{d_k}} \delta_{ik} K_{jl}"
    assert verdicts(written(SCORES, right))[-1] == "correct"
    assert verdicts(written(SCORES, right.replace(r"K_{jl}", r"2 K_{jl}")))[-1] == "wrong"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\nabla_u^T L = \nabla_v^T L \, A", "correct"),
        (r"\nabla^T_u L = \nabla^T_v L \, A", "correct"),
        (r"\nabla_u^T L = -\nabla_v^T L \, A", "wrong"),
    ],
)
def test_a_transposed_sign_transposes_the_gradient(line: str, verdict: str) -> None:
    given = r"$u \in \mathbb{R}^n$, $A \in \mathbb{R}^{m \times n}$"
    assert verdicts(given + "\n\n" + written(r"v = A u", line))[-1] == verdict


def test_a_policy_that_was_read_as_the_number_is_not_derived() -> None:
    line = r"\nabla_\theta \pi(a|s) = -\pi(a|s) \nabla_\theta \log \pi(a|s)"
    assert verdicts(written(line)) == ["undecided"]


def test_a_square_beside_layers_of_another_letter_stays_one() -> None:
    text = LAYERS[0], LAYERS[1], r"C = \frac12 (a^1 - y)^2 + \lambda v^2", r"v = 2 x"
    right = r"\frac{\partial C}{\partial v} = 2 \lambda v"
    assert verdicts(written(*text, right))[-1] == "correct"
