"""The bordereau, filled from what the books hold for one party of a scheme."""

from collections.abc import Iterable, Sequence
from datetime import date

from claims.account import Account, CameBack, Lost
from documents.forms.bordereau import Bordereau
from documents.forms.bordereau_rows import (
    BordereauTotals,
    SharedLoss,
    SharedRecovery,
    WrittenPolicy,
)
from kernel.money import Money
from kernel.sharing import Scheme
from underwriting.papers import parts
from underwriting.rules.contract import Contract
from underwriting.store import PolicyRow


def bordereau(
    of: Account,
    scheme: Scheme,
    premiums: Sequence[tuple[PolicyRow, int]],
    losses: Sequence[Lost],
    recoveries: Sequence[CameBack],
    *,
    number: str,
    insurer: str,
    on: date,
) -> Bordereau:
    """Return the account as it is printed: every column adds up to its total."""
    written = tuple(_written(of, row, minor) for row, minor in premiums)
    lost = tuple(_lost(of, one) for one in losses)
    back = tuple(_back(of, one) for one in recoveries)
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
        recoveries=back,
        totals=_totals(of.currency, written, lost, back),
    )


def _written(of: Account, row: PolicyRow, minor: int) -> WrittenPolicy:
    """Return a policy; its premium is the issuer's, and nobody else's."""
    contract = Contract.of(row.contract)
    return WrittenPolicy(
        number=row.number,
        policyholder=contract.policyholder,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        insured_sum=Money(row.sum_insured_minor, row.currency),
        premium=Money(minor, row.currency),
        own=Money(minor if contract.issuer == of.party else 0, row.currency),
    )


def _lost(of: Account, one: Lost) -> SharedLoss:
    called = one.call.amount_minor if one.call else 0
    paid_on = one.call.paid_on if one.call else None
    paid = paid_on is not None and paid_on <= of.closes_on
    return SharedLoss(
        claim_number=one.claim.number,
        policy_number=one.policy.number,
        settled_on=one.settlement.settled_on,
        whole=Money(one.whole, of.currency),
        own=Money(one.own, of.currency),
        called=Money(called, of.currency),
        unpaid=Money(0 if paid else called, of.currency),
    )


def _back(of: Account, one: CameBack) -> SharedRecovery:
    row = one.recovery
    own = Money(row.parts.get(of.party, 0), row.currency)
    net = Money(row.net_minor, row.currency)
    return SharedRecovery(one.claim.number, row.reference, one.booked_on, net, own)


def _totals(
    currency: str,
    written: Sequence[WrittenPolicy],
    lost: Sequence[SharedLoss],
    back: Sequence[SharedRecovery],
) -> BordereauTotals:
    def added(amounts: Iterable[Money]) -> Money:
        return Money(sum(one.minor for one in amounts), currency)

    return BordereauTotals(
        premium=added(one.premium for one in written),
        own_premium=added(one.own for one in written),
        whole=added(one.whole for one in lost),
        own_loss=added(one.own for one in lost),
        called=added(one.called for one in lost),
        unpaid=added(one.unpaid for one in lost),
        net=added(one.net for one in back),
        own_recovery=added(one.own for one in back),
    )
