"""Papers come in: kept once, ticked, rejected with a reason, asked for once; clocks stand still."""

import hashlib
from datetime import date
from typing import Any

import pytest
from builders import ASSESSED, GOOD_CONDUCT, NOTIFIED, House, a_desk
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, func, select

from claims import store as claim_store
from claims.assess import Assessment, assess
from claims.close import close
from claims.facts import case_of
from claims.receive_paper import VERSIONS, Arrived, receive_paper
from claims.reject_paper import reject_paper
from claims.request_papers import NewFact, Request, request_papers
from claims.rules.deadline import Deadline
from claims.tables import ClaimRow
from claims.uploads import store
from claims.uploads.checklist import Listed, checklist
from claims.uploads.course import clocks
from claims.uploads.duties import duties
from claims.uploads.forms import TXT
from claims.uploads.tables import ClaimPaperRow, UploadRow
from kernel.db.engine import transact

HERE = ("claim_form", "loan_contract")
OUT = (
    "drawdown_slip",
    "arrears_statement",
    "dunning_notices",
    "pledge_certificate",
    "right_status",
)


def a_file(words: str = "paper") -> Arrived:
    content = words.encode()
    return Arrived(content, hashlib.sha256(content).hexdigest(), TXT)


def received(house: House, claim: ClaimRow, code: str, words: str = "", *, on: date) -> Any:
    return house.do(receive_paper, claim.id, code, a_file(words or code), on=on)


def clock(house: House, claim: ClaimRow, code: str) -> Deadline:
    found = house.read(lambda s: clocks(s, case_of(s, claim.id)))
    return next(one for one in found if one.code == code)


def row_of(house: House, claim: ClaimRow) -> ClaimRow:
    return house.read(lambda s: claim_store.claim(s, claim.id))


def paper(house: House, claim: ClaimRow, code: str) -> Listed:
    found = house.read(lambda s: checklist(s, case_of(s, claim.id)))
    return next(one for one in found if one.code == code)


@pytest.fixture
def claim(house: House) -> ClaimRow:
    """Notified on 12 March with two papers of seven."""
    return house.claim(house.policy(), papers=HERE)


def test_a_file_is_kept_once_and_ticks_its_paper(house: House, claim: ClaimRow) -> None:
    for code in OUT[:2]:
        received(house, claim, code, "the same scan", on=ASSESSED)
    shown = paper(house, claim, OUT[0])
    (version,) = shown.versions
    digest = hashlib.sha256(b"the same scan").hexdigest()
    assert (version.row.sha256, version.size, version.form) == (digest, 13, "txt")
    assert (shown.received_on, shown.zh, shown.en) == (ASSESSED, "放款凭证", "drawdown slip")
    counted = house.read(lambda s: s.exec(select(func.count()).select_from(UploadRow)).one())
    assert counted == 1
    row, upload = house.read(lambda s: store.content(s, claim.id, OUT[1], digest))
    assert (row.code, upload.content) == (OUT[1], b"the same scan")


def test_a_second_version_keeps_the_first_and_its_day(house: House, claim: ClaimRow) -> None:
    received(house, claim, OUT[0], "blurred", on=date(2026, 3, 13))
    again = received(house, claim, OUT[0], "blurred", on=date(2026, 3, 14))
    received(house, claim, OUT[0], "sharp", on=date(2026, 3, 15))
    shown = paper(house, claim, OUT[0])
    assert [one.row.sequence for one in shown.versions] == [1, 2]
    assert again.received_on == shown.received_on == date(2026, 3, 13)
    assert house.kinds("claim", claim.id).count("paper_received") == 2


def test_what_came_in_is_never_changed(house: House, claim: ClaimRow) -> None:
    received(house, claim, OUT[0], on=ASSESSED)
    house.do(reject_paper, claim.id, OUT[0], "blurred", on=ASSESSED)
    changes = (
        "UPDATE upload SET form = 'exe'",
        "DELETE FROM claim_paper",
        "UPDATE paper_rejection SET reason = 'none'",
    )
    for change in changes:
        with pytest.raises(IntegrityError, match="only grows"):
            transact(house.engine, lambda s, change=change: s.execute(text(change)))


def test_a_paper_of_no_list_and_of_a_closed_claim_is_refused(house: House, claim: ClaimRow) -> None:
    house.refuse("no-such-paper", receive_paper, claim.id, "../etc", a_file(), on=ASSESSED)
    house.refuse("no-such-claim", receive_paper, "cl_none", OUT[0], a_file(), on=ASSESSED)
    for code in OUT:
        received(house, claim, code, on=ASSESSED)
    fraud = Assessment(conduct={**GOOD_CONDUCT, "fraud_by_insured": True})
    house.do(assess, claim.id, fraud, on=ASSESSED)
    received(house, claim, OUT[0], "a cure", on=ASSESSED)
    house.refuse("claim-decided", reject_paper, claim.id, OUT[0], "late", on=ASSESSED)
    house.do(close, claim.id, "nothing more", on=ASSESSED)
    house.refuse("claim-closed", receive_paper, claim.id, OUT[0], a_file("x"), on=ASSESSED)


