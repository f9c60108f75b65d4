"""The timelines of whole courses, read aloud: sentences in both languages, no code, no id."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from callers import Counter
from whole_course import whole_course

from api.cli.claim_work import in_words
from claims.rules.timeline import KINDS

ID = re.compile(r"\b[a-z]{2}_[a-z2-7]{26}\b")
CODE = re.compile(r"[a-z0-9]+_[a-z0-9_]+")
ALONE = re.compile(
    r"\b(fund|insurer|bank|appraiser|policyholder|wilful|panel|income|counsel|final|interim|recovery)\b",
    re.ASCII,
)
"""Codes that are words: they may stand in an English sentence, never in a Chinese one."""
OWN_WORDS = re.compile(r"“[^”]*”|凭证[^。，]*")
"""What people said stands as they said it: between quotes, or as the reference of a payment."""


def _told(counter: Counter) -> list[Any]:
    """The timeline of each claim of the whole course, as the house hears it."""
    whole_course(counter)
    house = counter.caller["adjuster"]
    items = house.get("/v1/claims", limit=50)["items"]
    assert len(items) >= 7
    return [house.get(f"/v1/claims/{one['id']}/timeline") for one in items]


def _sentences(told: list[Any]) -> Iterator[tuple[str, str]]:
    for story in told:
        for one in story["happened"]:
            yield one["zh"], one["en"]
        for one in story["open"]:
            yield one["said_zh"], one["said_en"]


def _check_no_code_and_no_id(told: list[Any]) -> None:
    said = list(_sentences(told))
    assert len(said) > 150
    for zh, en in said:
        both = OWN_WORDS.sub("", zh + en)
        assert not ID.search(zh + en), zh + en
        assert not CODE.search(both), both
        assert not re.search(r"[{}\[\]]|not stated|未载明|2021:|2020:", both), both
        assert not ALONE.search(OWN_WORDS.sub("", zh)), zh
        assert zh.endswith("。")
        assert en.endswith(".")
        assert not re.search(r"[\u4e00-\u9fff]", OWN_WORDS.sub("", _without_names(en))), en


def _without_names(words: str) -> str:
    """Leave out what is Chinese by nature: people, firms and places of auction."""
    return re.sub(r"示范\w+|成员\d|法院网拍", "", words)


def _check_when_and_whose_turn(told: list[Any]) -> None:
    kinds = {one["kind"] for story in told for one in story["happened"]}
    assert kinds <= set(KINDS)
    assert len(kinds) > 45
    for story in told:
        days = [one["on"] for one in story["happened"]]
        assert all(before <= after for before, after in pairwise(days)), days
        for one in story["happened"]:
            assert re.match(r"\d{4}年\d{1,2}月\d{1,2}日，", one["zh"])
            assert re.match(r"On \d{1,2} [A-Z][a-z]+ \d{4}: ", one["en"])
        for one in story["open"]:
            assert one["who_zh"] in one["said_zh"]
            assert one["who_en"] in one["said_en"]
            assert ("no day is set" in one["said_en"]) == (one["due"] is None)
        aloud = in_words(story)
        assert f"({story['state_zh']} {story['state_en']})" in aloud
    raised = [one for story in told for one in story["happened"] if one["kind"] == "call_raised"]
    assert raised
    assert all("to be paid by" in one["en"] and "应于" in one["zh"] for one in raised)


def _check_calls_follow_their_settlement(told: list[Any]) -> None:
    for story in told:
        kinds = [one["kind"] for one in story["happened"]]
        settles = ("settled", "paid_on_account", "pool_filed", "recomputed")
        if "call_raised" in kinds:
            assert any(kind in kinds[: kinds.index("call_raised")] for kind in settles), kinds


@pytest.mark.slow
def test_the_whole_course_is_read_aloud(counter: Counter) -> None:
    told = _told(counter)
    _check_no_code_and_no_id(told)
    _check_when_and_whose_turn(told)
    _check_calls_follow_their_settlement(told)
