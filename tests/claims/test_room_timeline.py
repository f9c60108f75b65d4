"""The timeline: every kind of event has its sentence; what is open stands in its order."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import RECOVERED, SETTLED, House, a_risk, shipped, yuan
from money_moves import hand_over

from claims.answer_call import answer_call
from claims.calls import store as calls
from claims.calls.moves import Word
from claims.close import close
from claims.facts import case_of
from claims.room.story import story, waiting
from claims.room.view import Side, View, awaited
from claims.rules.disposal.moves import Lot
from claims.rules.duty import Duty
from claims.rules.overdue import State
from claims.rules.timeline import KINDS
from claims.rules.timeline.phrases import split_name
from kernel.db import books

CLAIMS = Path(__file__).parents[2] / "claims"
SCHEME = "zhongshan-2021"
NOTES = ("note", "_note")
FILLED = {
    "lot_": [lot.value for lot in Lot],
    "call_": [word.value for word in Word],
    "overdue_": [State.CURED, State.EXTENDED, State.LAPSED],
    "reserves_": ["approved", "refused", "overtaken"],
    "counsel_": ["consented", "refused"],
    "settlement_": ["consented", "refused"],
    "reservation_": ["lifted", "decided"],
    "appeal_": ["upheld", "changed", "dismissed"],
}
"""What an f-string that names a kind is filled with."""
BY_NAME = {"settled", "paid_on_account", "damages_for_delay", "pledgee_noted", "taken_over"}
"""Kinds that reach the trail as the value of a name."""
OF_OTHERS = {"report_issued", "seated"}
"""Kinds that are noted on another subject than a claim."""


def _noted() -> Iterator[str]:
    """Every kind of event that the code of claims notes, found in its text."""
    for file in CLAIMS.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call):
                continue
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            if name in NOTES:
                yield from _kinds(call)
            if isinstance(call.func, ast.Name) and name == "go":
                yield from (f"lot_{one}" for one in FILLED["lot_"])


def _kinds(call: ast.Call) -> Iterator[str]:
    for given in call.args[1:4]:
        for part in ast.walk(given):
            if isinstance(part, ast.Call | ast.Dict):
                break
            if isinstance(part, ast.JoinedStr):
                start = part.values[0].value
                yield from (f"{start}{one}" for one in FILLED[start])
                break
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value


def test_every_kind_that_is_noted_is_told() -> None:
    found = (set(_noted()) | BY_NAME) - OF_OTHERS
    assert len(found) > 50
    assert found - set(KINDS) == set()


def test_a_template_says_the_same_in_both_languages_and_ends_as_a_sentence() -> None:
    for kind, told in KINDS.items():
        assert set(told) == {"seen", "zh", "en"}, kind
        fields = [set(re.findall(r"\{([a-z_]+)\}", told[tongue])) for tongue in ("zh", "en")]
        assert fields[0] == fields[1], kind
        assert told["zh"].endswith("。")
        assert told["en"].endswith(".")
        assert told["seen"] in ("all", "house", "insured", "valuer", "party")


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        ("本金 principal", "本金", "principal"),
        ("借款合同（复印件） loan contract", "借款合同（复印件）", "loan contract"),
        ("只有中文", "只有中文", "只有中文"),
        ("A 类材料 class A paper", "A 类材料", "class A paper"),
    ],
)
def test_names_are_split_by_language(words: str, zh: str, en: str) -> None:
    assert split_name(words) == (zh, en)


def _told(house: House, claim: Any, view: View) -> Any:
    return house.read(lambda s: story(s, case_of(s, claim.id), view))


@pytest.fixture
def claim(house: House) -> Any:
    """Settled, its calls open."""
    house.pool(shipped(SCHEME), "fund", yuan("70000000.00"))
    return house.settled(house.policy(a_risk(cover={"scheme": SCHEME})))


def test_a_claim_is_a_story_from_notice_to_close(house: House, claim: Any) -> None:
    for call in house.read(lambda s: calls.unpaid(s, claim.id)):
        house.do(answer_call, call.id, SETTLED, None, on=SETTLED)
    house.recover(claim, "100000.00", "10000.00")
    for call in house.read(lambda s: calls.unpaid(s, claim.id)):
        house.do(answer_call, call.id, RECOVERED, None, on=RECOVERED)
    hand_over(house, claim)
    house.do(close, claim.id, "all is paid", on=RECOVERED)
    told = _told(house, claim, View(Side.HOUSE, frozenset()))
    trail = house.read(lambda s: books.events(s, books.Subject("claim", claim.id)))
    assert sorted(one.kind for one in told) == sorted(event.kind for event in trail)
    assert [one.on for one in told] == sorted(one.on for one in told)
    aloud = "\n".join(one.en for one in told)
    assert "On 1 September 2026: Money came back: a net CNY 90,000.00" in aloud
    assert aloud.splitlines()[-1] == (
        "On 1 September 2026: The claim was closed, because: “all is paid”."
    )
    for one in told:
        said = one.zh + one.en
        assert not re.search(r"[{}\[\]]|_minor|not stated|未载明", said), said
        assert re.match(r"\d{4}年\d{1,2}月\d{1,2}日，", one.zh)


def test_what_is_open_stands_by_its_last_day(house: House, claim: Any) -> None:
    on = date(2026, 8, 1)
    found = house.read(lambda s: waiting(s, claim.id, View(Side.HOUSE, frozenset()), on))
    days = [one.duty.due or date.max for one in found]
    assert days == sorted(days)
    pays = [one for one in found if one.duty.code.endswith("-pay")]
    rows = house.read(lambda s: calls.unpaid(s, claim.id))
    assert {one.duty.whose for one in pays} == {row.party for row in rows} != set()
    assert all(one.late and one.days_left == (one.duty.due - on).days < 0 for one in pays)
    signs = {one.duty.whose for one in found if one.duty.code.startswith("sign_1_")}
    assert signs == {party for party, minor in house.shares(claim).items() if minor}


def test_reserves_and_reasons_of_others_are_not_heard(house: House, claim: Any) -> None:
    house.recover(claim, "100000.00")
    seat = _told(house, claim, View(Side.SEAT, frozenset({"fund"})))
    insured = _told(house, claim, View(Side.INSURED, frozenset({"bank"})))
    assert not [one for one in (*seat, *insured) if one.kind.startswith("reserves_")]
    (own,) = [one for one in seat if one.kind == "recovered"]
    (whole,) = [one for one in insured if one.kind == "recovered"]
    assert "the public fund" in own.en
    assert "the bank" not in own.en
    assert "the bank" in whole.en
    raised = {one.party: one.en for one in seat if one.kind == "call_raised"}
    assert "under" in raised.pop("fund")
    assert raised
    assert not [words for words in raised.values() if "under" in words]


def test_a_seat_sees_of_what_is_open_its_own_and_what_is_everybodys(
    house: House, claim: Any
) -> None:
    """Others' calls and what the house owes others of a recovery are between the two."""
    house.recover(claim, "100000.00")  # the calls are unpaid: parts of it are set off

    def seen(view: View) -> dict[str, Duty]:
        found = house.read(lambda s: waiting(s, claim.id, view, RECOVERED))
        return {one.duty.code: one.duty for one in found}

    every = seen(View(Side.HOUSE, frozenset()))
    assert seen(View(Side.INSURED, frozenset({"bank"}))) == every
    fund = seen(View(Side.SEAT, frozenset({"fund"})))
    hidden = {code: one.party for code, one in every.items() if code not in fund}
    assert {"give_back_bank", "set_off_appraiser"} <= set(hidden)
    assert {code for code, one in every.items() if one.party not in ("", "fund")} == set(hidden)
    assert {"set_off_fund", "take_over", "sign_1_fund", "sign_1_appraiser"} <= set(fund)
    assert any(one.whose == "fund" and code.endswith("-pay") for code, one in fund.items())


@pytest.mark.parametrize(
    ("seen", "party", "by_seat"),
    [("all", "", True), ("insured", "", False), ("party", "bank", False), ("party", "fund", True)],
)
def test_what_is_awaited_is_seen_as_what_happened_is_heard(
    seen: str,
    party: str,
    by_seat: bool,  # noqa: FBT001 - what it says
) -> None:
    duty = Duty("x", "insurer", "", "", "", None, seen=seen, party=party)
    assert awaited(duty, View(Side.SEAT, frozenset({"fund"}))) is by_seat
    assert awaited(duty, View(Side.HOUSE, frozenset()))
    assert awaited(duty, View(Side.INSURED, frozenset({"bank"})))
