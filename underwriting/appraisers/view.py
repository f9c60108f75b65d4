"""What a proposal is told of the appraiser of a right: a value that is frozen with the quote."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from underwriting.appraisers.law import RecordLaw
from underwriting.appraisers.record import RatioLaw


@dataclass(frozen=True, slots=True)
class AppraiserView:
    """An appraiser on one day.

    Attributes:
        name: as the proposal writes it.
        state: `listed`, `suspended`, or `unknown`: not on the register.
        reason: of that standing.
        cases: realised cases behind its record.
        unsold: of these.
        mean: mean ratio realised over appraised, shrunk.
        low: ratio that one case in ten does not pass.
        high: ratio that nine in ten do not pass.
        house_mean: mean ratio of all appraisers.
        credibility: weight of its own cases.
        thin: whether fewer cases are known than a record asks for.
        haircut: proposed cut of its values, per 1; nought where the record is not poor.
        law: version of the figures that weigh a record.
    """

    name: str
    state: str
    reason: str
    cases: int
    unsold: int
    mean: float
    low: float
    high: float
    house_mean: float
    credibility: float
    thin: bool
    haircut: float
    law: str

    def json(self) -> dict[str, Any]:
        """The view as it is frozen."""
        return asdict(self)

    @classmethod
    def of(cls, frozen: Mapping[str, Any]) -> Self:
        """Read a frozen view back."""
        return cls(**frozen)


def view(
    name: str, standing: tuple[str, str], own: RatioLaw, house: RatioLaw, law: RecordLaw
) -> AppraiserView:
    """Return what a proposal is told; `standing` is state and reason.

    The haircut brings a poor record down to what its own cases fetch beside the house's: 1 - own
    mean / house mean, only where the own mean is below `poor_below` of the house's.
    """
    part = own.mean / house.mean
    return AppraiserView(
        name=name,
        state=standing[0],
        reason=standing[1],
        cases=own.cases,
        unsold=own.unsold,
        mean=own.mean,
        low=own.quantile(0.1),
        high=own.quantile(0.9),
        house_mean=house.mean,
        credibility=own.credibility,
        thin=own.cases < law.thin_below,
        haircut=1.0 - part if part < law.poor_below else 0.0,
        law=law.version,
    )
