import re

import pytest
from markupsafe import Markup

from gradcheck.report.running import running


def shown(text: str, name: str = "markdown") -> str:
    return str(running(text, name, lambda latex: Markup("<math>{}</math>").format(latex)))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a **bold** and *soft* `word`", "a <strong>bold</strong> and <em>soft</em> <code>word</code>"),
        (
            "two $a$ **and $b < c$** here",
            "two <math>a</math> <strong>and <math>b &lt; c</math></strong> here",
        ),
        ("$x_1$ * $y_1$ of snake_case_names", "<math>x_1</math> * <math>y_1</math> of snake_case_names"),
        ("see [the **note**](https://example.org) now", "see the <strong>note</strong> now"),
        ("![a picture](x.png)", "a picture"),
        ("one\\\ntwo", "one<br>two"),
        ("~~no~~ &lt;b&gt;", "<s>no</s> &lt;b&gt;"),
        (r"\*not\*", "*not*"),
    ],
)
def test_markdown(text, html):
    assert shown(text).replace("<br>\n", "<br>") == html


def test_a_table_of_markdown():
    html = shown("| a | b |\n|---|---|\n| $x$ | **y** |")
    assert html.startswith("<table><thead><tr><th>a</th>")
    assert "<td><math>x</math></td><td><strong>y</strong></td>" in html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (r"\emph{soft \textbf{bold} $x$}", "<em>soft <strong>bold</strong> <math>x</math></em>"),
        (r"by~\cite{a}, see \eqref{b}", "by\N{NO-BREAK SPACE}[a], see (b)"),
        (r"``so'' -- 100\% {grouped}", "“so” – 100% grouped"),
        (r"\unknown{a & b} c", r"\unknown{a &amp; b} c"),
        (r"\emph{open", "<em>open</em>"),
        ("a } b", "a } b"),
    ],
)
def test_latex(text, html):
    assert shown(text, "latex") == html


def test_other_text_has_no_marks():
    assert shown("a **b** <i>", "plain") == "a **b** &lt;i&gt;"


@pytest.mark.parametrize("name", ["markdown", "notebook", "latex", "plain", "restructured"])
@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> <img src=x onerror=alert(1)>",
        "[x](javascript:alert(1)) ![x](javascript:alert(1)) <javascript:alert(1)>",
        "`<b>` **<b>** | <b> |\n|---|\n| <b> |",
        r"\emph{<b>} \cite{<b>} \<b>{x}",
        "&#x202e; &#27;[31m &#xe000;0&#xe001; &lt;script&gt;",
        "\ue0000\ue001 $x$",
    ],
)
def test_nothing_of_a_text_acts(text, name):
    html = shown(text, name)
    assert set(re.findall(r"<(\w+)", html)) <= {
        "em", "strong", "s", "code", "table", "thead", "tbody", "tr", "th", "td", "p", "br", "u", "math",
    }  # fmt: skip
    assert not re.search(r"<\w+ ", html)
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e\ue000\ue001]", html)


def test_a_text_beyond_all_measure_is_shown_as_it_is():
    assert shown("*" * 30_000) == "*" * 30_000
