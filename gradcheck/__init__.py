"""Checks written derivations of gradients line by line against the true gradient.

Importing the package imports nothing else: a name of the public API brings its module when it is first
used, so that `gradcheck --version` answers at once and `gradcheck.check_gradient` does not wait for SymPy.
"""

from __future__ import annotations

from importlib import import_module

__version__ = "0.1.0"

_HOME = {
    "Options": "gradcheck.options",
    "Report": "gradcheck.report.model",
    "Verdict": "gradcheck.verdict",
    "assert_gradient": "gradcheck.code",
    "check_backward": "gradcheck.code.backward",
    "check_gradient": "gradcheck.code",
    "run": "gradcheck.pipeline",
    "show": "gradcheck.pipeline",
}

__all__ = [
    "Options",
    "Report",
    "Verdict",
    "__version__",
    "assert_gradient",
    "check_backward",
    "check_gradient",
    "run",
    "show",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'gradcheck' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
