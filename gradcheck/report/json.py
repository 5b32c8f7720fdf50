"""The report as JSON, for other tools; `schema.json` beside this file says what is in it.

The keys are the fields of the model in their order, so the model is the one place where a key is added.
A Region is spread into its four numbers. Numbers keep six digits, since further ones differ between machines
and the same input must give the same bytes; only a witness whose two values six digits cannot tell apart
keeps all. JSON has no infinity, so `inf`, `-inf` and `nan` are strings.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from gradcheck.diagnostic import Region
from gradcheck.patterns import late_pattern
from gradcheck.report.model import DocumentReport, Report, Witness
from gradcheck.report.view import View
from gradcheck.source import Source

SCHEMA_VERSION = 1
_DIGITS = 6
_UNUSUAL = late_pattern(r"[^\n -~]")


def render(report: Report, view: View) -> str:
    """The report as indented JSON text with a final line end."""
    text = json.dumps(data(report), ensure_ascii=False, indent=1, allow_nan=False)
    return _UNUSUAL.sub(_escaped, text) + "\n"


def _escaped(match: re.Match[str]) -> str:
    """A character that would act on what shows it, as JSON spells it; others as they are."""
    char = match[0]
    return json.dumps(char)[1:-1] if unicodedata.category(char)[0] in "CZ" else char


def data(value: object) -> Any:
    """A model value as what JSON can hold: dictionaries, lists, strings, numbers, None."""
    match value:
        case Report():
            heading = {
                "schema_version": SCHEMA_VERSION,
                "tool": data(value.tool),
                "summary": data(value.summary),
            }
            return heading | _record(value)
        case DocumentReport():
            return _record(value) | {"scopes": data(value.scopes)}
        case Mapping():
            return {str(key): data(item) for key, item in value.items()}
        case tuple() | list():
            return [data(item) for item in value]
        case float():
            return float(f"{value:.{_DIGITS}g}") if math.isfinite(value) else str(value)
        case Witness(expected=expected, got=got) if expected != got and data(expected) == data(got):
            return _record(value) | {"expected": expected, "got": got}
        case _ if is_dataclass(value):
            return _record(value)
        case _:
            return value


def _record(value: Any) -> dict[str, Any]:
    """One model object by its field names."""
    record: dict[str, Any] = {}
    for field in fields(value):
        item = getattr(value, field.name)
        match item:
            case Region():
                record |= _record(item)
            case Source():
                record["path"] = item.path
            case _:
                record[field.name] = data(item)
    return record
