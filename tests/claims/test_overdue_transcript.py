"""From the first overdue day to the claim and an early payment, with the bank's own statement."""

import json
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import builders
import pytest
from builders import GOOD_CONDUCT, House, a_house, a_risk, cny
from sqlalchemy import Engine

from claims import store as claims
from claims.assess import Assessment, assess
from claims.claim_overdue import Claiming, claim_overdue
from claims.cover import cover_findings
from claims.dun import Demand, dun
from claims.facts import case_of
from claims.intervene import Agreement, intervene
from claims.overdue import store
from claims.overdue.duties import duties
from claims.read_transcript import Transcript, read_transcript
from claims.record_service import Service, record_service
from claims.report_overdue import OverdueNotice, report_overdue
from claims.rules.overdue import Step
from claims.rules.transcript.findings import Signed
from claims.rules.transcript.form import AccountForm
from claims.settle import settle
from kernel.period import add_months
from underwriting.record_event import record_events
from underwriting.watch.loan_form import LoanEventForm

OUT_ON = date(2025, 3, 10)
SINCE = date(2026, 3, 10)
TOLD = date(2026, 3, 12)
READ = date(2026, 4, 13)
LOAN = 300_000_000


@pytest.fixture(autouse=True)
def _papers(monkeypatch: pytest.MonkeyPatch) -> None:
    owed = {
        report_overdue: "overdue_receipt",
        dun: "dunning_letter",
        claim_overdue: "claim_receipt",
        intervene: "settlement_statement",
    }
    for act, kind in owed.items():
        monkeypatch.setitem(builders._PAPER_OF, act, kind)


@pytest.fixture
def house(engine: Engine) -> House:
    return a_house(engine)


def reported(house: House) -> Any:
    policy = house.policy(a_risk(loan={"contract": "HT-1", "day_count": "actual/360"}))
    forms = [
        {
            "key": "OUT", "kind": "disbursed", "happened_on": "2025-03-10",
            "principal": cny("3000000.00"),
        },
        {
            "key": "OD", "kind": "overdue", "happened_on": "2026-03-11", "since": "2026-03-10",
            "principal": cny("3000000.00"), "interest": cny("10150.00"),
        },
    ]  # fmt: skip
    read = [LoanEventForm.model_validate_json(json.dumps(one)) for one in forms]
    house.do(record_events, policy.id, read, on=TOLD)
    return policy, house.do(report_overdue, OverdueNotice(policy.id, "OD", SINCE), on=TOLD)


def a_statement(rate: float, *, wrong: int = 0) -> bytes:
    """A bullet at actual/360 whose interest was paid eleven times; penalty of one month."""
    rows = ["日期,摘要,借方,贷方,余额"]
    owed = 0

    def move(day: date, kind: str, minor: int, *, credit: bool = False) -> None:
        nonlocal owed
        owed += -minor if credit else minor
        text = f"{minor / 100:.2f}"
        sides = f",{text}" if credit else f"{text},"
        rows.append(f"{day},{kind},{sides},{owed / 100:.2f}")

    move(OUT_ON, "放款", LOAN)
    for month in range(1, 13):
        day, before = add_months(OUT_ON, month), add_months(OUT_ON, month - 1)
        interest = round(LOAN * rate * (day - before).days / 360)
        move(day, "结息", interest)
        if month < 12:
            move(day, "还款", interest, credit=True)
    last = round(LOAN * rate * 31 / 360)
    unpaid = owed - LOAN
    move(date(2026, 4, 10), "结息", last + wrong)
    move(date(2026, 4, 10), "罚息", round(LOAN * rate / 2 * 31 / 360))
    move(date(2026, 4, 10), "复利", round(unpaid * rate * 1.5 * 31 / 360))
    move(date(2026, 4, 12), "律师费", 5_000_00)
    return "\n".join(rows).encode("gb18030")


def test_a_whole_way_from_overdue_to_early_and_final_payment(house: House) -> None:
    policy, row = reported(house)
    rate = float(policy_rate(policy))
    house.do(dun, row.id, Demand(Step.BANK, "courier"), on=TOLD)
    house.do(record_service, row.id, 1, Service(TOLD, "EMS-1"), on=date(2026, 3, 13))
    house.refuse("no-transcript", claim_overdue, row.id, Claiming(), on=READ)
    sent = Transcript(AccountForm(), a_statement(rate), "流水.csv", signed=Signed("行长", READ))
    kept = house.do(read_transcript, row.id, sent, on=READ)
    assert kept.encoding == "gb18030"
    assert [one for one in kept.found["compared"] if one["differs_by"]] == []
    codes = [one["code"] for one in kept.findings]
    assert codes == ["penalty-stripped", "compound-interest-stripped"]
    asked = kept.found["claimed"]
    month = round(LOAN * rate * 28 / 360)  # the twelfth month, unpaid
    waiting = LOAN * rate * policy.contract["waiting_days"] / 360
    assert asked["principal"] == LOAN
    assert asked["costs"] == 500_000
    assert kept.found["interest_to_default"] == month
    assert abs(kept.found["interest_in_waiting"] - waiting) <= 3
    assert "day_count" not in kept.assumed  # the policy states it
    claim = house.do(claim_overdue, row.id, Claiming(("claim_form",)), on=READ)
    assert claim.default_date == SINCE
    assert claim.asked == {line: minor for line, minor in asked.items() if minor}
    assert set(claim.file["papers"]) == {"claim_form", "arrears_statement", "dunning_notices"}
    assert house.read(lambda s: store.overdue(s, row.id)).state == "claimed"
    _early(house, row, claim.id)
    papers = tuple(policy.contract["papers"])
    found = Assessment(papers=papers, conduct=GOOD_CONDUCT)
    house.do(assess, claim.id, found, on=date(2026, 5, 4))
    house.do(settle, claim.id, on=date(2026, 6, 1))
    done = house.read(lambda s: claims.claim(s, claim.id))
    assert done.state == "settled"
    assert done.approved["penalty"] == done.approved["compound_interest"] == 0
    assert house.settlement(claim).sequence == 2