def test_versions_have_an_end(house: House, claim: ClaimRow) -> None:
    for number in range(VERSIONS):
        arrived = a_file(str(number))
        transact(
            house.engine,
            lambda s, a=arrived: receive_paper(s, claim.id, OUT[0], a, desk=a_desk(ASSESSED)),
        )
    house.refuse("too-many-versions", receive_paper, claim.id, OUT[0], a_file("x"), on=ASSESSED)


def test_the_clock_runs_on_from_the_day_the_last_paper_came(house: House, claim: ClaimRow) -> None:
    """Asked on the 16th, part on the 20th, the rest on the 26th, assessed in April: 10 days off."""
    house.do(request_papers, claim.id, Request(), on=ASSESSED)
    assert row_of(house, claim).state == "papers_requested"
    received(house, claim, OUT[0], on=date(2026, 3, 20))
    still = clock(house, claim, "assess")
    assert (still.due, still.stands_since, still.days_left(date(2026, 5, 1))) == (
        None,
        ASSESSED,
        26,
    )
    for code in OUT[1:]:
        received(house, claim, code, on=date(2026, 3, 26))
    assert row_of(house, claim).state == "notified"
    house.do(assess, claim.id, Assessment(conduct=GOOD_CONDUCT), on=date(2026, 4, 20))
    assert clock(house, claim, "assess").due == date(2026, 4, 21)
    assert clock(house, claim, "advance").due == date(2026, 5, 31)
    assert house.kinds("claim", claim.id).count("papers_complete") == 1


def test_the_first_request_asks_for_all_and_the_second_for_nothing_old(
    house: House, claim: ClaimRow
) -> None:
    named = Request(papers=(OUT[0],), extra={"police_report": "报案回执 police report"})
    row = house.do(request_papers, claim.id, named, on=ASSESSED)
    assert set(row.file["requested"]) == {*OUT, "police_report"}
    later = date(2026, 3, 30)
    awaited = house.refuse("asked-once", request_papers, claim.id, Request(), on=later)
    assert OUT[0] in awaited.faults[0].problem
    assert "police_report since 2026-03-16" in awaited.faults[0].problem
    assert "wait for them" in awaited.faults[0].cure
    for code in (*OUT, "police_report"):
        received(house, claim, code, on=date(2026, 3, 26))
    house.refuse("nothing-missing", request_papers, claim.id, Request(), on=later)
    more = {"bank_log": "账户流水 bank log"}
    house.refuse("asked-once", request_papers, claim.id, Request(extra=more), on=later)
    known = NewFact("借款人账户被冻结", date(2026, 3, 15))
    old = house.refuse(
        "asked-once", request_papers, claim.id, Request(extra=more, fact=known), on=later
    )
    assert "2026-03-16" in old.faults[0].cure
    house.refuse(
        "asked-once", request_papers, claim.id, Request(papers=OUT[:1], fact=known), on=later
    )


def test_a_new_fact_asks_for_more_and_its_pause_is_added(house: House, claim: ClaimRow) -> None:
    """10 days in March and 5 in April do not count: 12 March + 30 + 15 = 26 April."""
    house.do(request_papers, claim.id, Request(), on=ASSESSED)
    for code in OUT:
        received(house, claim, code, on=date(2026, 3, 26))
    fact = NewFact("法院冻结裁定 a freezing order was found", date(2026, 3, 31))
    more = Request(extra={"freezing_order": "冻结裁定 freezing order"}, fact=fact)
    house.do(request_papers, claim.id, more, on=date(2026, 4, 1))
    shown = paper(house, claim, "freezing_order")
    assert shown.received_on is None
    assert fact.words in shown.why[1]
    assert clock(house, claim, "assess").due is None
    twice = Request(papers=("freezing_order",), fact=fact)
    again = house.refuse("asked-once", request_papers, claim.id, twice, on=date(2026, 4, 2))
    assert "awaited" in again.faults[0].problem
    received(house, claim, "freezing_order", on=date(2026, 4, 6))
    assert clock(house, claim, "assess").due == date(2026, 4, 26)
    waiting_ended = date(2026, 5, 31)  # 26 March + 60 + 5 is the day before
    assert clock(house, claim, "advance").due == waiting_ended


