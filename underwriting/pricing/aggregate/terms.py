"""The terms of one cover, always applied in the order in which they are printed.

Of each event: retention, coinsurance, sublimit, limit. Of the year: aggregate (deductible, then
limit). Last our share. What a cover does not have is said in so many words: a retention of nought,
a limit of `math.inf`; leaving a term out says nothing and is refused.
"""

from dataclasses import dataclass
from math import inf, isfinite, isnan
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from kernel.errors import Fault, Invalid
from models.severity.laws.normal import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverTerms:
    """Who bears what of a year of events; every amount in minor units, as a float.

    Attributes:
        retention: borne by the insured of each event, first; 0 or more.
        copay: part of what is above the retention that the insured keeps, [0, 1).
        sublimit: most that this kind of loss is paid in one event, above 0; `inf` for none.
        limit: most that is paid in one event, above 0; `inf` for none.
        agg_deductible: payments of a year that the insured still bears, first; 0 or more.
        agg_limit: most that is paid in a year, above 0; `inf` for none.
        share: part of all that which is ours, (0, 1].
    """

    retention: float
    copay: float
    sublimit: float
    limit: float
    agg_deductible: float
    agg_limit: float
    share: float

    def __post_init__(self) -> None:
        """Refuse terms that no policy can have, all faults at once."""
        firsts = ("retention", "agg_deductible")
        limits = ("sublimit", "limit", "agg_limit")
        faults = [
            Fault(f"terms.{name}", f"is {getattr(self, name)}", "give an amount from zero up")
            for name in firsts
            if not (isfinite(getattr(self, name)) and getattr(self, name) >= 0)
        ]
        faults += [
            Fault(f"terms.{name}", f"is {getattr(self, name)}", "give an amount above zero")
            for name in limits
            if isnan(getattr(self, name)) or getattr(self, name) <= 0
        ]
        if not 0 <= self.copay < 1:
            cure = "give the insured's part, 0 or more and below 1"
            faults.append(Fault("terms.copay", f"is {self.copay}", cure))
        if not 0 < self.share <= 1:
            faults.append(Fault("terms.share", f"is {self.share}", "give our part within (0, 1]"))
        if faults:
            raise Invalid("invalid", *faults)

    @classmethod
    def none(cls) -> Self:
        """All of every loss: the cover that terms are then taken from (`dataclasses.replace`)."""
        return cls(
            retention=0.0, copay=0.0, sublimit=inf, limit=inf,
            agg_deductible=0.0, agg_limit=inf, share=1.0,
        )  # fmt: skip

    @property
    def cap(self) -> float:
        """Most that one event can cost us before the aggregate: min(sublimit, limit)."""
        return min(self.sublimit, self.limit)

    @property
    def most(self) -> float:
        """Most that a year can cost us: share x aggregate limit."""
        return self.share * self.agg_limit

    @property
    def only_events(self) -> bool:
        """Whether nothing of the year applies: no aggregate, and all is ours."""
        return self.agg_deductible == 0 and self.agg_limit == inf and self.share == 1

    def payment(self, losses: ArrayLike) -> FloatArray:
        """min(limit, min(sublimit, (1 - copay) x max(loss - retention, 0))), shape as `losses`.

        >>> from dataclasses import replace
        >>> terms = replace(CoverTerms.none(), retention=100.0, copay=0.2, limit=300.0)
        >>> terms.payment([50.0, 200.0, 900.0]).tolist()
        [0.0, 80.0, 300.0]
        """
        excess = np.maximum(np.asarray(losses, float) - self.retention, 0.0)
        return np.minimum(self.limit, np.minimum(self.sublimit, (1.0 - self.copay) * excess))

    def year(self, total: ArrayLike) -> FloatArray:
        """Share x min(agg_limit, max(total - agg_deductible, 0)) of a year's payments."""
        excess = np.maximum(np.asarray(total, float) - self.agg_deductible, 0.0)
        return self.share * np.minimum(self.agg_limit, excess)
