"""The closed sets of words in which the tool judges.

They stand below every stage because the judge says them, the report carries them, and the grader counts
them. Each is a string, so that a report needs no translation.
"""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What the tool says of a link; in the order in which a summary counts them."""

    CORRECT = "correct"
    CONVENTION = "convention"
    CHARITABLE = "charitable"
    SLIP = "slip"
    WRONG = "wrong"
    FOLLOWS = "follows"
    UNDECIDED = "undecided"


class Certainty(StrEnum):
    """How a verdict was reached: by proof, or by every numerical check without one."""

    PROVED = "proved"
    AGREES = "agrees"


class Outcome(StrEnum):
    """What one oracle found of the two sides of a link."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


class Role(StrEnum):
    """What a claim is for in its derivation."""

    DECLARATION = "declaration"
    DEFINITION = "definition"
    GRADIENT = "gradient"
    LOCAL_DERIVATIVE = "local-derivative"
    CHAIN_RULE = "chain-rule"
    STEP = "step"
    UPDATE = "update"
    RESTATEMENT = "restatement"
    REMARK = "remark"
