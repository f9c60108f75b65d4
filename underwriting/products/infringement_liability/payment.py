"""What one claim is paid, exactly: whole minor units, every term in the order printed.

The same order as `suit_terms`, which prices it; a test holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any, Self

from kernel.money import round_half_up
from underwriting.products.infringement_liability.suit_terms import STAGES
from underwriting.products.infringement_liability.wanted import Counsel

DAMAGES = "damages"
PARTS = (*STAGES, DAMAGES)
"""Parts of a claim in the order in which they bear the retention and are paid."""


class ClaimKind(StrEnum):
    """What a claim is, where terms differ by it."""

    SUIT = "suit"
    NPE = "npe"
    KNOWN = "known_matter"
    FAIR = "exhibition"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedTerms:
    """The terms of a claim; amounts in whole minor units, None for a term that is not agreed.

    Attributes:
        retention: borne by the insured first, once a claim.
        copay: part of the rest that the insured bears, [0, 1].
        caps: stage -> most of its cost.
        sublimit: most of the whole claim.
        limit: most any one claim.
        aggregate: most of all claims of the period.
        inside: whether defence cost erodes limit and aggregate; else it has its own of each.
    """

    retention: int
    copay: Fraction
    caps: Mapping[str, int | None]
    sublimit: int | None
    limit: int
    aggregate: int
    inside: bool

    @classmethod
    def of(cls, agreed: Mapping[str, Any], kind: ClaimKind, counsel: Counsel) -> Self:
        """Read what a contract freezes in `agreed`, for a kind of claim and the counsel used.

        Own counsel where panel counsel was agreed bears the copay of own counsel; panel counsel
        where own counsel was agreed lowers nothing.
        """
        panel = Counsel.PANEL.value == agreed["counsel"] and counsel is Counsel.PANEL
        terms = cls(
            retention=agreed["retention_minor"],
            copay=Fraction(agreed["copay_panel" if panel else "copay_off_panel"]),
            caps=agreed["stage_caps_minor"],
            sublimit=None,
            limit=agreed["limit_minor"],
            aggregate=agreed["aggregate_minor"],
            inside=agreed["defence"] == "inside",
        )
        if kind is ClaimKind.NPE:
            return replace(terms, sublimit=agreed["npe_sublimit_minor"])
        if kind is ClaimKind.KNOWN:
            return replace(terms, retention=terms.retention * agreed["higher_retention"])
        if kind is ClaimKind.FAIR:
            return replace(terms, retention=0, caps={}, sublimit=agreed["fair_sublimit_minor"])
        return terms


@dataclass(frozen=True, slots=True)
class Payment:
    """What a claim is paid by part, and why not more; minor units.

    Attributes:
        paid: part -> amount.
        cuts: (term, amount taken away), in the order applied.
        taken: term -> part -> what the term takes from it; nought is left out.
    """

    paid: Mapping[str, int]
    cuts: tuple[tuple[str, int], ...]
    taken: Mapping[str, Mapping[str, int]]

    @property
    def total(self) -> int:
        """All parts."""
        return sum(self.paid.values())


def pay(
    terms: AgreedTerms, loss: Mapping[str, int], *, used: int = 0, used_cost: int = 0
) -> Payment:
    """Return what one claim is paid, all demands of one cause together.

    Args:
        terms: of the claim.
        loss: part -> necessary and reasonable cost, or damages owed; minor units.
        used: of the aggregate, paid on other claims; of damages alone where defence is outside.
        used_cost: of the aggregate for cost where defence is outside.
    """
    steps = [
        ("retention", _less_first({part: loss.get(part, 0) for part in PARTS}, terms.retention))
    ]
    kept = 1 - terms.copay
    steps.append(("coinsurance", {p: round_half_up(kept * m) for p, m in steps[-1][1].items()}))
    capped = {
        part: minor if (cap := terms.caps.get(part)) is None else min(minor, cap)
        for part, minor in steps[-1][1].items()
    }
    steps.append(("stage_cap", capped))
    if terms.sublimit is not None:
        steps.append(("sublimit", _first(steps[-1][1], terms.sublimit)))
    steps.append(("limit", _towers(terms, steps[-1][1], terms.limit, terms.limit)))
    left, left_cost = max(0, terms.aggregate - used), max(0, terms.aggregate - used_cost)
    steps.append(("aggregate", _towers(terms, steps[-1][1], left, left_cost)))
    taken, before = {}, dict(loss)
    for name, after in steps:
        gone = {part: minor - after.get(part, 0) for part, minor in before.items()}
        taken[name] = {part: minor for part, minor in gone.items() if minor}
        before = after
    cuts = tuple((name, sum(gone.values())) for name, gone in taken.items())
    return Payment(steps[-1][1], cuts, taken)


def _towers(
    terms: AgreedTerms, amounts: Mapping[str, int], most: int, most_cost: int
) -> dict[str, int]:
    """Cut all parts together, or cost and damages each by its own."""
    if terms.inside:
        return _first(amounts, most)
    cost = {part: amounts[part] for part in STAGES}
    return {**_first(cost, most_cost), DAMAGES: min(amounts[DAMAGES], most)}


def _first(amounts: Mapping[str, int], most: int) -> dict[str, int]:
    """Return the part of each amount within the first `most` of their running total."""
    left, found = most, {}
    for name, minor in amounts.items():
        found[name] = min(minor, left)
        left -= found[name]
    return found


def _less_first(amounts: Mapping[str, int], most: int) -> dict[str, int]:
    first = _first(amounts, most)
    return {name: minor - first[name] for name, minor in amounts.items()}
