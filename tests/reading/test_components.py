"""Formulas that pages hand to components."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.notation.statements import Equation
from gradcheck.reading.document import read
from gradcheck.source import Source

TWO = r"\frac{\partial E}{\partial v} = (o - t) s"
CODED = TWO.replace("\\", "\\\\")


def equations(text: str) -> list[str]:
    document = read(Source("page.mdx", text))
    found = [item for item in document.body if isinstance(item, Equation)]
    return [text[item.span.start : item.span.end] for item in found]


@pytest.mark.parametrize(
    "page",
    [
        f'<BlockMath math="{TWO}" />',
        f'<InlineMath latex="{TWO}"/>',
        f"<Tex block tex={{String.raw`{TWO}`}} />",
        f'<MathBlock className="wide" equation={{"{CODED}"}} />',
        f"<FormulaBlock\n  label={{1}}\n  formula={{`{CODED}`}}\n/>",
        f"<BlockMath>{{String.raw`{TWO}`}}</BlockMath>",
        f"so <M>{{'{CODED}'}}</M> holds",
    ],
)
def test_what_a_component_is_given_is_a_formula(page: str) -> None:
    assert [found.replace("\\\\", "\\") for found in equations(f"# Net\n\n{page}\n")] == [TWO]


@pytest.mark.parametrize(
    "page",
    [
        "<BlockMath>{equation}</BlockMath>",
        "<Math latex={value} />",
        '<Card title="a = b" />',
        "<Tex>{`u = ${value}`}</Tex>",
    ],
)
def test_what_a_program_computes_is_none(page: str) -> None:
    assert equations(f"# Net\n\n{page}\n") == []


def test_a_row_ends_with_four_backslashes() -> None:
    page = r"<MB>{`\\begin{aligned} u &= w x \\\\ s &= \\tanh(u) \\end{aligned}`}</MB>"
    assert equations(page) == ["u &= w x", r"s &= \\tanh(u)"]


@pytest.mark.parametrize(("last", "verdict"), [("v (1 - s^2) x", "correct"), ("v (1 + s^2) x", "wrong")])
def test_a_page_is_checked(last: str, verdict: str) -> None:
    coded = (r"\frac{\partial E}{\partial w} = (o - t) " + last).replace("\\", "\\\\")
    text = (
        'With <InlineMath math="s = \\tanh(w x)" /> and <InlineMath math="o = v s"/>:\n\n'
        '<BlockMath math="E = \\frac12 (o - t)^2" />\n\n'
        f'<BlockMath math={{"{coded}"}} />\n'
    )
    document = read(Source("page.mdx", text))
    found = [str(j.verdict) for _, j in check(document, pose(document, None)).judgements()]
    assert found == ["correct", "correct", "correct", verdict]


def test_many_open_tags_cost_little() -> None:
    assert equations('<Math math="' * 3000 + "\n" + '<Tex>{"a' * 3000) == []
