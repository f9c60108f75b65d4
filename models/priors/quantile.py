"""Gamma and beta distribution functions and their quantiles, to 1e-11, without a library.

Both laws are log-concave on the scale that is used here (the logarithm of a gamma variable, the
logit of a beta variable), and so are the logarithms of both tails. Newton's method on the
logarithm of a tail, begun beyond the root on the side where the tail is thinner than asked,
therefore comes to the root from one side and cannot miss it.
"""

from collections.abc import Callable
from math import exp, expm1, inf, lgamma, log, log1p, sqrt

from kernel.errors import invalid

Tails = Callable[[float], tuple[float, float, float]]
"""y -> log of the lower tail, log of the upper tail, log of the density, all on the scale of y."""

_ENOUGH = 1e-16
_TINY = 1e-300
_TERMS = 1_000_000
_STEPS = 500
_NOISE = 1e-7
"""Steps grow smaller until the rounding of the tails is all that moves them."""
_HALF = 0.5
_STIRLING = 15.0
_FAR = 709.0
"""exp of more than this overflows."""


def gamma_cdf(x: float, shape: float, rate: float = 1.0) -> float:
    """P(X <= x) of a gamma with mean shape / rate: the regularised incomplete gamma P(a, bx).

    >>> round(gamma_cdf(1.0, 1.0), 12)  # 1 - 1/e
    0.632120558829
    """
    _check_positive(shape=shape, rate=rate)
    return exp(_gamma_tails(log(x * rate), shape)[0]) if x > 0.0 else 0.0


def beta_cdf(x: float, a: float, b: float) -> float:
    """P(X <= x) of a beta with mean a / (a + b): the regularised incomplete beta I_x(a, b).

    >>> round(beta_cdf(0.25, 2.0, 1.0), 12)  # x squared
    0.0625
    """
    _check_positive(a=a, b=b)
    if not 0.0 < x < 1.0:
        return float(x >= 1.0)
    return exp(_beta_tails(log(x) - log1p(-x), a, b)[0])


def gamma_quantile(p: float, shape: float, rate: float = 1.0) -> float:
    """The value that a gamma with mean shape / rate stays below with chance `p`.

    Args:
        p: above 0 and below 1.
        shape: above 0.
        rate: above 0.

    Raises:
        Invalid: an argument is out of its range.

    >>> round(gamma_quantile(0.5, 1.0, 2.0), 12)  # ln 2 / 2
    0.34657359028
    """
    _check_positive(shape=shape, rate=rate)
    _check_chance(p)
    if p <= _HALF:  # P(a, x) <= x^a / Gamma(a + 1): the root is not below this
        start = (log(p) + lgamma(shape + 1.0)) / shape
        y = _from_below(lambda y: _gamma_tails(y, shape), log(p), start)
    else:  # P(X > a + sqrt(2 a t) + t) <= e^-t: the root is not above this
        t = -log1p(-p)
        start = log(shape + sqrt(2.0 * shape * t) + t)
        y = _from_above(lambda y: _gamma_tails(y, shape), -t, start)
    return exp(y) / rate


def beta_quantile(p: float, a: float, b: float) -> float:
    """The value that a beta with mean a / (a + b) stays below with chance `p`.

    Args:
        p: above 0 and below 1.
        a: above 0.
        b: above 0.

    Raises:
        Invalid: an argument is out of its range.

    >>> round(beta_quantile(0.5, 2.0, 1.0), 12)  # sqrt(1/2)
    0.707106781187
    """
    _check_positive(a=a, b=b)
    _check_chance(p)
    spread = _log_beta(a, b)
    if p <= _HALF:  # the lower tail at logit y is at most e^(a y) / (a B)
        start = (log(p) + log(a) + spread) / a
        y = _from_below(lambda y: _beta_tails(y, a, b), log(p), start)
    else:
        start = -(log1p(-p) + log(b) + spread) / b
        y = _from_above(lambda y: _beta_tails(y, a, b), log1p(-p), start)
    return 1.0 / (1.0 + exp(-y)) if y > -_FAR else 0.0


def _check_positive(**given: float) -> None:
    for name, value in given.items():
        if not 0.0 < value < inf:
            raise invalid(name, f"{value} is not above zero", "give a finite number above zero")


def _check_chance(p: float) -> None:
    if not 0.0 < p < 1.0:
        raise invalid("p", f"{p} is no chance", "give a number above 0 and below 1")


def _from_below(tails: Tails, target: float, y: float) -> float:
    """Solve log lower tail = target from a start that is not above the root."""
    last = inf
    for _ in range(_STEPS):
        lower, _, density = tails(y)
        step = (target - lower) * exp(lower - density)
        y += step
        if step <= _ENOUGH * max(1.0, abs(y)) or last <= step < _NOISE:
            return y
        last = step
    raise AssertionError(f"no quantile for log tail {target}")


