"""Long notes begin anew with the same letters: a part with a problem of its own is read by itself."""

import pytest

from tests.checking.written import displayed, verdicts

BEFORE = (
    "## A layer\n\nLet $x \\in \\mathbb{R}^n$ and $W \\in \\mathbb{R}^{m \\times n}$.\n\n"
    + displayed(
        r"y = W x", r"t = W^\top y", r"L = \frac{1}{2} y^\top y", r"\frac{\partial L}{\partial W} = y x^\top"
    )
    + "\n## One unit\n\n"
)
UNIT = [r"y = w x + b", r"L = \frac{1}{2} (y - t)^2", r"\frac{\partial L}{\partial y} = y - t"]


def test_a_part_with_a_problem_of_its_own_is_right() -> None:
    found = verdicts(BEFORE + displayed(*UNIT, r"\frac{\partial L}{\partial w} = (y - t) x"))
    assert set(found) == {"correct"}


def test_and_its_errors_are_found() -> None:
    assert verdicts(BEFORE + displayed(*UNIT, r"\frac{\partial L}{\partial w} = (y - t) w"))[-1] == "wrong"


def test_a_part_that_goes_on_is_not_read_by_itself() -> None:
    later = BEFORE.replace("One unit", "With a penalty") + displayed(
        r"M = L + \lambda \operatorname{tr}(W^\top W)",
        r"\frac{\partial M}{\partial W} = y x^\top + 2 \lambda W",
        r"\frac{\partial M}{\partial W} = x y^\top + 2 \lambda W",
    )
    assert verdicts(later)[-2:] == ["correct", "charitable"]


ENTRIES = [
    r"z_i = \sum_j W_{ij}^1 x_j + b_i^1",
    r"h_i = \sigma(z_i)",
    r"y_i = \sum_j W_{ij}^2 h_j + b_i^2",
    r"C = \frac{1}{2} \sum_i (y_i - t_i)^2",
    r"\frac{\partial C}{\partial W_{ij}^2} = (y_i - t_i) h_j",
]
MATRICES = [
    r"z = W_1 x + b_1",
    r"h = \sigma(z)",
    r"y = W_2 h + b_2",
    r"C = \frac{1}{2} \|y - t\|^2",
    r"\frac{\partial C}{\partial W_2} = (y - t) h^\top",
    r"\frac{\partial C}{\partial b_2} = y - t",
]


def test_a_forward_pass_belongs_to_the_loss_behind_it() -> None:
    found = verdicts(displayed(*ENTRIES, *MATRICES))
    assert set(found) == {"correct"}


def test_numbers_above_are_layers_in_the_part_that_shows_it() -> None:
    last = r"\frac{\partial C}{\partial b_i^2} = y_i - t_i"
    squares = displayed(r"E = b^2 + W^2", r"\frac{\partial E}{\partial b} = 2 b")
    text = "## Layers\n\n" + displayed(*ENTRIES, last) + "## Squares\n\n" + squares
    *layers, square = verdicts(text)
    assert set(layers) == {"correct"}
    assert square in ("correct", "undecided")  # b^2 is the second bias above
    assert verdicts(text.replace("(y_i - t_i) h_j", "(y_i - t_i) x_j"))[4] in ("wrong", "undecided")
    assert verdicts(text.replace("2 b", "b"))[-1] != "correct"


BY_PARTS = (
    r"\frac{\partial h_t}{\partial w} = \frac{\partial f(x_t, h_{t-1}, w)}{\partial w}"
    r" + \frac{\partial f(x_t, h_{t-1}, w)}{\partial h_{t-1}} \frac{\partial h_{t-1}}{\partial w}"
)
GENERAL = [
    r"h_t = f(x_t, h_{t-1}, w)",
    r"o_t = g(h_t, v)",
    r"L = \sum_{t=1}^T \ell(o_t, y_t)",
    BY_PARTS,
]
VECTORS = [
    r"h_t = W x_t + U h_{t-1}",
    r"L = \sum_{t=1}^T v^\top h_t",
    r"\frac{\partial L}{\partial v} = \sum_{t=1}^T h_t",
]


def test_a_part_about_numbers_stands_before_one_about_vectors() -> None:
    declared = "Now $x_t \\in \\mathbb{R}^d$ and $h_t \\in \\mathbb{R}^k$.\n\n"
    parts = "## In general\n\n", displayed(*GENERAL), "## A linear cell\n\n", declared, displayed(*VECTORS)
    text = "".join(parts)
    assert set(verdicts(text)) == {"correct"}
    held = text.replace(r"{\partial h_{t-1}} \frac", r"{\partial w} \frac")
    assert verdicts(held)[3] != "correct"


