"""What the notice of recourse and the account of recoveries say."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from documents.blocks import Banner, Facts, Listing, Note
from documents.forms.recourse_notice import RecourseNotice
from documents.forms.recovery_account import Account, Moved, RecoveryAccount
from kernel.money import Money


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


NOTICE = RecourseNotice(
    number="CL-1-N1", insurer_name="示范保险", issued_on=date(2026, 6, 10), claim_number="CL-1",
    policy_number="PG-1", addressee="示范仪器有限公司", role="债务人 debtor", insured="示范银行",
    event_on=date(2026, 3, 11), basis="借款合同 loan contract HT-1", paid=cny(48_000_000),
    received=cny(5_000_000), taken=cny(43_000_000), asked=cny(43_000_000), share="全部 the whole",
    rights=("代位 subrogation",),
)  # fmt: skip
ACCOUNT = RecoveryAccount(
    number="CL-1-B", insurer_name="示范保险", issued_on=date(2026, 12, 31), claim_number="CL-1",
    policy_number="PG-1", opens_on=date(2026, 6, 1), closes_on=date(2026, 12, 31),
    accounts=(Account("fund", cny(0), cny(5_130_000), cny(5_360_000), cny(-230_000)),),
    moved=(Moved(date(2026, 9, 1), "fund", "R1", "recovered", cny(5_400_000), cny(0)),),
    rule="pro rata",
)  # fmt: skip


def block(form: Any, kind: type) -> Any:
    return next(one for one in form.blocks() if isinstance(one, kind))


def test_the_notice_says_first_what_is_asked_in_both_languages() -> None:
    banner = block(NOTICE, Banner)
    assert banner.value == "CNY 430,000.00"
    assert banner.lines[0] == "人民币肆拾叁万元整"
    assert banner.lines[1].startswith("Chinese Yuan four hundred")
    facts = {one.label.en: one.value for one in block(NOTICE, Facts).facts}
    assert facts["To"] == "示范仪器有限公司"
    assert [row[1] for row in block(NOTICE, Listing).rows] == [
        cny(48_000_000), cny(5_000_000), cny(43_000_000), cny(43_000_000),
    ]  # fmt: skip
    assert block(NOTICE, Note).lines == ("代位 subrogation",)


@pytest.mark.parametrize("changes", [{"taken": cny(48_000_001)}, {"asked": cny(43_000_001)}])
def test_a_notice_never_asks_for_more_than_passed(changes: dict[str, Money]) -> None:
    with pytest.raises(AssertionError):
        replace(NOTICE, **changes)


def test_the_account_shows_what_must_come_back_below_nought() -> None:
    stands, moved = (one for one in ACCOUNT.blocks() if isinstance(one, Listing))
    assert stands.rows == (("fund", cny(0), cny(5_130_000), cny(5_360_000), cny(-230_000)),)
    assert moved.rows[0][:3] == (date(2026, 9, 1), "fund", "R1\nrecovered")
    assert len(stands.columns) == len(stands.rows[0])
