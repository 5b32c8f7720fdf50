"""How well are documents from outside judged? One table for a folder of documents with labelled claims.

    python tests/benchmarks/public/table.py FOLDER [--document ID] [--claims]

FOLDER holds `documents/`, and `claims.json`: a list of claims, each with its document, line, LaTeX and the
verdict of a person (`right`, `wrong`, `shape`, `convention`, `not_checkable`). A claim is looked up among
the links of the report by its line and its text, else by its text alone. A right claim counts as called
wrong where the tool says `wrong` or `follows`; a wrong one as found where it says so, and as named where it
tells a rule, or follows from a line for which it does.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from gradcheck import pipeline
from gradcheck.options import Options
from gradcheck.report.model import DocumentReport, LinkReport
from gradcheck.verdict import Verdict

NEAR = 3
ALIKE = 0.55
WITHIN = 0.6
SAME = 0.9
ACCUSING = {Verdict.WRONG, Verdict.FOLLOWS}
FINDING = {Verdict.WRONG, Verdict.FOLLOWS, Verdict.SLIP}
SPACING = (r"\left", r"\right", r"\big", r"\Big", r"\displaystyle", r"\,", r"\!", r"\;", r"\ ", *"{} &")


@dataclass(frozen=True, slots=True)
class Claim:
    """One labelled claim of a document."""

    name: str
    document: str
    line: int
    latex: str
    label: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A claim with the link it was found as; None where the report has no such link. `rule` is the link's
    own or that of its root."""

    claim: Claim
    link: LinkReport | None
    rule: str | None

    @property
    def verdict(self) -> Verdict:
        """What the tool says; a claim that is no link is undecided."""
        return Verdict.UNDECIDED if self.link is None else self.link.verdict

    @property
    def reason(self) -> str:
        """Why it is undecided."""
        return "not read as an equation" if self.link is None else self.link.message or "no reason"


def read_claims(folder: Path) -> list[Claim]:
    """The labelled claims of a folder."""
    listed = json.loads((folder / "claims.json").read_text())
    return [Claim(c["claim"], c["document"], c["line"] or 0, c["latex"], c["verdict"]) for c in listed]


def outcomes(claims: list[Claim], report: DocumentReport) -> Iterator[Outcome]:
    """Each claim of one document with its link."""
    rules = {link.id: link.rule for link in report.links}
    for claim in claims:
        near = [link for link in report.links if abs(link.region.line - claim.line) <= NEAR]
        link = alike(claim, near, ALIKE) or alike(claim, report.links, SAME)
        yield Outcome(claim, link, link and (link.rule or rules.get(link.cause or "")))


def alike(claim: Claim, links: Sequence[LinkReport], least: float) -> LinkReport | None:
    """The link that a claim was found as: of the links of a chain that it spans, one that is accused."""
    best = max(links, key=lambda link: likeness(claim, link), default=None)
    if best is None or likeness(claim, best) < least:
        return None
    text = squeezed(claim.latex)
    chain = [link for link in links if link.id.split(".")[0] == best.id.split(".")[0]]
    spanned = [link for link in chain if squeezed(link.right) in text]
    return next((link for link in spanned if link.verdict in ACCUSING), best)


def likeness(claim: Claim, link: LinkReport) -> float:
    """How alike the claim's text and a link's are, from 0 to 1; the same line counts a little.

    A claim about one gradient of a tuple stands within the tuple.
    """
    written, text = squeezed(f"{link.head} {link.relation} {link.right}"), squeezed(claim.latex)
    ratio = SequenceMatcher(None, text, written, autojunk=False).ratio()
    value = text.partition("=")[2].rstrip(".")
    if value and value in (part.strip("()\n ") for part in squeezed(link.right).split(",")):
        ratio = max(ratio, WITHIN)
    return ratio - 0.001 * min(abs(link.region.line - claim.line), 9)


def squeezed(latex: str) -> str:
    """LaTeX without what only sets it."""
    for word in SPACING:
        latex = latex.replace(word, "")
    return latex


def main() -> None:
    """Run the tool over the folder and print the table."""
    parser = argparse.ArgumentParser(description="how well a folder of labelled documents is judged")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--document", help="only documents whose name begins with this")
    parser.add_argument("--claims", action="store_true", help="one line a claim")
    chosen = parser.parse_args()
    found: list[Outcome] = []
    seconds = 0.0
    by_document: dict[str, list[Claim]] = {}
    for claim in read_claims(chosen.folder):
        by_document.setdefault(claim.document, []).append(claim)
    for name, claims in by_document.items():
        if chosen.document and not name.startswith(chosen.document):
            continue
        started = time.perf_counter()
        report = pipeline.run([chosen.folder / "documents" / name], Options())
        elapsed = time.perf_counter() - started
        seconds += elapsed
        for error in report.errors:
            print(f"{name}: {error.message}")
        mine = [o for document in report.documents for o in outcomes(claims, document)]
        print(f"{name:36} {elapsed:6.1f} s  {tally(mine)}")
        if chosen.claims:
            for outcome in mine:
                print_claim(outcome)
        found += mine
    print_table(found, seconds)


def tally(found: list[Outcome]) -> str:
    """`12 claims: 9 correct, 3 undecided`."""
    counts = Counter(o.verdict for o in found)
    return f"{len(found)} claims: " + ", ".join(f"{counts[v]} {v}" for v in Verdict if counts[v])


def print_claim(outcome: Outcome) -> None:
    said = outcome.reason if outcome.verdict is Verdict.UNDECIDED else ""
    alarm = "!!" if is_false_alarm(outcome) else "  "
    claim = outcome.claim
    print(f"  {alarm} {claim.name} {claim.label:10} {outcome.verdict:10} {claim.latex[:70]}  {said}")


def names(listed: list[Outcome]) -> str:
    """The claims' names in a row."""
    return " ".join(o.claim.name for o in listed)


def is_false_alarm(outcome: Outcome) -> bool:
    return outcome.claim.label in ("right", "convention") and outcome.verdict in ACCUSING


def print_table(found: list[Outcome], seconds: float) -> None:
    checkable = [o for o in found if o.claim.label != "not_checkable"]
    judged = [o for o in checkable if o.verdict is not Verdict.UNDECIDED]
    right = [o for o in checkable if o.claim.label in ("right", "convention")]
    wrong = [o for o in checkable if o.claim.label == "wrong"]
    found_wrong = [o for o in wrong if o.verdict in FINDING]
    named = [o for o in found_wrong if o.rule is not None]
    passed = [o for o in wrong if o.verdict is not Verdict.UNDECIDED and o.verdict not in FINDING]
    alarms = [o for o in right if is_false_alarm(o)]
    print()
    print(f"claims judged              {len(judged):4} of {len(checkable)}")
    print(f"right ones called wrong    {len(alarms):4} of {len(right)}   {names(alarms)}")
    print(f"wrong ones found           {len(found_wrong):4} of {len(wrong)}")
    print(f"wrong ones named           {len(named):4} of {len(wrong)}")
    print(f"wrong ones called right    {len(passed):4} of {len(wrong)}   {names(passed)}")
    print(f"seconds                    {seconds:6.1f}")
    print("most frequent reasons for undecided:")
    reasons = Counter(o.reason for o in checkable if o.verdict is Verdict.UNDECIDED)
    for reason, count in reasons.most_common(10):
        print(f"  {count:4}  {reason}")


if __name__ == "__main__":
    main()
