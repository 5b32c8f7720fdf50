"""Gradients in code: `check_gradient` judges a hand-written gradient, `assert_gradient` is for tests."""

from gradcheck.code.check import assert_gradient, check_gradient
from gradcheck.code.result import Effort, Entry, Finding, GradientReport, Note
from gradcheck.code.trees import StructureError

__all__ = [
    "Effort",
    "Entry",
    "Finding",
    "GradientReport",
    "Note",
    "StructureError",
    "assert_gradient",
    "check_gradient",
]
