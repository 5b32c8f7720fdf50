"""Reports built by hand, with one of everything that a report can say."""

from gradcheck.diagnostic import Region
from gradcheck.report.model import (
    AnalyticEvidence,
    DefinitionReport,
    DifferenceEvidence,
    DocumentReport,
    Edit,
    Evidence,
    FileError,
    LinkReport,
    RemarkReport,
    Repair,
    Report,
    Rule,
    Step,
    SymbolicEvidence,
    Tool,
    UnreadReport,
    Witness,
)
from gradcheck.source import Source, Span
from gradcheck.verdict import Certainty, Outcome, Role, Verdict

TOOL = Tool("gradcheck", "0.0.0", seed=7)

NOTES = r"""# Two layers

## Forward pass

$$z_1 = \omega_1 x + b_1$$
$$a_1 = \sigma(z_1)$$

## Regression

$$\frac{\partial L}{\partial \omega_2} = (a_2 - y) a_1^T$$
$$\frac{\partial L}{\partial b_1} = (a_2 - y) \cdot \omega_1 \cdot a_1 (1-a_1) \cdot 1$$
$$b_1 \leftarrow b_1 - \alpha (a_2 - y) \cdot \omega_1 \cdot a_1 (1-a_1)$$
$$\frac{\partial L}{\partial \omega_1} = \frac{\partial L}{\partial a_2} \frac{\partial a_2}{\partial z_2} \frac{\partial z_2}{\partial a_1} \frac{\partial a_1}{\partial z_1} \frac{\partial z_1}{\partial \omega_1} = (a_2 - y) \omega_2 \sigma'(z_1) (1 - \sigma'(z_1)) x$$
$$\begin{aligned}
  dZ_2 &= A_2 - Y \\
  dW_2 &= \begin{bmatrix}
    dZ_2 A_1^T
  \end{bmatrix}
\end{aligned}$$
$$dZ_2 \neq A_2 - Y$$
$$q = \mystery{q}$$

Both cases have the same update rules.
"""  # noqa: E501

EQUAL = Evidence(
    SymbolicEvidence(Outcome.EQUAL, "polynomial field"),
    AnalyticEvidence(Outcome.EQUAL, 2.2204e-16),
    DifferenceEvidence(Outcome.EQUAL, 3.1e-11, 2e-10),
)
DIFFERENT = Evidence(
    SymbolicEvidence(Outcome.DIFFERENT, "polynomial field"),
    AnalyticEvidence(Outcome.DIFFERENT, 0.1439),
    DifferenceEvidence(Outcome.DIFFERENT, 0.1439, 2.1e-9),
    Witness(
        {"x": [[0.31], [-1.25]], "y": [[1.0]]},
        "(2, 1)",
        expected=-0.13768,
        got=0.041234,
        differences=-0.137680001,
    ),
)


def place(source: Source, text: str, after: str = "") -> Region:
    """The region of the first `text` behind `after`."""
    start = source.text.index(text, source.text.index(after) + len(after))
    return Region.of(source, Span(start, start + len(text)))


def link(source: Source, number: str, left: str, right: str, verdict: Verdict, **more: object) -> LinkReport:
    """A link whose right side is found in the source behind `left`."""
    region = place(source, right, left)
    left = left.removesuffix("=").removesuffix("&").removesuffix(r"\neq").removesuffix(r"\leftarrow").strip()
    settled = {
        "relation": "=",
        "head": left,
        "role": Role.GRADIENT,
        "scope": "Regression",
        "certainty": Certainty.PROVED,
        "evidence": EQUAL,
    }
    return LinkReport(id=number, region=region, left=left, right=right, verdict=verdict, **(settled | more))  # type: ignore[arg-type]


