"""Functions by the names that the field gives them: one table from written name to operation.

To make a function known under another name, add a row. A row's operation applies entry by entry, or
takes the whole argument; `fixed` are operation attributes.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from gradcheck.expr.names import Name, key_of


class Builtin(NamedTuple):
    """An operation behind a written name; `reduces` when it takes the array as a whole."""

    op: str
    attr: tuple[Any, ...] = ()
    reduces: bool = False


BUILTIN: dict[str, Builtin] = {
    **{
        name: Builtin("sigmoid")
        for name in ("\\sigma", "sigmoid", "Sigmoid", "sig", "sigm", "logistic", "expit")
    },
    **{name: Builtin("relu") for name in ("ReLU", "relu", "Relu", "RELU", "ReLu")},
    **{name: Builtin("identity") for name in ("id", "Id", "I_d", "I_{d}", "identity", "Identity", "linear")},
    **{
        name: Builtin(name)
        for name in (
            "exp",
            "log",
            "sqrt",
            "abs",
            "sin",
            "cos",
            "tan",
            "sinh",
            "cosh",
            "tanh",
            "sign",
            "softplus",
        )
    },
    "ln": Builtin("log"),
    "sgn": Builtin("sign"),
    "arctan": Builtin("arctan"),
    "step": Builtin("step"),
    "Tanh": Builtin("tanh"),
    "np.exp": Builtin("exp"),
    "np.log": Builtin("log"),
    "np.tanh": Builtin("tanh"),
    "np.sqrt": Builtin("sqrt"),
    "np.abs": Builtin("abs"),
    "np.sum": Builtin("sum", (None,), reduces=True),
    "sum": Builtin("sum", (None,), reduces=True),
    "Sum": Builtin("sum", (None,), reduces=True),
    "tr": Builtin("trace", reduces=True),
    "Tr": Builtin("trace", reduces=True),
    "trace": Builtin("trace", reduces=True),
    "det": Builtin("det", reduces=True),
    "diag": Builtin("diag", reduces=True),
    "vec": Builtin("vec", reduces=True),
    "softmax": Builtin("softmax", (0,), reduces=True),
    "Softmax": Builtin("softmax", (0,), reduces=True),
    "log_softmax": Builtin("log_softmax", (0,), reduces=True),
    "logsoftmax": Builtin("log_softmax", (0,), reduces=True),
    "logsumexp": Builtin("logsumexp", (None,), reduces=True),
    "LSE": Builtin("logsumexp", (None,), reduces=True),
    "logdet": Builtin("logdet", reduces=True),
    "erf": Builtin("erf"),
    "gelu": Builtin("gelu"),
    "GELU": Builtin("gelu"),
    "elu": Builtin("elu"),
    "ELU": Builtin("elu"),
    "swish": Builtin("swish"),
    "SiLU": Builtin("swish"),
    "silu": Builtin("swish"),
    "softsign": Builtin("softsign"),
    "hinge": Builtin("hinge"),
    "max": Builtin("max", (None,), reduces=True),
    "min": Builtin("min", (None,), reduces=True),
    "mean": Builtin("mean", (None,), reduces=True),
    "\\mathbb{E}": Builtin("mean", (None,), reduces=True),
}
# Operators that a document declares for itself are commands of the same names: `\\tr`, `\\softmax`.
BUILTIN |= {f"\\{name}": builtin for name, builtin in BUILTIN.items() if name.isalpha()}

# Functions of two arguments, entry by entry.
BINARY: dict[str, str] = {
    "max": "maximum",
    "min": "minimum",
    "np.maximum": "maximum",
    "np.minimum": "minimum",
    "dot": "matmul",
    "np.dot": "matmul",
    "np.matmul": "matmul",
}


def builtin_of(name: Name) -> Builtin | None:
    """The operation that a written name means, with its subscripts or without."""
    return BUILTIN.get(key_of(name.base, None, name.sub)) or BUILTIN.get(name.base)
