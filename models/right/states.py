"""The states of a right, and how its rates move it among them.

A living right has a standing (what the decisions so far left of it) and a phase (what goes on).
The twelve living states stand first, then three ends, then five counters: a counter is fed by a
flow and feeds nothing, so that an incidence or a mean time comes out of the same equations.
The generator is linear in `RATES`: Q = sum over r of rate[r] BASIS[r].
"""

from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


class Dispute(StrEnum):
    """What goes on about a right."""

    QUIET = "quiet"
    """Not asserted in the last years."""
    ASSERTED = "asserted"
    """Asserted in the last years; no challenge is pending."""
    CHALLENGED = "challenged"
    """A request against its validity is pending."""


class Standing(StrEnum):
    """What the decisions so far left of it."""

    UNTOUCHED = "untouched"
    """No challenge was ever decided."""
    UPHELD = "upheld"
    """It came through every challenge as a whole."""
    PARTLY_INVALID = "partly_invalid"
    """It lives on with a reduced scope."""


PHASES: Final = ("quiet", "answering", "asserted", "challenged")
"""`answering` is the time after an assertion in which the answer to it, a challenge, may come."""

RATES: Final = (
    "assertion", "new_suit", "background", "opposition", "lapse", "lapse_disputed", "nonuse",
    "answered", "unanswered", "calm", "wholly", "partly", "upheld",
)  # fmt: skip
"""Rates per year. `assertion` of a quiet right and `new_suit` of one asserted before; `background`
and `opposition` are challenges out of any other phase; `lapse` is of a quiet right,
`lapse_disputed` of one that is or was lately in dispute; `answered` and `unanswered` end the time
of answering with a challenge or without; `calm` ends the years after an assertion; `wholly`,
`partly` and `upheld` are the decisions on a pending challenge."""

LIVING: Final = len(Standing) * len(PHASES)
WHOLLY_INVALID, LAPSED, CANCELLED = range(LIVING, LIVING + 3)
ASSERTIONS, CHALLENGES, EVER_PARTLY, EVER_UPHELD, YEARS = range(LIVING + 3, LIVING + 8)
SIZE: Final = LIVING + 8


def place(standing: int, phase: int) -> int:
    """Index of a living state: standing 0 to 2, phase 0 to 3."""
    return len(PHASES) * standing + phase


def _basis() -> FloatArray:
    """One generator for each rate at 1 a year, shape [n_rates + 1, size, size]; last: the clock."""
    basis = np.zeros((len(RATES) + 1, SIZE, SIZE))
    for standing in range(len(Standing)):
        for rate, phase, to, counter in _moves(standing):
            here, matrix = place(standing, phase), basis[RATES.index(rate)]
            matrix[here, here] -= 1.0
            matrix[here, to] += 1.0
            if counter is not None:
                matrix[here, counter] += 1.0
    basis[-1, :LIVING, YEARS] = 1.0
    return basis


def _moves(standing: int) -> list[tuple[str, int, int, int | None]]:
    """(rate, from phase, to state, counter) of one standing."""
    quiet, answering, asserted, challenged = (place(standing, phase) for phase in range(4))
    upheld, partly = place(max(standing, 1), 2), place(2, 2)
    disputed = [("lapse_disputed", phase, LAPSED, None) for phase in range(1, 4)]
    unused = [("nonuse", phase, CANCELLED, None) for phase in range(4)]
    attacks = [
        (rate, phase, challenged, CHALLENGES)
        for rate in ("background", "opposition")
        for phase in range(3)
    ]
    return [
        ("assertion", 0, answering, ASSERTIONS),
        ("new_suit", 2, answering, ASSERTIONS),
        ("answered", 1, challenged, CHALLENGES),
        ("unanswered", 1, asserted, None),
        ("calm", 2, quiet, None),
        ("wholly", 3, WHOLLY_INVALID, None),
        ("partly", 3, partly, EVER_PARTLY if standing < 2 else None),  # noqa: PLR2004 - not twice
        ("upheld", 3, upheld, EVER_UPHELD if standing == 0 else None),
        *attacks,
        ("lapse", 0, LAPSED, None),
        *disputed,
        *unused,
    ]


BASIS: Final = _basis()
_FLAT: Final = BASIS.reshape(len(RATES) + 1, SIZE * SIZE)


def generator(rates: FloatArray) -> FloatArray:
    """Return Q, shape [..., size, size], of rates of shape [..., n_rates], per year."""
    moved: FloatArray = rates @ _FLAT[:-1] + _FLAT[-1]
    return moved.reshape(*rates.shape[:-1], SIZE, SIZE)
