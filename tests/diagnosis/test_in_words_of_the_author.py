"""Repairs in the author's own letters and text, at the place of the slip alone."""

import pytest

from gradcheck.options import Options
from gradcheck.pipeline import run
from gradcheck.verdict import Verdict
from tests.checking.written import displayed


@pytest.fixture
def told(tmp_path):
    """The code and headline of the last wrong line, with its edits as (before, after)."""

    def of(*lines: str, front: str = ""):
        path = tmp_path / "line.md"
        path.write_text(front + displayed(*lines), encoding="utf-8")
        (document,) = run([path], Options()).documents
        link = [link for link in document.links if link.verdict is Verdict.WRONG][-1]
        edits = () if link.repair is None else link.repair.edits
        code = None if link.rule is None else link.rule.code
        return code, link.message, [(edit.before, edit.after) for edit in edits]

    return of


LAYERS = (
    r"s^{(k)} = V^{(k)} r^{(k-1)} + c^{(k)}",
    r"r^{(k)} = \tanh(s^{(k)})",
    r"E = \frac12 \|r^{(K)} - g\|^2",
    r"e^{(k)} = \frac{\partial E}{\partial s^{(k)}}",
)


@pytest.mark.parametrize(
    ("line", "code", "edits"),
    [
        (
            r"e^{(k)} = ((V^{(k)})^T e^{(k+1)}) \odot \tanh'(s^{(k)})",
            "GC503",
            [("V^{(k)}", "V^{(k+1)}")],
        ),
        (
            r"e^{(k)} = ((V^{(k+1)})^T e^{(k+1)}) \odot \tanh'(s^{(k+1)})",
            "GC302",
            [("s^{(k+1)}", "s^{(k)}")],
        ),
        (r"\frac{\partial E}{\partial c^{(k)}} = e^{(k+1)}", "GC503", [("e^{(k+1)}", "e^{(k)}")]),
    ],
)
def test_a_recursion_is_mended_in_its_own_letters(told, line, code, edits):
    assert told(*LAYERS, line)[::2] == (code, edits)


TIMES = (
    r"h_t = \tanh(A h_{t-1} + B u_t)",
    r"J = \sum_{t=1}^{T} \frac12 \|h_t - v_t\|^2",
    r"g_t = \frac{\partial J}{\partial h_t}",
)


def test_another_time_is_no_layer(told):
    line = r"g_t = (h_t - v_t) + A^T ( g_{t+1} \odot (1 - h_t^2) )"
    assert told(*TIMES, line) == ("GC506", "`hₜ` stands where `hₜ₊₁` belongs", [("h_t", "h_{t+1}")])


def test_the_error_of_a_step_is_a_path(told):
    code, message, edits = told(*TIMES, r"g_t = A^T ( g_{t+1} \odot (1 - h_{t+1}^2) )")
    assert (code, message) == ("GC306", "the term `hₜ - vₜ` is missing")
    assert edits


CASES = (
    r"q_i = \frac{e^{z_i}}{\sum_{k=1}^{n} e^{z_k}}",
    r"\frac{\partial q_i}{\partial z_j} = \begin{cases} DIAGONAL & i = j \\ BESIDE & i \ne j \end{cases}",
)


@pytest.mark.parametrize(
    ("diagonal", "beside", "code", "edit"),
    [
        ("q_i (1 - q_i)", "q_i q_j", "GC501", ("", "-")),
        ("q_i", "-q_i q_j", "GC305", ("", r"(1 - q_i)")),
        ("q_i (1 + q_i)", "-q_i q_j", "GC501", ("+", "-")),
    ],
)
def test_a_case_is_mended_where_it_is_wrong(told, diagonal, beside, code, edit):
    line = CASES[1].replace("DIAGONAL", diagonal).replace("BESIDE", beside)
    found, _, edits = told(CASES[0], line)
    assert (found, edits) == (code, [edit])


@pytest.mark.parametrize(
    ("line", "code", "edits"),
    [
        (r"\frac{dy}{dx} = 5 x^2 + 4 x", "GC206", [("5", "3")]),
        (r"\frac{dy}{dx} = 3 x^2 + \frac{4}{3} x", "GC206", [(r"\frac{4}{3}", "4")]),
        (r"\frac{dy}{dx} = 3 x^3 + 4 x", "GC314", [("3", "2")]),
        (r"\frac{dy}{dx} = 3 x^2 - 4 x", "GC501", [("-", "+")]),
    ],
)
def test_a_number_is_mended_by_a_number(told, line, code, edits):
    assert told(r"y = x^3 + 2 x^2", line)[::2] == (code, edits)


SOFT = (r"a_i = \frac{e^{s_i}}{\sum_k e^{s_k}}", r"E = -\sum_i y_i \log a_i")


def test_a_chain_through_one_entry_lacks_a_sum(told):
    line = (
        r"\frac{\partial E}{\partial s_i} = \frac{\partial E}{\partial a_i} \frac{\partial a_i}{\partial s_i}"
    )
    code, message, _ = told(*SOFT, line)
    assert code == "GC307"
    assert "reaches every entry of `a`, not only `a_{i}`" in message


FRONT = "---\nshapes: {D: [p, m], V: [q, p], G: [q, m]}\n---\n"
NAMED = (r"S = V D", r"R = S", r"E = \frac12 \|R - G\|^2")


@pytest.mark.parametrize(
    ("line", "message", "edits"),
    [
        (
            r"\frac{\partial E}{\partial V} = (G - R) D^T",
            "the difference is the wrong way round: `G - R` stands where `R - G` belongs",
            [("G - R", "R - G")],
        ),
        (
            r"\frac{\partial E}{\partial V} = ((R - G) \odot R) D^T",
            "the factor `R` does not belong here",
            [(r"\odot R", "")],
        ),
    ],
)
def test_what_is_kept_stays_as_its_author_wrote_it(told, line, message, edits):
    assert told(*NAMED, line, front=FRONT)[1:] == (message, edits)


def test_scalars_keep_their_order(told):
    code, message, edits = told(r"E = (y - u v)^2", r"\frac{\partial E}{\partial u} = 2 (y - u v) v")
    assert (code, edits) == ("GC501", [("", "-")])
    assert "u v" in message


FOUR = (
    r"s_j^l = \sum_k v_{jk}^l h_k^{l-1} + c_j^l",
    r"h_j^l = \phi(s_j^l)",
    r"\delta_j^L = \frac{\partial E}{\partial h_j^L} \phi'(s_j^L)",
)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            r"\delta_j^l = \sum_k v_{jk}^{l+1} \delta_k^{l+1} \phi'(s_j^l)",
            "`vⱼₖ^{l+1}` stands where `vₖⱼ^{l+1}` belongs",
        ),
    ],
)
def test_an_entry_of_a_layer_is_named_by_its_letters(told, line, said):
    assert told(*FOUR, line)[1] == said


def test_what_is_activated_is_not_called_an_error_signal(told):
    lines = (r"s^l = V^l h^{l-1}", r"h^l = \phi(s^l)", r"\delta^L = \nabla_h E \odot \phi'(s^L)")
    message = told(*lines, r"\delta^l = (V^{l+1})^T \delta^{l+1}")[1]
    assert message == r"the factor `\phi'(s^l)` is missing"
