"""The bordereau, filled from what the books hold for one party of a scheme."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from claims.reports.account import Account, Lost, WrittenOn
from claims.reports.booked_calls import CalledIn
from claims.reports.editions import CameBack
from documents.forms.bordereau import Bordereau
from documents.forms.bordereau_rows import (
    BordereauTotals,
    CallOpen,
    SharedLoss,
    SharedRecovery,
    WrittenPolicy,
)
from kernel.money import Money
from kernel.sharing import Scheme
from underwriting.papers import parts


@dataclass(frozen=True, slots=True)
class Booked:
    """What was booked for a party in a period: premiums, losses, calls, recoveries."""

    premiums: Sequence[WrittenOn]
    losses: Sequence[Lost]
    calls: Sequence[CalledIn]
    recoveries: Sequence[CameBack]


def bordereau(
    of: Account, scheme: Scheme, booked: Booked, *, number: str, insurer: str, on: date
) -> Bordereau:
    """Return the account as it is printed: every column adds up to its total."""
    written = tuple(_written(of, one) for one in booked.premiums)
    lost = tuple(_lost(of, one) for one in booked.losses)
    called = tuple(_called(of, one) for one in booked.calls)
    back = tuple(_back(of, one) for one in booked.recoveries)
    return Bordereau(
        number=number,
        insurer_name=insurer,
        issued_on=on,
        scheme_code=scheme.code,
        scheme_title=scheme.title,
        party=of.party,
        role=parts.ROLES[scheme.roles[of.party]],
        opens_on=of.opens_on,
        closes_on=of.closes_on,
        policies=written,
        losses=lost,
        calls=called,
        recoveries=back,
        totals=BordereauTotals(
            premium=_added(of, (one.premium for one in written)),
            own_premium=_added(of, (one.own for one in written)),
            whole=_added(of, (one.whole for one in lost)),
            own_loss=_added(of, (one.own for one in lost)),
            called=_added(of, (one.called for one in called)),
            unpaid=_added(of, (one.unpaid for one in called)),
            net=_added(of, (one.net for one in back)),
            own_recovery=_added(of, (one.own for one in back)),
        ),
    )


def _written(of: Account, one: WrittenOn) -> WrittenPolicy:
    """Return a policy; its premium is the issuer's, and nobody else's."""
    terms = one.terms
    return WrittenPolicy(
        number=one.policy.number,
        policyholder=terms.policyholder,
        starts_on=terms.period.start,
        ends_on=terms.period.end,
        insured_sum=terms.sum_insured,
        premium=Money(one.minor, of.currency),
        own=Money(one.minor if terms.issuer == of.party else 0, of.currency),
    )


def _lost(of: Account, one: Lost) -> SharedLoss:
    return SharedLoss(
        claim_number=one.claim.number,
        policy_number=one.policy.number,
        settled_on=one.settlement.settled_on,
        corrects=one.before_on,
        whole=Money(one.whole, of.currency),
        own=Money(one.own, of.currency),
    )


def _called(of: Account, one: CalledIn) -> CallOpen:
    called, unpaid = Money(one.called, of.currency), Money(one.unpaid, of.currency)
    return CallOpen(one.claim, one.sequence, one.raised_on, called, unpaid)


def _back(of: Account, one: CameBack) -> SharedRecovery:
    return SharedRecovery(
        claim_number=one.claim.number,
        reference=one.recovery.reference,
        booked_on=one.booked_on,
        corrects=one.corrects,
        net=Money(one.net, of.currency),
        own=Money(one.own(of.party), of.currency),
    )


def _added(of: Account, amounts: Iterable[Money]) -> Money:
    return Money(sum(one.minor for one in amounts), of.currency)
