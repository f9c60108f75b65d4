"""A new loan for an old one: what looks like it, so that nobody guarantees old debt unawares."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from fractions import Fraction
from typing import Final

from kernel.finding import Effect, Finding
from underwriting.rules.contract import Contract
from underwriting.watch.consent_kind import ConsentKind
from underwriting.watch.consent_law import consent_law
from underwriting.watch.loan_event import LoanEvent
from underwriting.watch.loan_event import LoanEventKind as Kind

CLAUSE: Final = "wording: exclusions; refinanced loans were disputed up to retrial"
_PAYS = (Kind.REPAID, Kind.PREPAID)
_DRAWS = (Kind.DISBURSED, Kind.REDRAWN)


def suspected(events: Sequence[LoanEvent]) -> tuple[Finding, ...]:
    """Return a finding for each drawing that follows a repayment of nearly all within the window.

    `events` as `counting` gives them. A refinancing that is reported as one is no suspicion.
    """
    return tuple(_found(events))


def _found(events: Sequence[LoanEvent]) -> Iterator[Finding]:
    law = consent_law().old_for_new
    window, nearly_all = timedelta(days=law["days"]), Fraction(law["repaid"])
    for place, drawn in enumerate(events):
        if drawn.kind not in _DRAWS:
            continue
        back = [
            one
            for one in events[:place]
            if one.kind in _PAYS and drawn.happened_on - one.happened_on <= window
        ]
        before = [one for one in events[:place] if one.kind in _DRAWS]
        paid, out = sum(one.principal for one in back), sum(one.principal for one in before)
        if out and drawn.principal and paid >= nearly_all * out:
            yield Finding(
                "old-for-new-suspected", Effect.REFER,
                f"{drawn.key} draws on {drawn.happened_on} within {window.days} days after nearly "
                "all was paid back",
                f"{drawn.key}：归还大部分本金后 {window.days} 日内再次提款，疑为借新还旧",
                CLAUSE, "show where the money for the repayment came from",
            )  # fmt: skip


def stated_as(kind: ConsentKind, before: Contract, after: Contract, refinancing: object) -> str:
    """Return what terms come to that are asked as `kind`: `same`, `old_for_new`, or `plain`.

    A loan under another contract number, or one that says it repays another loan, is a new loan
    for an old one, whatever it is asked as.

    Args:
        kind: as it is asked.
        before: the terms of today.
        after: those asked for.
        refinancing: what the new proposal says of it.
    """
    new = refinancing is True or before.lent.contract != after.lent.contract
    if new is (kind is ConsentKind.OLD_FOR_NEW):
        return "same"
    return "old_for_new" if new else "plain"
