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
    """One loss settled within the period, or the change of one that was settled before.

    Attributes:
        claim_number: of the claim.
        policy_number: of its policy.
        settled_on: day of the settlement.
        whole: the loss that was shared, or the change of it.
        own: of it, what the party bears.
        corrects: day of the settlement that it corrects; None where it is the first.
    """

    claim_number: str
    policy_number: str
    settled_on: date
    whole: Money
    own: Money
    corrects: date | None = None


@dataclass(frozen=True, slots=True)
class CallOpen:
    """A call on the party that the period moved, or that is open at its end.

    Attributes:
        claim_number: of the claim.
        sequence: of the call in its claim.
        raised_on: when it was raised.
        called: for how much in the period; below zero it was superseded, or is a refund.
        unpaid: what the party still owes of it at the end of the period.
    """

    claim_number: str
    sequence: int
    raised_on: date
    called: Money
    unpaid: Money


@dataclass(frozen=True, slots=True)
class SharedRecovery:
    """One recovery booked within the period, or the change of one that was booked before.

    Attributes:
        claim_number: of the claim.
        reference: of the recovery.
        booked_on: business date.
        net: after costs, or the change of it.
        own: of it, the party's.
        corrects: day of the booking that it corrects; None where it is the first.
    """

    claim_number: str
    reference: str
    booked_on: date
    net: Money
    own: Money
    corrects: date | None = None


@dataclass(frozen=True, slots=True)
class BordereauTotals:
    """The columns added up.

    Attributes:
        premium: net premium of the policies.
        own_premium: of it, the party's.
        whole: losses shared.
        own_loss: of them, the party's.
        called: what it was called for, less what is called for no more.
        unpaid: what it still owes at the end.
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
