"""Sentences of a timeline: no code in the Chinese, nothing said that was not, nothing left out."""

import re
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from claims.calls.moves import Word
from claims.room.said import told_of
from claims.room.view import Side, View, heard
from claims.rules.disposal.bids import Bid, Bidding, why_invalid
from claims.rules.duty import Duty
from claims.rules.kinds.kind import CASH
from claims.rules.timeline import Open, Telling, tell, untold
from claims.rules.timeline.turn import Turn, turn_said
from claims.rules.timeline.words import Names

ON = date(2026, 6, 10)
PARTIES = {"fund": ("风险补偿资金", "the public fund"), "bank": ("银行", "the bank")}
CODES = {
    "appeal": ("二审抗辩费用", "defence, appeal"),
    "principal": ("本金", "principal"),
    "wilful": ("故意侵权", "the infringement was found to be wilful"),
    "CL-1-RR1:wilful": ("被诉故意侵权", "wilful infringement is alleged"),
}
NAMES = Names("CNY", {**CODES, **PARTIES}, PARTIES)


def said(kind: str, **noted: Any) -> Telling:
    kind_of = SimpleNamespace(pays_from=CASH)
    case: Any = SimpleNamespace(claim=SimpleNamespace(file={"papers": {}}), kind=kind_of)
    one = told_of(kind, ON, noted, case, {})
    return tell(one.kind, one.on, one.noted, NAMES)


def turn(zh: str, en: str, tongue: str, clause: str = "") -> Turn:
    one = Open(Duty("x", "insurer", zh, en, clause, None), late=False, days_left=None)
    return turn_said(one, NAMES, tongue)


@pytest.mark.parametrize(
    ("kind", "noted", "words"),
    [
        ("lot_part_paid", {"lot": "ZL-0", "gross_minor": 1, "left_minor": 2}, "of lot ZL-0"),
        ("lot_part_paid", {"gross_minor": 1, "left_minor": 2}, "the price, CNY 0.01"),
        ("lot_valued", {"lot": "ZL-0", "amount_minor": 1, "method": "income"},
         "at CNY 0.01, by the income approach."),
        ("recoveries_replayed", {"why": "x", "over_minor": 0}, "what was over is now CNY 0.00."),
        ("recoveries_replayed", {"why": "x", "over_minor": 5}, "in all CNY 0.05 is over"),
        ("lot_bid", {"lot": "ZL-0", "amount_minor": 1, "void": ""}, "for lot ZL-0."),
        ("lot_bid", {"lot": "ZL-0", "amount_minor": 1, "void": "no deposit was paid"},
         "; it is void: no deposit was paid."),
        ("transcript_read", {}, "A transcript of the loan account came in and was read."),
        ("transcript_read",
         {"lines": 12, "closes_on": "2026-05-31", "claimed": {"principal": 300_000_00},
          "signed_by": "王主任"},
         "signed by “王主任”; worked out from it for a claim: principal CNY 300,000.00."),
        ("counsel_asked", {"sequence": 1, "source": "panel", "name": "甲律所"}, "counsel, 甲律所"),
        ("counsel_refused", {"sequence": 1, "name": "甲律所", "reason": "dear"},
         "refused counsel 甲律所 of request 1, because: “dear”."),
        ("budget_answered",
         {"stage": "appeal", "asked_minor": 900, "consented_minor": 500, "reason": "dear"},
         "CNY 5.00, of CNY 9.00 asked, for this stage: appeal, because: “dear”."),
        ("budget_answered",
         {"stage": "appeal", "asked_minor": 500, "consented_minor": 500, "reason": ""},
         "CNY 5.00 for this stage: appeal."),
        ("accepted", {"approved": {"principal": 1}}, "approved principal CNY 0.01."),
        ("reserves_overtaken", {"indemnity": 100, "defence": 0}, "indemnity CNY 1.00 fell away"),
        ("rights_reserved", {"number": "CL-1-RR1", "grounds": ["wilful"]}, "is alleged."),
        ("denied", {"grounds": ["wilful"]}, "was found to be wilful."),
        ("denied", {"grounds": ["gone"], "worded": [{"zh": "由", "en": "why"}]}, ": why."),
    ],
)  # fmt: skip
def test_what_is_said(kind: str, noted: dict[str, Any], words: str) -> None:
    told = said(kind, **noted)
    assert words in told.en
    assert "not stated" not in told.en
    assert not re.search(r"未载明|[a-z]{2,}", re.sub(r"“[^”]*”", "", told.zh)), told.zh


def test_each_reason_why_a_bid_is_void_is_said_in_chinese() -> None:
    opens, closes = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 6, 2, tzinfo=UTC)
    terms = Bidding(100, 10, opens, closes)
    bids = ((99, opens, True), (100, closes.replace(day=3), True), (100, opens, False))
    for amount, at, paid in bids:
        void = why_invalid(Bid("1", "x", amount, at, paid), terms)
        told = said("lot_bid", lot="1", amount_minor=amount, void=void)
        assert "该报价无效：" in told.zh
        assert not re.search(r"[a-z]{2,}", told.zh), told.zh


def test_what_is_hidden_is_not_said_to_be_unstated() -> None:
    """A pool hears that another party disputes its call, and not why."""
    noted = {"party": "bank", "amount_minor": 2_000_000, "words": "why", "clause": "layers"}
    heard_of = heard(f"call_{Word.DISPUTED}", noted, View(Side.SEAT, frozenset({"fund"})))
    assert heard_of is not None
    told = said("call_disputed", **heard_of)
    assert told.en.endswith("The bank disputed CNY 20,000.00 of its call.")
    assert told.zh.endswith("银行对其中CNY 20,000.00提出异议。")


def test_a_kind_of_a_later_edition_leaves_no_english_in_the_chinese() -> None:
    assert not re.search(r"[A-Za-z]", untold("moved_on")["zh"])
    assert untold("moved_on")["en"] == "This was noted: moved on."


def test_a_party_within_a_chinese_text_is_named() -> None:
    assert turn("向fund返还追偿款", "give fund back", "zh").task == "向风险补偿资金返还追偿款"
    assert turn("向fund返还", "give fund back", "en").task == "give the public fund back"


def test_a_line_that_is_called_as_a_word_is_not_put_in_its_place() -> None:
    clause = "申诉办法 the house's rules of appeal"
    found = turn("答复第1次申诉", "answer appeal 1 by a new panel", "en", clause)
    assert found.task == "answer appeal 1 by a new panel"
    assert found.clause == "the house's rules of appeal"