def _early(house: House, row: Any, claim_id: str) -> None:
    """Half of the principal before the waiting period ends, by agreement of a senior."""
    agreed = Agreement({"principal": LOAN // 2}, READ, "the bank needs the money")
    on = date(2026, 4, 20)
    house.refuse("above-authority", intervene, row.id, agreed, on=on, authority="clerk")
    late = Agreement({"principal": 1}, on + timedelta(days=1), "x")
    house.refuse("invalid", intervene, row.id, late, on=on)
    house.refuse("waiting-over", intervene, row.id, agreed, on=date(2026, 6, 1))
    paid = house.do(intervene, row.id, agreed, on=on, authority="senior")
    assert (paid.purpose, paid.sequence) == ("early", 1)
    assert paid.paid_to_bank_minor > 0
    assert house.kinds("claim", claim_id)[-1] == "early_payment_agreed"
    codes = {one.code for one in house.read(lambda s: duties(s, claim_id, on))}
    assert {"overdue_notice", "dunning_bank", "waiting_period", "claim"} == codes


def test_early_payment_needs_a_claim(house: House) -> None:
    _, row = reported(house)
    agreed = Agreement({"principal": 1}, TOLD, "x")
    house.refuse("not-claimed", intervene, row.id, agreed, on=TOLD)


def test_an_unsigned_transcript_is_a_finding_and_ticks_no_paper(house: House) -> None:
    policy, row = reported(house)
    sent = Transcript(AccountForm(), a_statement(float(policy_rate(policy)), wrong=7_77))
    kept = house.do(read_transcript, row.id, sent, on=READ)
    assert [one["code"] for one in kept.findings][:2] == ["transcript-unsigned", "interest-differs"]
    (wrong,) = [one for one in kept.found["compared"] if one["differs_by"]]
    assert (wrong["on"], wrong["differs_by"]) == ("2026-04-10", 777)
    claim = house.do(claim_overdue, row.id, Claiming(("claim_form",)), on=READ)
    assert set(claim.file["papers"]) == {"claim_form"}
    better = Transcript(
        AccountForm(), a_statement(float(policy_rate(policy))), signed=Signed("x", READ)
    )
    again = house.do(read_transcript, row.id, better, on=READ)
    assert (again.sequence, again.signed_by) == (2, "x")


def test_a_transcript_signed_tomorrow_is_refused(house: House) -> None:
    policy, row = reported(house)
    content = a_statement(float(policy_rate(policy)))
    sent = Transcript(AccountForm(), content, signed=Signed("x", READ + timedelta(days=1)))
    house.refuse("invalid", read_transcript, row.id, sent, on=READ)


@pytest.mark.parametrize(
    "row",
    ["2026-04-14,interest,1,", *["2026-04-12,costs,900000000000000.00,\n" * 2]],
    ids=["ahead", "too much"],
)
def test_what_lies_ahead_or_cannot_be_kept_is_refused(house: House, row: str) -> None:
    _, case = reported(house)
    content = f"date,kind,debit,credit\n{row}\n".encode()
    sent = Transcript(AccountForm(), content)
    house.refuse("transcript", read_transcript, case.id, sent, on=READ)


def test_lines_that_cannot_be_read_are_named_and_nothing_is_kept(house: House) -> None:
    _, row = reported(house)
    content = b"date,kind,debit,credit\n2026-01-01,interest,abc,\n2026-13-01,interest,1,\n"
    refused = house.refuse(
        "transcript", read_transcript, row.id, Transcript(AccountForm(), content), on=READ
    )
    assert [fault.field for fault in refused.faults] == ["line 2", "line 3"]
    assert house.read(lambda s: store.newest_transcript(s, row.id)) is None


def test_a_report_in_time_is_the_notice_of_a_claim_that_comes_later(house: House) -> None:
    """Reported on the second day; claimed on the 34th, when ten days of notice are long over."""
    policy, row = reported(house)
    sent = Transcript(AccountForm(), a_statement(float(policy_rate(policy))))
    house.do(read_transcript, row.id, sent, on=READ)
    claim = house.do(claim_overdue, row.id, Claiming(), on=READ)
    assert (claim.file["reported_on"], claim.notified_on) == (TOLD.isoformat(), READ)
    assert "late-notice" not in [one["code"] for one in claim.findings]
    found = house.read(lambda s: cover_findings(s, case_of(s, claim.id), READ))
    assert "late-notice" not in [one.code for one in found]


def test_a_claim_that_nobody_reported_is_told_late_on_the_same_day(house: House) -> None:
    claim = house.claim(house.policy(), on=READ)
    assert "reported_on" not in claim.file
    assert "late-notice" in [one["code"] for one in claim.findings]


def policy_rate(policy: Any) -> Any:
    return Fraction(policy.contract["loan"]["annual_rate"])
