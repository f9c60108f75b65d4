"""The rows of a bordereau, and its columns added up."""

from dataclasses import dataclass
from datetime import date

from kernel.money import Money


@dataclass(frozen=True, slots=True)
class WrittenPolicy:
    """Premium booked on one policy within the period.

    Attributes:
        number: of the policy.
        policyholder: who took it out.
        starts_on: first day of its cover.
        ends_on: last day of its cover.
        insured_sum: most that can be paid.
        premium: net of tax, booked in the period; below zero it was returned.
        own: of it, the party's.
    """

    number: str
    policyholder: str
    starts_on: date
    ends_on: date
    insured_sum: Money
    premium: Money
    own: Money


@dataclass(frozen=True, slots=True)
class SharedLoss:
    """One loss settled within the period.

    Attributes:
        claim_number: of the claim.
        policy_number: of its policy.
        settled_on: day of the settlement.
        whole: the loss that was shared.
        own: of it, what the party bears.
        called: of that, what it was called for; nothing where it pays by itself.
        unpaid: of the call, what it still owes at the end of the period.
    """

    claim_number: str
    policy_number: str
    settled_on: date
    whole: Money
    own: Money
    called: Money
    unpaid: Money


@dataclass(frozen=True, slots=True)
class SharedRecovery:
    """One recovery shared within the period: the net, and of it the party's."""

    claim_number: str
    reference: str
    booked_on: date
    net: Money
    own: Money


@dataclass(frozen=True, slots=True)
class BordereauTotals:
    """The columns added up.

    Attributes:
        premium: net premium of the policies.
        own_premium: of it, the party's.
        whole: losses shared.
        own_loss: of them, the party's.
        called: what it was called for.
        unpaid: what it still owes.
        net: recoveries after costs.
        own_recovery: of them, the party's.
    """

    premium: Money
    own_premium: Money
    whole: Money
    own_loss: Money
    called: Money
    unpaid: Money
    net: Money
    own_recovery: Money

    @property
    def balance(self) -> Money:
        """The party's premium and recoveries less its losses."""
        return self.own_premium - self.own_loss + self.own_recovery
