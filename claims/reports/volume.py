"""The volume behind a pool: what counts of each policy, what is owed, what has turned bad."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from claims.reports.standing import Stood
from kernel.money import round_half_up
from kernel.sharing import Eligible


@dataclass(frozen=True, slots=True)
class Volume:
    """What stands behind a pool; amounts in minor units.

    Attributes:
        policies: in force.
        eligible: of the loans, or sums insured, in force: what the scheme counts.
        secured: principal owed that IP secures, of loans in force.
        taken: what the scheme counts of all policies ever issued.
        reported: principal owed of loans that banks report.
        bad: of it, of loans graded as non-performing.
        unreported: loans in force that no bank reports.
    """

    policies: int
    eligible: int
    secured: int
    taken: int
    reported: int
    bad: int
    unreported: int

    @property
    def bad_ratio(self) -> Fraction | None:
        """Bad over owed of what is reported; None where nothing is reported to be owed."""
        return Fraction(self.bad, self.reported) if self.reported else None


def eligible_of(one: Stood, eligible: Eligible) -> int:
    """Return what a scheme counts of a policy: the loan or the part that IP secures, else the sum.

    Minor units, rounded half up.
    """
    share = one.ip_share if eligible is Eligible.IP_SHARE else Fraction(1)
    return round_half_up(one.terms.amount.minor * share)


def volume_of(behind: Sequence[Stood], eligible: Eligible) -> Volume:
    """Return the volume of policies as they stood on a day; those void count nowhere."""
    counted = [one for one in behind if one.state.contract is not None]
    held = [one for one in counted if one.in_force]
    owing = [one for one in counted if one.loan is not None and one.loan.owed > 0]
    return Volume(
        policies=len(held),
        eligible=sum(eligible_of(one, eligible) for one in held),
        secured=sum(one.secured or 0 for one in held),
        taken=sum(eligible_of(one, eligible) for one in counted),
        reported=sum(one.owed or 0 for one in owing),
        bad=sum(one.bad or 0 for one in owing),
        unreported=sum(one.loan is None and one.lent is not None for one in held),
    )
