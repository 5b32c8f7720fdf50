"""A two-layer net with a hand-written gradient, and its loss as a function that takes real numbers only.

The net is that of the derivations: one hidden layer, one output, m samples, cross entropy.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Parameters = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Network:
    """loss(parameters) -> number; gradient(parameters) -> structure of parameters; parameters: the point."""

    loss: Callable[[Parameters], Any]
    gradient: Callable[[Parameters], Parameters]
    parameters: Parameters

    @property
    def size(self) -> int:
        return sum(array.size for array in self.parameters.values())

    def real(self) -> "Network":
        """The same net with a loss that drops imaginary parts before it does anything."""
        return Network(
            lambda p: self.loss({name: np.real(array) for name, array in p.items()}),
            self.gradient,
            self.parameters,
        )

    def scaled(self, by: float) -> "Network":
        """The same net at parameters `by` times as large."""
        return Network(
            self.loss, self.gradient, {name: by * array for name, array in self.parameters.items()}
        )

    def planted(self, slip: Callable[[Parameters], None]) -> Callable[[Parameters], Parameters]:
        """The gradient with a slip, which changes its arrays in place."""

        def wrong(p: Parameters) -> Parameters:
            found = self.gradient(p)
            slip(found)
            return found

        return wrong


def sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def network(inputs: int = 3, hidden: int = 5, samples: int = 7, relu: bool = False, seed: int = 0) -> Network:
    """A net with normal weights on normal inputs."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(inputs, samples))
    y = (rng.random((1, samples)) > 0.5).astype(float)

    def activation(z: Any) -> Any:
        return z * (np.real(z) > 0) if relu else sigmoid(z)

    def forward(p: Parameters) -> tuple[Any, Any, Any]:
        z1 = p["W1"] @ x + p["b1"]
        a1 = activation(z1)
        return z1, a1, sigmoid(p["W2"] @ a1 + p["b2"])

    def loss(p: Parameters) -> Any:
        _, _, a2 = forward(p)
        return -np.mean(y * np.log(a2) + (1 - y) * np.log(1 - a2))

    def gradient(p: Parameters) -> Parameters:
        z1, a1, a2 = forward(p)
        d2 = (a2 - y) / samples
        d1 = (p["W2"].T @ d2) * ((z1 > 0) if relu else a1 * (1 - a1))
        return {
            "W1": d1 @ x.T,
            "b1": d1.sum(axis=1, keepdims=True),
            "W2": d2 @ a1.T,
            "b2": d2.sum(axis=1, keepdims=True),
        }

    parameters = {
        "W1": rng.normal(size=(hidden, inputs)) / inputs**0.5,
        "b1": 0.3 * rng.normal(size=(hidden, 1)),
        "W2": rng.normal(size=(1, hidden)) / hidden**0.5,
        "b2": 0.3 * rng.normal(size=(1, 1)),
    }
    return Network(loss, gradient, parameters)
