import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

import pytest
from markupsafe import Markup

from gradcheck.report.formats import FORMATS
from gradcheck.report.html import said
from gradcheck.report.mathml import marked, mathml
from gradcheck.report.model import Report
from gradcheck.report.view import View
from gradcheck.verdict import Verdict
from tests.report import samples

VOID = {"meta", "input", "br", "img", "link", "hr"}


class Page(HTMLParser):
    """A page as a browser sees it: elements in a tree that closes, attributes, text by class."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str]]] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: list[tuple[tuple[str, ...], str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        element = (tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        classes = tuple(name for _, attributes in self.open for name in attributes.get("class", "").split())
        self.text.append((classes, data))

    def within(self, name: str) -> str:
        """The text of all elements of a class."""
        return "".join(data for classes, data in self.text if name in classes)


def page(report: Report) -> Page:
    return Page(FORMATS["html"].render(report, View()))


@pytest.mark.parametrize("make", [samples.report, samples.hostile, samples.attacks])
def test_nothing_in_the_page_acts_or_loads(make):
    shown = page(make())
    assert not {tag for tag, _ in shown.elements} & {
        "script",
        "img",
        "iframe",
        "object",
        "embed",
        "link",
        "form",
    }
    for _, attributes in shown.elements:
        assert not [
            name for name in attributes if name.startswith("on") or name in ("src", "action", "style")
        ]
        assert attributes.get("href", "#").startswith("#")
    css = shown.within("") or "".join(data for _, data in shown.text if "--page" in data)
    assert not re.search(r"url\(|@import|//", css)


@pytest.mark.parametrize("make", [samples.report, samples.attacks])
def test_every_target_is_there_once(make):
    shown = page(make())
    names = Counter(attributes["id"] for _, attributes in shown.elements if "id" in attributes)
    assert max(names.values()) == 1
    assert {a["href"][1:] for _, a in shown.elements if "href" in a} <= set(names)


@pytest.mark.parametrize("make", [samples.report, samples.hostile, samples.attacks])
def test_nothing_is_left_out(make):
    report = make()
    shown = page(report)
    ids = {attributes["id"] for tag, attributes in shown.elements if "id" in attributes and tag == "div"}
    documents = list(enumerate(report.documents, 1))
    assert ids == {f"d{number}-{link.id}" for number, each in documents for link in each.links}
    told = sum(len(each.unread) + len(each.remarks) for each in report.documents) + len(report.errors)
    assert sum(attributes.get("class") == "unread" for _, attributes in shown.elements) == told


def test_each_link_stands_with_its_verdict():
    report = samples.report()
    verdicts = {
        attributes["id"]: attributes["class"].split()[1].removeprefix("v-")
        for _, attributes in page(report).elements
        if attributes.get("class", "").startswith("link ")
    }
    assert verdicts == {f"d1-{link.id}": link.verdict for link in report.documents[0].links}


def test_the_written_symbol_is_marked_and_the_missing_one_added():
    report = samples.report()
    assert page(report).within("gc-mark") == "ω1" + "σ′(z1)" * 2 + "[dZ2A1T]"
    edit = samples.Edit(samples.place(report.documents[0].source, r"\omega_1", r"(a_2 - y) \cdot "), "", "m")
    (wrong,) = [each for each in report.documents[0].links if each.id == "4.1"]
    missing = replace(wrong, repair=samples.Repair("m", (replace(edit, region=at_start(edit.region)),)))
    document = replace(report.documents[0], links=(missing,))
    assert page(Report(samples.TOOL, (document,))).within("gc-added") == "m"


def at_start(region):
    return replace(region, end_line=region.line, end_column=region.column)


def test_root_and_heir_are_linked_both_ways():
    shown = page(samples.report())
    targets = [attributes["href"] for _, attributes in shown.elements if "href" in attributes]
    assert targets.count("#d1-4.1") == 2  # its own place, and the heir's root
    assert targets.count("#d1-5.1") == 2


def test_each_verdict_can_be_filtered_without_a_script():
    text = FORMATS["html"].render(samples.report(), View())
    for verdict in Verdict:
        assert f"body:has(#show-{verdict}:not(:checked)) .link.v-{verdict}" in text


def test_what_cannot_be_converted_is_shown_as_written():
    shown = page(samples.report())
    assert any(r"\mystery{q}" in data for _, data in shown.text)


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"\frac{a}{b}", "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>"),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "<mtd"),
        (r"\begin{bmatrix} a \end{bmatrix}_{2 \times 1}", "<msub><mrow>"),
        (r"a &= b", "<mi>a</mi><mo>=</mo>"),
        (r"\text{<b>}", "&lt;b&gt;"),
        (marked("a b", [(2, 3, "")]), '<mrow class="gc-mark"><mi>b</mi></mrow>'),
        (marked("a b", [(2, 2, "c")]), '<mrow class="gc-added"><mi>c</mi></mrow>'),
    ],
)
def test_mathml(latex, shown):
    assert shown in mathml(latex)


@pytest.mark.parametrize(
    "latex",
    [
        r"\unknown{x}",
        r"\frac{a",
        r"a}{b",
        r"\newcommand{\x}{\x\x}\x",
        r"\def\x{\x\x}\x",
        "{" * 500 + "}" * 500,
        "a+" * 10_000,
        r"\frac",
        r"\begin{bmatrix} a",
        r"^",
    ],
)
def test_no_mathml(latex):
    assert mathml(latex) is None


def test_what_was_said_before_is_said_shortly():
    report = samples.report()
    (slip,) = [each for each in report.documents[0].links if each.id == "9.1"]
    twice = replace(report.documents[0], links=(slip, replace(slip, id="9.2")))
    shown = page(Report(samples.TOOL, (twice,)))
    assert shown.within("headline").count("stands for an arrow") == 2
    assert shown.within("help").count("write") == 1


def test_the_text_of_a_document_is_set():
    source = samples.Source("a.md", "# A *soft* start\n\nSome **bold** words about $x$.\n")
    shown = page(
        Report(samples.TOOL, (replace(samples.notes(), source=source, links=(), unread=(), remarks=()),))
    )
    assert ("prose",) in {classes for classes, data in shown.text if data == "bold"}
    tags = [tag for tag, _ in shown.elements]
    assert (tags.count("strong"), tags.count("em")) == (1, 3)  # two of them in the legend


def test_a_formula_in_plain_notation_is_no_latex():
    assert said("`σ(Z[1])` for `z_1`") == Markup("<code>σ(Z[1])</code> for ") + Markup(mathml("z_1"))


def test_the_numbers_are_drawn_to_scale():
    (wrong,) = [each for each in samples.notes().links if each.id == "4.1"]
    seen = replace(wrong.evidence.witness, expected=3.0, got=1.0)
    link = replace(wrong, evidence=replace(wrong.evidence, witness=seen))
    shown = page(Report(samples.TOOL, (replace(samples.notes(), links=(link,)),)))
    (zero,) = [a for tag, a in shown.elements if tag == "line" and a.get("class") == "zero"]
    (expected,) = [a for tag, a in shown.elements if tag == "circle"]
    (got,) = [a for tag, a in shown.elements if tag == "path"]
    start, whole = float(zero["x1"]), float(expected["cx"]) - float(zero["x1"])
    middle = float(re.match(r"M([\d.]+)", got["d"])[1]) + 5
    assert middle - start == pytest.approx(whole / 3, abs=0.2)


@pytest.mark.parametrize("tag", ["script", "annotation-xml", "a", "maction", "semantics"])
def test_an_element_that_is_not_known_is_no_mathematics(tag, monkeypatch):
    def converted(latex, display):
        root = Element("math")
        SubElement(root, tag).text = latex
        return root

    monkeypatch.setattr("latex2mathml.converter.convert_to_element", converted)
    assert mathml.__wrapped__("x") is None
    tag = "mi"
    assert "<mi>x</mi>" in mathml.__wrapped__("x")