def notes() -> DocumentReport:
    """A document with a verdict of every kind, in well-behaved text."""
    source = Source("homework/notes.md", NOTES)
    rename = Edit(place(source, r"\omega_1", r"(a_2 - y) \cdot "), r"\omega_1", r"\omega_2")
    first = Edit(place(source, r"\sigma'(z_1)", r"\omega_2 "), r"\sigma'(z_1)", r"\sigma(z_1)")
    second = Edit(place(source, r"\sigma'(z_1)", r"(1 - "), r"\sigma'(z_1)", r"\sigma(z_1)")
    forward = {"scope": "Forward pass", "role": Role.DEFINITION}
    b_1 = r"\frac{\partial L}{\partial b_1}"
    w_1 = r"\frac{\partial L}{\partial \omega_1}"
    remark = "Both cases have the same update rules."
    said = place(source, remark)
    chain = NOTES.split(w_1 + " = ")[1].split(" = ")[0]
    wrong = r"(a_2 - y) \omega_2 \sigma'(z_1) (1 - \sigma'(z_1)) x"
    return DocumentReport(
        source,
        title="Two layers",
        assignment="homework/problem.md",
        typing="component",
        conventions=("per-sample",),
        notes=("`\\omega` is the assignment's `W`",),
        definitions=(
            DefinitionReport("z_1", r"\omega_1 x + b_1", ("n_1", "m"), 5),
            DefinitionReport("a_1", r"\sigma(z_1)", None, 6),
        ),
        links=(
            link(source, "1.1", "z_1", r"\omega_1 x + b_1", Verdict.CORRECT, **forward),
            link(source, "2.1", "a_1", r"\sigma(z_1)", Verdict.CORRECT, **forward),
            link(
                source,
                "3.1",
                r"\frac{\partial L}{\partial \omega_2}",
                "(a_2 - y) a_1^T",
                Verdict.CHARITABLE,
                reading="read as a matrix product, which the shapes force",
            ),
            link(
                source,
                "4.1",
                b_1,
                r"(a_2 - y) \cdot \omega_1 \cdot a_1 (1-a_1) \cdot 1",
                Verdict.WRONG,
                rule=Rule("GC503", "wrong-layer"),
                message="another layer's weight",
                why=r"the path from `b_1` to `L` runs through `z_2 = \omega_2 a_1 + b_2` (line 57): the"
                r" factor is `\omega_2`",
                repair=Repair(r"(a_2 - y) \cdot \omega_2 \cdot a_1 (1-a_1) \cdot 1", (rename,)),
                evidence=DIFFERENT,
            ),
            link(
                source,
                "5.1",
                r"b_1 \leftarrow",
                r"b_1 - \alpha (a_2 - y) \cdot \omega_1 \cdot a_1 (1-a_1)",
                Verdict.FOLLOWS,
                relation=r"\leftarrow",
                role=Role.UPDATE,
                cause="4.1",
            ),
            link(
                source, "6.1", w_1, chain, Verdict.CORRECT, role=Role.CHAIN_RULE, certainty=Certainty.AGREES
            ),
            link(
                source,
                "6.2",
                chain,
                wrong,
                Verdict.WRONG,
                head=w_1,
                step=Step(Verdict.WRONG, Certainty.PROVED),
                rule=Rule("GC401", "sigmoid-prime-for-sigmoid"),
                repair=Repair(wrong.replace("'", ""), (first, second)),
                alternatives=(Repair(r"(a_2 - y) \omega_2 \sigma'(z_1) x"),),
                evidence=DIFFERENT,
            ),
            link(
                source,
                "7.1",
                "dZ_2 &=",
                "A_2 - Y",
                Verdict.CONVENTION,
                conventions=("per-sample",),
                message="right per sample: the mean comes later, at the parameters",
            ),
            link(
                source,
                "8.1",
                "dW_2 &=",
                "\\begin{bmatrix}\n    dZ_2 A_1^T\n  \\end{bmatrix}",
                Verdict.WRONG,
                rule=Rule("GC201", "missing-mean-factor"),
                message="the mean over the samples is lost",
                step=Step(Verdict.CORRECT, Certainty.AGREES),
                certainty=Certainty.AGREES,
                evidence=Evidence(
                    SymbolicEvidence(Outcome.UNDECIDED, "out of time"),
                    AnalyticEvidence(Outcome.DIFFERENT, 3.0),
                    DifferenceEvidence(Outcome.DIFFERENT, 3.0, 4e-10),
                    Witness({}, "(1, 2)", expected=1.0, got=1.000000000001),
                ),
            ),
            link(
                source,
                "9.1",
                r"dZ_2 \neq",
                "A_2 - Y",
                Verdict.SLIP,
                relation=r"\neq",
                rule=Rule("GC704", "arrow-as-relation"),
                message=r"`\neq` stands for an arrow with `=`",
                help="write `=`",
            ),
            link(
                source,
                "10.1",
                "q =",
                r"\mystery{q}",
                Verdict.UNDECIDED,
                certainty=None,
                message=r"`\mystery` is not defined in the document",
                evidence=Evidence(),
            ),
        ),
        remarks=(RemarkReport(said.line, said.column, remark, Verdict.WRONG, "the updates differ"),),
        unread=(UnreadReport(place(source, r"\mystery"), r"\mystery", "an unknown command"),),
    )


