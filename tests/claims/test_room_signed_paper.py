"""The paper of shares signed: who signed and when, each dissent with its reason, to every party."""

from typing import Any

import pytest
from builders import SETTLED, House, a_desk, a_risk, shipped, yuan
from sqlmodel import select

from claims.dissent import Dissent, dissent
from claims.facts import case_of
from claims.issue_claim_paper import issue_claim_paper
from claims.names import scheme_name
from claims.room.sealed import settlement_sha256
from claims.room.view import Side, View
from claims.sign_share import Signature, sign_share
from documents.render import render
from documents.stated import read_stated
from kernel.db import books
from kernel.db.engine import transact
from kernel.db.tables import OutboxRow

SCHEME = "zhongshan-2021"
WHY = "评估值在放款前已失效 the value had lapsed before the loan was paid out"
CLAUSE = "管理办法第十二条 art. 12"


@pytest.fixture
def claim(house: House) -> Any:
    house.pool(shipped(SCHEME), "fund", yuan("70000000.00"))
    return house.settled(house.policy(a_risk(cover={"scheme": SCHEME})))


def _seat(party: str) -> View:
    return View(Side.SEAT, frozenset({party}))


def _sign(house: House, claim: Any, party: str) -> None:
    row = house.settlement(claim)
    sha256 = house.read(lambda s: settlement_sha256(s, row))
    house.do(
        sign_share, claim.id, Signature(party, 1, sha256, "基金经办人"), view=_seat(party),
        on=SETTLED,
    )  # fmt: skip


def _dissent(house: House, claim: Any, party: str) -> None:
    said = Dissent(party, 1, WHY, CLAUSE, "评估师")
    house.do(dissent, claim.id, said, view=_seat(party), on=SETTLED)


def _papers(house: House, claim: Any, kind: str) -> list[Any]:
    subject = books.Subject("claim", claim.id)
    rows = house.read(lambda s: books.documents(s, subject))
    found = sorted((one for one in rows if one.kind == kind), key=lambda one: one.number)
    return [read_stated(one.stated) for one in found]


def _decision(house: House, claim: Any) -> None:
    desk = a_desk(SETTLED)
    transact(house.engine, lambda s: issue_claim_paper(s, claim.id, "decision_letter", desk=desk))


def test_each_word_gives_a_paper_that_says_all_so_far(house: House, claim: Any) -> None:
    _sign(house, claim, "fund")
    _dissent(house, claim, "appraiser")
    first, second = _papers(house, claim, "signed_statement")
    assert first.dissents == ()
    assert [one.on for one in first.signed if one.on] == [SETTLED]
    shares = {party: minor for party, minor in house.shares(claim).items() if minor}
    assert sorted(one.borne.minor for one in second.signed) == sorted(shares.values())
    assert sum(one.borne.minor for one in second.signed) == second.eligible.minor
    said = {one.party: (one.stands, one.name) for one in second.signed}
    assert said["风险补偿资金 the public fund"] == ("已签署 signed", "基金经办人")
    assert said["评估机构 the appraiser"] == ("不同意见 dissents", "评估师")
    assert said["银行 the bank"] == ("尚未签署 not signed yet", "")
    (kept,) = second.dissents
    assert (kept.reason, kept.clause, kept.on) == (WHY, CLAUSE, SETTLED)
    assert render(second).pages <= 2


def test_a_party_that_signs_after_all_dissents_no_more(house: House, claim: Any) -> None:
    _dissent(house, claim, "fund")
    _sign(house, claim, "fund")
    first, second = _papers(house, claim, "signed_statement")
    assert [one.reason for one in first.dissents] == [WHY]
    assert second.dissents == ()
    assert [one.stands for one in second.signed if one.on] == ["已签署 signed"]


def test_every_party_that_bears_is_sent_it(house: House, claim: Any) -> None:
    _dissent(house, claim, "appraiser")
    sent = house.read(lambda s: s.exec(select(OutboxRow)).all())
    told = [one.payload for one in sent if one.topic == "signed_statement"]
    bears = {party for party, minor in house.shares(claim).items() if minor}
    assert {one["party"] for one in told} == bears - {"uncovered"}
    assert {one["paper"] for one in told} == {f"{claim.number}-S1-G1"}


def test_the_decision_says_who_signed_and_who_dissents(house: House, claim: Any) -> None:
    _decision(house, claim)
    _sign(house, claim, "fund")
    _dissent(house, claim, "appraiser")
    _decision(house, claim)
    before, after = _papers(house, claim, "decision_letter")
    assert before.dissents == ()
    assert not [one for one in before.signed if one.on]
    assert [one.reason for one in after.dissents] == [WHY]
    assert [one.name for one in after.signed if one.stands == "已签署 signed"] == ["基金经办人"]
    assert before.approved == after.approved


def test_a_scheme_is_called_by_its_title_in_each_language(house: House, claim: Any) -> None:
    title = house.read(lambda s: case_of(s, claim.id)).scheme.scheme.title
    zh, en = scheme_name(title)
    assert zh.startswith("中山")
    assert en.startswith("Zhongshan")
    assert scheme_name("Own account") == ("Own account", "Own account")
