"""A later endorsement changes no figure of an earlier event or of a closed period.

A loan of 3,000,000.00 becomes one of 2,400,000.00 on 10 September 2025. The quota share and
excess of loss give the excess reinsurer 48 of 100 of what lies above half of the loan.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import builders
import pytest
from builders import House, a_desk, a_notice, a_risk, cny
from sqlmodel import Session

from claims.issue_report import preview_report
from claims.notify import notify
from claims.reports import records
from claims.reports.moved import Whose
from claims.reports.period import Asked
from claims.reports.reserved import Reserved, reserved_on
from claims.reports.templates import templates
from kernel.db.engine import transact
from underwriting.approve import approve
from underwriting.endorse import Change, change
from underwriting.history.proposal import Terms
from underwriting.store import PolicyRow

SCHEME = "example-qs-xl"
BEFORE, LESS_FROM, TODAY = date(2025, 8, 31), date(2025, 9, 10), date(2025, 12, 1)
HIT = date(2025, 8, 20)


def less(house: House, policy: PolicyRow) -> None:
    """The loan is smaller from the day on; a second person clears it."""
    risk = a_risk(loan={"amount": cny("2400000.00")}, cover={"scheme": SCHEME})
    asked = Change(Terms(risk=risk), LESS_FROM, "as the bank asks")
    desk = a_desk(LESS_FROM)
    first = transact(house.engine, lambda s: change(s, policy.id, asked, desk=desk))
    house.do(approve, first.quote_id, "looked into", on=LESS_FROM)
    cleared = replace(asked, terms=Terms(quote_id=first.quote_id))
    house.do(change, policy.id, cleared, on=LESS_FROM)


@pytest.fixture
def policy(house: House, monkeypatch: pytest.MonkeyPatch) -> PolicyRow:
    monkeypatch.setitem(builders._PAPER_OF, change, "endorsement")
    return house.policy(a_risk(cover={"scheme": SCHEME}))


def reserved(house: House) -> Reserved:
    of = Whose(SCHEME, "excess_reinsurer", "CNY")
    (one,) = house.read(lambda s: reserved_on(s, of, TODAY))
    return one


def test_a_pools_expected_part_is_worked_out_on_the_terms_of_the_event(
    house: House, policy: PolicyRow
) -> None:
    """Of 2,000,000.00 the insurer reserves 720,000.00; 48 of 100 above 1,500,000.00 are 240,000."""
    notice = a_notice(policy, default_date=HIT, known_on=HIT, asked={"principal": 200_000_000})
    house.do(notify, notice, on=HIT)
    then = reserved(house)
    assert (then.issuer, then.party) == (72_000_000, 24_000_000)
    less(house, policy)
    now = reserved(house)
    assert (now.issuer, now.party) == (then.issuer, then.party)


def closed(template: str = "supervisor-claims") -> Asked:
    whom = {"currency": "CNY"}
    return Asked(template=template, opens_on=date(2025, 1, 1), closes_on=BEFORE, whom=whom)


def test_the_sum_insured_of_a_closed_period_stays(house: House, policy: PolicyRow) -> None:
    def told() -> list[str]:
        found = house.read(lambda s: preview_report(s, closed(), desk=a_desk(TODAY)))
        return [one.value for one in found.figures if one.code == "sums"]

    (then,) = told()
    assert then == f"{policy.sum_insured_minor // 100}.{policy.sum_insured_minor % 100:02}"
    less(house, policy)
    assert told() == [then]


def test_a_bank_is_asked_for_once_and_a_receipt_where_rights_are_counted(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        house.policy(a_risk(cover={"scheme": SCHEME}))
    read: dict[str, list[Any]] = {"_own_npl": [], "_rights": []}
    for name, seen in read.items():
        plain = getattr(records, name)
        monkeypatch.setattr(
            records, name, lambda *args, p=plain, s=seen: (s.append(args), p(*args))[1]
        )

    def counted(template: str) -> tuple[int, int]:
        def act(session: Session) -> Any:
            return records.policies(session, closed(template), templates()[template])

        assert len(house.read(act)) == 2
        found = len(read["_own_npl"]), len(read["_rights"])
        read["_own_npl"].clear()
        read["_rights"].clear()
        return found

    assert counted("supervisor-claims") == (1, 0)
    assert counted("region-pilot") == (1, 2)