def report() -> Report:
    """One document with everything, one without equations, and a file that could not be read."""
    empty = DocumentReport(Source("homework/empty.md", ""), None, None, None)
    error = FileError("homework/latin.md", "not UTF-8: byte 0xe9 at offset 12", 2, 5)
    return Report(TOOL, (notes(), empty), (error,))


HOSTILE = (
    "\x1b[31mred\x1b[0m $x = [bold]y[/bold] :smile: \u202e abc \x07 \ud800 z$\n"
    "::error::$\u6f22\u5b57 = \ty\u0302 + \u03b1$\n"
)


def hostile() -> Report:
    """A document whose text, path and messages try to act on the terminal."""
    source = Source("evil\x1b]0;owned\x07/[red]a[/red]\u202e.md", HOSTILE)
    swap = Edit(place(source, "z", "[/bold]"), "z", "\x1b[2J")
    wide = Edit(place(source, "\u03b1", "+ "), "\u03b1", "\u03b2")
    return Report(
        TOOL,
        (
            DocumentReport(
                source,
                "\x1b[1mtitle",
                None,
                None,
                notes=("\x1b[5m[blink]note[/blink]",),
                links=(
                    link(
                        source,
                        "1.1",
                        "$x",
                        "[bold]y[/bold] :smile: \u202e abc \x07 \ud800 z",
                        Verdict.WRONG,
                        scope="\x1b[7m[link=x]scope",
                        message="[red]headline\x1b[0m\r\n\u2066",
                        repair=Repair("\x1b[1m", (swap,)),
                    ),
                    link(
                        source,
                        "2.1",
                        "\u6f22\u5b57",
                        "\ty\u0302 + \u03b1",
                        Verdict.WRONG,
                        message="::add-mask::1 ##[group]a",
                        why="why " * 17 + "::error::b",
                        repair=Repair("", (wide,)),
                    ),
                ),
            ),
        ),
        (FileError("\x1b[1m\udcff.md", "[bold]no\x1b[0m", 1),),
    )


ATTACKS = r"""# <script>alert(1)</script> {{ 7*7 }} [x](javascript:alert(1))

@everyone <img src=x onerror=alert(1)> ![i](http://evil.example/i.png) https://evil.example www.evil.example #12

=HYPERLINK("http://evil.example","x")
::error file=x::owned
</textarea></style></math> ```` `` ` ]]> <!-- &lt;script&gt; %0A%0D

$$\href{javascript:alert(1)}{a} = \text{</math><script>alert(2)</script>} + \text{&lt;b&gt;} + \class{gc-mark" onclick="x}{b}$$
$$c = d` @everyone ]]> </code><script>alert(3)</script>$$
"""  # noqa: E501


def attacks() -> Report:
    """A document whose text tries to act on a browser, a workflow, a spreadsheet or a comment."""
    source = Source('a"><script>alert(4)</script>/`|`,x:y=1%.md', ATTACKS)
    right = ATTACKS.split("{a} = ")[1].split("$$")[0]
    other = ATTACKS.split("$$c = ")[1].split("$$")[0]
    said = (
        "`</code><script>alert(5)</script>` <script>alert(6)</script> @everyone [x](javascript:1) | ::stop::"
    )
    return Report(
        TOOL,
        (
            DocumentReport(
                source,
                title="<script>alert(7)</script>",
                assignment="=1+1|<b>",
                typing=None,
                notes=(said,),
                definitions=(DefinitionReport("</script>", r"\text{<b>}", ("<i>", 1), 1),),
                links=(
                    link(
                        source,
                        "1.1",
                        r"{a} =",
                        right,
                        Verdict.WRONG,
                        scope="=cmd|' /C calc'!A0 <b>",
                        message=said,
                        why=said,
                        repair=Repair(said, (Edit(place(source, "d`"), "d`", said),)),
                        evidence=DIFFERENT,
                    ),
                    link(source, "2.1", "$$c =", other, Verdict.UNDECIDED, message=said, evidence=Evidence()),
                ),
                unread=(UnreadReport(place(source, "#12"), "#12", said),),
                remarks=(RemarkReport(3, 1, "@everyone", Verdict.WRONG, said),),
            ),
        ),
        (FileError("::error::<script>.md", said, 3, 4),),
    )
