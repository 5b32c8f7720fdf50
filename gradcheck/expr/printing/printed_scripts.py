"""The scripts at the end of a symbol's LaTeX, taken off so that others can be put on."""

from __future__ import annotations


def split_superscript(text: str) -> str:
    """What is left of a symbol's LaTeX without its superscript group."""
    start = superscript_start(text) if text.endswith("}") else None
    return text if start is None else text[:start]


def superscript_start(text: str) -> int | None:
    """Where the superscript group begins that ends at the last brace, if that is what it closes."""
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        depth += {"}": 1, "{": -1}.get(text[place], 0)
        if depth == 0:
            return place - 1 if place and text[place - 1] == "^" else None
    return None


def split_subscript(text: str) -> tuple[str, str]:
    """A symbol's LaTeX without a subscript at its end, and that subscript."""
    if text.endswith("}"):
        depth = 0
        for place in range(len(text) - 1, -1, -1):
            depth += {"}": 1, "{": -1}.get(text[place], 0)
            if depth == 0:
                found = place and text[place - 1] == "_"
                return (text[: place - 1], text[place - 1 :]) if found else (text, "")
    if len(text) > 2 and text[-2] == "_":
        return text[:-2], text[-2:]
    return text, ""
