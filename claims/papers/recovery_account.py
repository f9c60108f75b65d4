"""The account of recoveries of a claim, filled from its payees' accounts of a period."""

import re
from collections.abc import Sequence
from datetime import date

from claims.disposal.account import Balance, PayeeAccount
from claims.facts import Case
from documents.forms.recovery_account import Account, Moved, RecoveryAccount
from kernel.desk import Desk
from kernel.money import Money
from underwriting.papers import parts

_WHY = {
    "recovered": "追偿到账 recovered",
    "replayed": "重新分配 given back again",
    "paid": "已付 paid",
    "handed_back": "已退回 handed back",
}
_BROUGHT = (
    (re.compile(r"recovery (\d+) came in"), "第 {} 笔追偿到账 "),
    (re.compile(r"settlement (\d+)"), "第 {} 次结案 "),
)
"""What brings a later edition about, as the acts note it, and its Chinese words."""
_BELOW = (
    "期末应付为负数的，该方应退回相应款项。"
    " Where what is open is below nought, the payee must hand that much back."
)


def recovery_account(
    case: Case,
    accounts: Sequence[PayeeAccount],
    *,
    opens: date,
    closes: date,
    number: str,
    desk: Desk,
) -> RecoveryAccount:
    """Return the account as it is printed."""
    unit = case.claim.currency
    moved = [one for each in accounts for one in each.movements]
    return RecoveryAccount(
        number=number,
        insurer_name=desk.insurer,
        issued_on=desk.on,
        claim_number=case.claim.number,
        policy_number=case.policy.number,
        opens_on=opens,
        closes_on=closes,
        accounts=tuple(_account(one, unit) for one in accounts),
        moved=tuple(
            Moved(
                one.booked_on, one.payee, one.reference, _why(one.why),
                Money(one.due, unit), Money(one.given, unit),
            )
            for one in sorted(moved, key=lambda one: one.booked_on)
        ),
        rule=parts.RECOVERY_RULES[case.scheme.scheme.recovery],
        notes=(_BELOW,),
    )  # fmt: skip


def _why(noted: str) -> str:
    """Return why something moved in both languages; a reason that somebody gave is left as it is.

    >>> _why("recovery 4 came in")
    '第 4 笔追偿到账 recovery 4 came in'
    """
    for pattern, words in _BROUGHT:
        if found := pattern.fullmatch(noted):
            return words.format(found[1]) + noted
    return _WHY.get(noted, noted)


def _account(one: PayeeAccount, unit: str) -> Account:
    before, after = one.opening, one.closing
    return Account(
        after.payee,
        Money(_open(before), unit),
        Money(after.due - before.due, unit),
        Money(after.given - before.given, unit),
        Money(_open(after), unit),
    )


def _open(balance: Balance) -> int:
    return balance.due - balance.given