def test_a_paper_rejected_is_missing_again(house: House, claim: ClaimRow) -> None:
    """Before the request: it is asked for with the others. After it: its own pause, once."""
    house.do(reject_paper, claim.id, HERE[0], "not signed", on=date(2026, 3, 13))
    assert HERE[0] not in row_of(house, claim).file["papers"]
    row = house.do(request_papers, claim.id, Request(), on=ASSESSED)
    assert set(row.file["requested"]) == {HERE[0], *OUT}
    for code in (HERE[0], *OUT):
        received(house, claim, code, on=date(2026, 3, 26))
    house.do(reject_paper, claim.id, OUT[0], "another loan", on=date(2026, 3, 28))
    assert row_of(house, claim).state == "papers_requested"
    house.refuse("paper-not-here", reject_paper, claim.id, OUT[0], "x", on=date(2026, 3, 28))
    house.refuse(
        "paper-rejected-before", receive_paper, claim.id, OUT[0], a_file(OUT[0]), on=ASSESSED
    )
    received(house, claim, OUT[0], "the right loan", on=date(2026, 3, 30))
    assert clock(house, claim, "assess").due == date(2026, 4, 23)  # 30 + 10 + 2
    house.do(reject_paper, claim.id, OUT[0], "a page is missing", on=date(2026, 4, 1))
    assert clock(house, claim, "assess").due == date(2026, 4, 23)
    shown = paper(house, claim, OUT[0])
    assert [one.rejected.reason for one in shown.versions if one.rejected] == [
        "another loan",
        "a page is missing",
    ]
    assert len(shown.rejections) == 2


def test_what_was_here_at_the_request_is_rejected_on_a_new_fact_only(
    house: House, claim: ClaimRow
) -> None:
    house.do(request_papers, claim.id, Request(), on=ASSESSED)
    later = date(2026, 3, 20)
    house.refuse("asked-once", reject_paper, claim.id, HERE[0], "not signed", on=later)
    house.refuse("invalid", reject_paper, claim.id, HERE[0], " ", on=later)
    fact = NewFact("签章系伪造 the seal is forged", later)
    house.do(reject_paper, claim.id, HERE[0], "forged", on=later, fact=fact)
    assert row_of(house, claim).file["requests"][-1]["fact"] == fact.words


def test_papers_asked_for_by_an_assessment_count_likewise(house: House, claim: ClaimRow) -> None:
    """An assessment asks on its own; uploads answer it, and a second request is held to it."""
    house.do(assess, claim.id, Assessment(), on=ASSESSED)
    more = Request(extra={"bank_log": "账户流水 bank log"})
    house.refuse("asked-once", request_papers, claim.id, more, on=date(2026, 3, 20))
    for code in OUT:
        received(house, claim, code, on=date(2026, 3, 26))
    accepted = house.do(assess, claim.id, Assessment(conduct=GOOD_CONDUCT), on=date(2026, 4, 2))
    assert accepted.state == "accepted"
    assert accepted.file["completed_on"] == "2026-03-26"
    assert clock(house, claim, "assess").due == date(2026, 4, 21)
    house.refuse("claim-move-not-allowed", request_papers, claim.id, more, on=date(2026, 4, 3))


def test_whose_turn_it_is(house: House, claim: ClaimRow) -> None:
    house.do(request_papers, claim.id, Request(), on=ASSESSED)
    told = {one.code: one for one in house.read(lambda s: duties(s, claim.id, ASSESSED))}
    assert (told["papers"].whose, told["papers"].done_on) == ("bank", None)
    assert "放款凭证" in told["papers"].zh
    assert "drawdown slip" in told["papers"].en
    assert told["papers"].due == date(2028, 3, 11)
    assert (told["assess"].whose, told["assess"].due) == ("insurer", None)
    assert "自2026-03-16起期限中止，余26天" in told["assess"].zh
    assert (told["notice"].whose, told["notice"].done_on) == ("bank", NOTIFIED)
    for code in OUT:
        received(house, claim, code, on=date(2026, 3, 26))
    done = {one.code: one for one in house.read(lambda s: duties(s, claim.id, ASSESSED))}
    assert done["papers"].done_on == date(2026, 3, 26)
    assert done["assess"].due == date(2026, 4, 21)


def test_an_acknowledgement_begins_limitation_anew(house: House) -> None:
    claim = house.accepted(house.policy())
    assert clock(house, claim, "limitation").due == date(2028, 3, 16)


def test_files_are_counted_by_claim(house: House, claim: ClaimRow) -> None:
    received(house, claim, OUT[0], on=ASSESSED)

    def counted(session: Session) -> int:
        return session.exec(select(func.count()).select_from(ClaimPaperRow)).one()

    assert house.read(counted) == 1


def test_a_claim_is_not_decided_while_a_paper_of_a_new_fact_is_out(
    house: House, claim: ClaimRow
) -> None:
    more = Request(extra={"freezing_order": "冻结裁定 freezing order"})
    house.do(request_papers, claim.id, more, on=ASSESSED)
    found = Assessment(papers=OUT, conduct=GOOD_CONDUCT)
    assert house.do(assess, claim.id, found, on=date(2026, 3, 20)).state == "papers_requested"
    last = Assessment(papers=("freezing_order",), conduct=GOOD_CONDUCT)
    assert house.do(assess, claim.id, last, on=date(2026, 3, 26)).state == "accepted"
    assert clock(house, claim, "assess").due == date(2026, 4, 21)


def test_a_name_with_a_blank_in_its_chinese_is_split_behind_it(
    house: House, claim: ClaimRow
) -> None:
    more = Request(extra={"log": "ATM 账户 流水 bank log"})
    house.do(request_papers, claim.id, more, on=ASSESSED)
    shown = paper(house, claim, "log")
    assert (shown.zh, shown.en) == ("ATM 账户 流水", "bank log")
