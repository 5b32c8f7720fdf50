"""Documents that are written to be hard on the tool, and a good one that must not suffer."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_lowercase

GOOD = r"""---
title: A linear layer
shapes:
  W: [n, k]
  X: [k, m]
  Y: [n, m]
---

$$Z = W X$$

$$L = \frac{1}{2 m} \sum_{i=1}^{m} (z^{(i)} - y^{(i)})^T (z^{(i)} - y^{(i)})$$

$$\frac{\partial L}{\partial W} = \frac{1}{m} (Z - Y) X^T$$

$$\frac{\partial L}{\partial W} = \frac{2}{m} (Z - Y) X^T$$
"""

SQUARE = "$$L = w^2$$\n\n"
GRADIENT = r"\frac{\partial L}{\partial w}"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file's bytes, the exit status of a run over it, and what is said of it, with the place."""

    content: bytes
    status: int
    said: str


def _text(content: str, status: int, said: str) -> Hostile:
    return Hostile(content.encode(), status, said)


def _matrix(side: int) -> str:
    rows = r"\\".join("&".join("1" for _ in range(side)) for _ in range(side))
    return rf"\begin{{bmatrix}}{rows}\end{{bmatrix}}"


def _macros_that_multiply(count: int) -> str:
    """Each macro is ten times the one before."""
    bodies = ["x", *(rf"\m{letter}" * 10 for letter in ascii_lowercase[: count - 1])]
    return "".join(
        rf"\newcommand{{\m{letter}}}{{{body}}}" for letter, body in zip(ascii_lowercase, bodies, strict=False)
    )


HOSTILE = {
    "empty.md": _text("", 5, "0 links"),
    "latin.md": Hostile(b"$a = b$\n\ncaf\xe9 $a$\n", 2, "latin.md:3:4"),
    "open-brace.md": _text("$$a = {b + c$$\n", 0, "`{` is never closed (1:7)"),
    "close-brace.md": _text("\n$$d = e}$$\n", 0, "`}` closes nothing (2:8)"),
    "unknown-command.md": _text(SQUARE + rf"$${GRADIENT} = \foobar{{2}} w$$", 0, r"unknown command \foobar"),
    "megabyte.md": _text(SQUARE + f"$${GRADIENT} = {' + '.join(['2 w'] * 200_000)}$$", 0, "characters"),
    "long-line.md": _text(f"$$a = {'b' * 10**6}$$", 0, "characters; at most"),
    "long-prose.md": _text("word " * 200_000 + "\n\n" + SQUARE, 0, "1 link"),
    "braces.md": _text("$$a = " + "{" * 10_000 + "b" + "}" * 10_000 + "$$", 0, "characters; at most"),
    "deep.md": _text("$$a = " + "{" * 5_000 + "b" + "}" * 5_000 + "$$", 0, "deep (1:"),
    "fractions.md": _text("$$a = " + r"\frac{1}{" * 1_000 + "b" + "}" * 1_000 + "$$", 0, "deep (1:"),
    "tower.md": _text(SQUARE + rf"$${GRADIENT} = 2 w + 9^{{9^{{9^9}}}}$$", 0, "3:35"),
    "tower-of-a-name.md": _text(f"$$L = w^{{99999999}}$$\n\n$${GRADIENT} = w$$", 1, "1 wrong"),
    "digits.md": _text(f"$$L = {'9' * 500_000} w$$", 0, "characters; at most"),
    "macro-of-itself.md": _text(
        r"\newcommand{\a}{\b\b}\newcommand{\b}{\a\a} $$x = \a$$", 0, r"the macro `\a` expands without end"
    ),
    "macros.md": _text(_macros_that_multiply(20) + "\n\n$$x = \\mt$$", 0, "unread"),
    "matrix.md": _text(f"$$A = {_matrix(300)}$$", 0, "characters; at most"),
    "sizes.md": _text(
        "---\nshapes:\n  w: [100000, 1]\n---\n\n$$L = w^T w$$\n\n"
        f"$${GRADIENT} = 2 w$$\n\n$${GRADIENT} = w$$",
        1,
        "2 correct, 1 wrong",
    ),
    "sums.md": _text("$$L = " + r"\sum_{i=1}^{99999999} " * 9 + f"w^2$$\n\n$${GRADIENT} = w$$", 1, "1 wrong"),
    "names.md": _text(
        "\n\n".join(f"$$v_{{{i + 1}}} = v_{{{i}}} + w^2$$" for i in range(100))
        + f"\n\n$$L = v_{{100}}$$\n\n$${GRADIENT} = 200 w$$\n\n$${GRADIENT} = 201 w$$", 1, "102 correct"
    ),
    "front-matter.md": _text("---\nshapes: 3\n---\n\n$$L = w$$", 2, "`shapes` must map names to values"),
    "not-yaml.md": _text("---\ntitle: [\n---\n\n$$L = w$$", 2, "not-yaml.md:"),
    "no-assignment.md": _text("---\nassignment: nowhere.md\n---\n\n$$L = w$$", 2, "nowhere.md"),
}  # fmt: skip
