"""The templates of the pages for students and staff, and how mathematics and sentences stand in them.

Everything is escaped; only the MathML that the report builds from a list of elements is taken as it is. A
page needs no network and no script.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from gradcheck.patterns import late_pattern
from gradcheck.report.mathml import mathml
from gradcheck.report.visible import visible

_QUOTED = late_pattern(r"`([^`]*)`")


def page(template: str, **values: Any) -> str:
    """A template filled in."""
    style = Markup(_resource("page.css"))
    return _environment().from_string(_resource(template)).render(style=style, math=math, said=said, **values)


def math(latex: str) -> Markup:
    """A formula rendered, or as it is written where that cannot be."""
    found = mathml(latex)
    return Markup(found) if found else Markup("<code>{}</code>").format(visible(latex))


def said(text: str) -> Markup:
    """A sentence with what stands in backticks as code."""
    parts = _QUOTED.split(text)
    shown = [
        Markup("<code>{}</code>").format(visible(part)) if index % 2 else escape(visible(part))
        for index, part in enumerate(parts)
    ]
    return Markup("").join(shown)


def _resource(name: str) -> str:
    return (files(__name__) / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_seen
    )


def _seen(value: object) -> object:
    """Every text that a template puts in, without characters that act unseen."""
    return visible(value) if type(value) is str else value
