"""Functions by the names that the field gives them: one table from written name to operation.

To make a function known under another name, add a row. A row's operation applies entry by entry, or
takes the whole argument; `fixed` are operation attributes.
"""

from __future__ import annotations

from typing import Any, NamedTuple


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
}

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