ONE_LAYER = [
    r"p_k = \sum_i v_{ki} q_i",
    r"R = \frac{1}{2} \sum_k (p_k - g_k)^2",
    r"\frac{\partial R}{\partial v_{ji}} = (p_j - g_j) q_i",
]
SIGNAL = r"\frac{\partial R}{\partial s_j} "
ANY_LAYER = [
    r"s_j = \sum_i v_{ji} u_i",
    r"u_j = \phi(s_j)",
    r"\frac{\partial R}{\partial v_{ji}} = " + SIGNAL + r"\frac{\partial s_j}{\partial v_{ji}}",
    r"e_j \equiv \frac{\partial R}{\partial s_j}",
    r"\frac{\partial R}{\partial v_{ji}} = e_j u_i",
    r"e_j = \phi'(s_j) \sum_k v_{kj} e_k",
]


def in_two_parts(one: list[str], other: list[str]) -> list[str]:
    return verdicts("## One layer\n\n" + displayed(*one) + "## Many layers\n\n" + displayed(*other))


def test_index_letters_are_layers_in_their_chapter_only() -> None:
    assert set(in_two_parts(ONE_LAYER, ANY_LAYER)) == {"correct"}


@pytest.mark.parametrize(
    ("right", "slip"),
    [
        (r"= e_j u_i", r"= e_j u_j"),
        (r"= e_j u_i", r"= e_i u_j"),
        (r"\phi'(s_j) \sum_k v_{kj} e_k", r"\phi(s_j) \sum_k v_{kj} e_k"),
        (r"\phi'(s_j) \sum_k v_{kj} e_k", r"\phi'(s_j) \sum_k v_{jk} e_k"),
        (r"\phi'(s_j) \sum_k v_{kj} e_k", r"-\phi'(s_j) \sum_k v_{kj} e_k"),
    ],
)
def test_slips_in_the_chapter_of_many_layers_are_found(right: str, slip: str) -> None:
    found = in_two_parts(ONE_LAYER, [line.replace(right, slip) for line in ANY_LAYER])
    assert found[-1 if "sum" in slip else -2] == "wrong"


@pytest.mark.parametrize("slip", [r"(g_j - p_j) q_i", r"(p_j + g_j) q_i", r"2 (p_j - g_j) q_i"])
def test_slips_in_the_chapter_of_one_layer_are_found(slip: str) -> None:
    found = in_two_parts([*ONE_LAYER[:-1], r"\frac{\partial R}{\partial v_{ji}} = " + slip], ANY_LAYER)
    assert found[2] == "wrong"


NUMBERS = [r"r(z) = z^3", r"r'(z) = 3 z^2", r"Q = r(r(z))", r"\frac{d Q}{d z} = r'(r(z)) r'(z)"]
CLASSES = [
    r"q_i = \frac{e^{z_i}}{\sum_k e^{z_k}}",
    r"\frac{\partial q_i}{\partial z_j} = q_i (\delta_{ij} - q_j)",
]
INNER = r"-\sum_i \frac{p_i}{q_i} q_i (\delta_{ij} - q_j)"
ENTROPY = [
    r"H = -\sum_i p_i \log q_i",
    r"\frac{\partial H}{\partial z_j} = " + INNER + r" = q_j \sum_i p_i - p_j",
]


def in_three_parts(*last: str) -> list[str]:
    names = ("Numbers", "Probabilities", "Entropy")
    parts = zip(names, (NUMBERS, CLASSES, last), strict=True)
    return verdicts("".join(f"## {name}\n\n{displayed(*lines)}" for name, lines in parts))


def test_a_part_is_read_with_the_parts_that_it_takes_up() -> None:
    assert set(in_three_parts(*ENTROPY)) == {"correct"}


@pytest.mark.parametrize(
    ("right", "slip"),
    [(r"= q_j \sum_i p_i - p_j", r"= p_j - q_j \sum_i p_i"), (r"(\delta_{ij} - q_j) =", r"(1 - q_j) =")],
)
def test_and_its_slips_are_found_there(right: str, slip: str) -> None:
    assert "wrong" in in_three_parts(*(line.replace(right, slip) for line in ENTROPY))[-2:]


