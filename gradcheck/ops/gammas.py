"""The gamma function, its logarithm, and the derivatives of that: what log-likelihoods of counts are made of.

The derivative of each is the next, so the last that has a record, the trigamma function, is differentiated by
one that documents do not name. Values come from python-flint for every kind of number.
"""

from __future__ import annotations

from gradcheck.ops.number import gamma, log_gamma, polygamma
from gradcheck.ops.operation import Notation, elementwise, function_of, named

GAMMA = elementwise(
    "gamma",
    gamma,
    lambda x: gamma(x) * polygamma(0, x),
    lambda forms, x: forms.gamma(x),
    "gamma function, DLMF 5.2.1, with Γ' = Γ ψ",
    notation=function_of(r"\Gamma", "Γ"),
    domain="positive",
    names=("\\upGamma", "gammafn", "tgamma"),
)
LOG_GAMMA = elementwise(
    "log_gamma",
    log_gamma,
    lambda x: polygamma(0, x),
    lambda forms, x: forms.log_gamma(x),
    "logarithm of the gamma function",
    notation=Notation(r"\log\Gamma\left({0}\right)", "log Γ({0})", needs=(0,)),
    domain="positive",
    names=("lgamma", "gammaln", "loggamma", "lnGamma"),
)
DIGAMMA = elementwise(
    "digamma",
    lambda x: polygamma(0, x),
    lambda x: polygamma(1, x),
    lambda forms, x: forms.digamma(x),
    "digamma function ψ = Γ'/Γ, DLMF 5.2.2",
    notation=function_of(r"\psi", "ψ"),
    domain="positive",
    names=("\\uppsi", "digamma", "Digamma", "DiGamma"),
)
TRIGAMMA = elementwise(
    "trigamma",
    lambda x: polygamma(1, x),
    lambda x: polygamma(2, x),
    lambda forms, x: forms.trigamma(x),
    "trigamma function ψ', DLMF 5.15",
    notation=named("trigamma"),
    domain="positive",
    names=("trigamma", "Trigamma", "TriGamma"),
)

GAMMAS = (GAMMA, LOG_GAMMA, DIGAMMA, TRIGAMMA)
