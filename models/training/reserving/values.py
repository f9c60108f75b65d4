"""What a reserve is: its method, its cohorts and its sum, frozen."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Method(StrEnum):
    """How the part that is still to come is worked out."""

    CHAIN_LADDER = "chain_ladder"
    BORNHUETTER_FERGUSON = "bornhuetter_ferguson"
    CAPE_COD = "cape_cod"


@dataclass(frozen=True, slots=True)
class CohortReserve:
    """One cohort.

    Attributes:
        cohort: its period.
        age: ages seen.
        latest: amount to date.
        to_ultimate: factor from that age to the end.
        ultimate: expected in the end.
        ibnr: ultimate less latest; of a paid triangle it holds known unpaid claims too.
        mack_se: root of the mean squared error of ultimate (Mack 1993); None where it is not
            defined or not asked.
        loss_ratio: expected ratio to premium, for the methods that use one.
    """

    cohort: int
    age: int
    latest: float
    to_ultimate: float
    ultimate: float
    ibnr: float
    mack_se: float | None
    loss_ratio: float | None


@dataclass(frozen=True, slots=True)
class Reserve:
    """What is still to come, in all and by cohort; amounts in the triangle's currency.

    Attributes:
        method: how it was worked out.
        of: what the triangle adds up.
        ultimate: sum over cohorts.
        ibnr: sum over cohorts.
        mack_se: of the sum, cohorts correlated through the factors; None as for a cohort.
        factors: from each age to the next, `[ages - 1]`.
        sigmas: Mack's sigma of each factor; empty where he has no law.
        tail: from the last age to the end; 1 is none.
        cohorts: oldest first.
        notes: what a reader must know.
    """

    method: Method
    of: str
    ultimate: float
    ibnr: float
    mack_se: float | None
    factors: tuple[float, ...]
    sigmas: tuple[float, ...]
    tail: float
    cohorts: tuple[CohortReserve, ...]
    notes: tuple[str, ...]

    def json(self) -> dict[str, Any]:
        """The reserve as it is stored."""
        return asdict(self) | {"method": self.method.value}