@pytest.mark.parametrize("letter", ["r", "s", "f"])
def test_a_function_of_its_own_value_is_composed(letter: str) -> None:
    lines = [line.replace("r(", f"{letter}(").replace("r'", f"{letter}'") for line in NUMBERS]
    assert set(verdicts(displayed(*lines))) == {"correct"}
    lines[-1] = lines[-1].replace(f"{letter}'({letter}(z))", f"{letter}'(z)")
    assert verdicts(displayed(*lines))[-1] == "wrong"


WARM_UP = [r"f(g, h, k) = k (g + h)^2", r"g(r, s) = (r - 2 s)^2", r"h(s, u) = s u"]
SLOPES = [
    r"\frac{\partial f}{\partial g} = 2 k (g + h)",
    r"\frac{\partial g}{\partial s} = -4 (r - 2 s)",
    r"\frac{\partial f}{\partial u} = 2 k (g + h) s",
]
AFTER = [
    r"s \in \mathbb{R}^d, \quad A \in \mathbb{R}^{m \times d}, \quad h \in \mathbb{R}^m",
    r"u = \sigma(A s + h)",
]


def in_a_sheet(*slopes: str) -> list[str]:
    problem = f"## First\n\n{displayed(*WARM_UP)}\n### (a)\n\n{displayed(*slopes)}\n"
    return verdicts(f"{problem}\n## Second\n\n{displayed(*AFTER)}")


def test_what_a_later_problem_declares_is_no_shape_of_an_earlier_one() -> None:
    assert in_a_sheet(*SLOPES)[3:6] == ["correct"] * 3


@pytest.mark.parametrize(
    ("place", "right", "slip"), [(0, "= 2 k (g", "= k (g"), (1, "= -4 (r", "= 4 (r"), (2, "h) s", "h) u")]
)
def test_and_the_slips_of_the_earlier_one_are_found(place: int, right: str, slip: str) -> None:
    lines = [line.replace(right, slip) if at == place else line for at, line in enumerate(SLOPES)]
    assert in_a_sheet(*lines)[3 + place] == "wrong"


LAYERS = r"""
| layer | forward | backward |
|---|---|---|
| linear | $y = W x + b$ | $\frac{\partial L}{\partial W} = \frac{\partial L}{\partial y} x^\top$ |
| sigmoid | $y = \sigma(x)$ | $\partial L/\partial x = \partial L/\partial y \odot y \odot (1 - y)$ |
| tanh | $y = \tanh(x)$ | $\partial L/\partial x = \partial L/\partial y \odot (1 - y \odot y)$ |
"""
IN_NUMPY = """
- linear: $Y = W X + b$, so $dW = dY X^T$
- sigmoid: $Y = \\sigma(X)$, so $dX = dY \\odot Y \\odot (1 - Y)$
"""
ONE_UNIT = "The prediction is $\\hat{y} = w x + b$, the loss $L = (\\hat{y} - y)^2$.\n\n## Layers\n"


@pytest.mark.parametrize("listed", [LAYERS, IN_NUMPY, ONE_UNIT + LAYERS])
def test_layers_that_are_listed_have_each_an_output_of_their_own(listed: str) -> None:
    assert set(verdicts(listed)) == {"correct"}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("(1 - y)", "(1 + y)"), (r"y} x^\top", r"y} y^\top"), (r"(1 - y \odot y)", "(1 - y)")],
)
def test_and_each_is_judged_by_its_own(right: str, wrong: str) -> None:
    assert right in LAYERS
    assert "wrong" in verdicts(LAYERS.replace(right, wrong))


@pytest.mark.parametrize(("slope", "verdict"), [("2", "correct"), ("3", "wrong")])
def test_a_prime_derives_by_the_letters_of_its_own_part(slope: str, verdict: str) -> None:
    text = f"## A line\n\nLet $u = 2x + 1$, hence $u' = {slope}$.\n\n## A curve\n\n"
    text += displayed("x = 2t", "y = 3t", "z = x^2 + y^2", r"\frac{dz}{dt} = 26 t")
    assert verdicts(text)[1] == verdict


def test_a_prime_goes_through_what_its_own_part_puts_in() -> None:
    text = "## A curve\n\n" + displayed("y = u^2", "u = 3x + 1", "y' = 2u")
    assert verdicts(text + "\n## A line\n\n" + displayed("v = 4t", "v' = 4"))[2] == "wrong"