def _from_above(tails: Tails, target: float, y: float) -> float:
    """Solve log upper tail = target from a start that is not below the root."""
    return -_from_below(lambda z: _mirror(tails(-z)), target, -y)


def _mirror(tails: tuple[float, float, float]) -> tuple[float, float, float]:
    lower, upper, density = tails
    return upper, lower, density


def _gamma_tails(y: float, shape: float) -> tuple[float, float, float]:
    """Tails and density of log X at `y`, X gamma with rate 1.

    Series below the mean, continued fraction (modified Lentz) above it.
    """
    x = exp(y)
    density = shape * y - x - lgamma(shape)
    if x < shape + 1.0:
        lower = min(density + log(_gamma_series(x, shape)), -_TINY)
        return lower, _other(lower), density
    upper = min(density + log(_gamma_fraction(x, shape)), -_TINY)
    return _other(upper), upper, density


def _gamma_series(x: float, shape: float) -> float:
    """Sum of x^n / (a (a + 1) ... (a + n))."""
    term = total = 1.0 / shape
    for n in range(1, _TERMS):
        term *= x / (shape + n)
        total += term
        if term <= total * _ENOUGH:
            return total
    raise AssertionError(f"gamma series at {x}, {shape}")


def _gamma_fraction(x: float, shape: float) -> float:
    """1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / ...))."""
    b = x + 1.0 - shape
    d = 1.0 / b
    c, h = 1.0 / _TINY, d
    for n in range(1, _TERMS):
        part = -n * (n - shape)
        b += 2.0
        d = 1.0 / _away(part * d + b)
        c = _away(b + part / c)
        h *= d * c
        if abs(d * c - 1.0) <= 4.0 * _ENOUGH:
            return h
    raise AssertionError(f"gamma fraction at {x}, {shape}")


def _beta_tails(y: float, a: float, b: float) -> tuple[float, float, float]:
    """Tails and density of logit X at `y`, X beta."""
    log_x, log_rest = -_softplus(-y), -_softplus(y)
    density = a * log_x + b * log_rest - _log_beta(a, b)
    x = exp(log_x)
    if x < (a + 1.0) / (a + b + 2.0):
        lower = min(density - log(a) + log(_beta_fraction(x, a, b)), -_TINY)
        return lower, _other(lower), density
    upper = min(density - log(b) + log(_beta_fraction(exp(log_rest), b, a)), -_TINY)
    return _other(upper), upper, density


def _beta_fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of I_x(a, b) by modified Lentz; quick for x below (a+1)/(a+b+2)."""
    c, d = 1.0, 1.0 / _away(1.0 - (a + b) * x / (a + 1.0))
    h = d
    for n in range(1, _TERMS):
        even = n * (b - n) * x / ((a + 2 * n - 1) * (a + 2 * n))
        odd = -(a + n) * (a + b + n) * x / ((a + 2 * n) * (a + 2 * n + 1))
        for part in (even, odd):
            d = 1.0 / _away(1.0 + part * d)
            c = _away(1.0 + part / c)
            h *= d * c
        if abs(d * c - 1.0) <= 4.0 * _ENOUGH:
            return h
    raise AssertionError(f"beta fraction at {x}, {a}, {b}")


def _log_beta(a: float, b: float) -> float:
    """Log B(a, b); where one is large, without the difference of two large lgammas."""
    a, b = sorted((a, b))
    if b < _STIRLING:
        return lgamma(a) + lgamma(b) - lgamma(a + b)
    power = -a * log(b) - (a + b - 0.5) * log1p(a / b) + a
    return lgamma(a) + power + _stirling(b) - _stirling(a + b)


def _stirling(z: float) -> float:
    """What Stirling's formula leaves of lgamma: 1/12z - 1/360z^3 + 1/1260z^5 - 1/1680z^7."""
    w = 1.0 / (z * z)
    return (1.0 / 12.0 - w * (1.0 / 360.0 - w * (1.0 / 1260.0 - w / 1680.0))) / z


def _other(log_tail: float) -> float:
    """log(1 - e^t) for t below nought, without loss at either end."""
    return log(-expm1(log_tail)) if log_tail > -_HALF else log1p(-exp(log_tail))


def _softplus(y: float) -> float:
    """log(1 + e^y)."""
    return max(y, 0.0) + log1p(exp(-abs(y)))


def _away(value: float) -> float:
    """Keep a denominator of a continued fraction away from nought."""
    return value if abs(value) > _TINY else _TINY
