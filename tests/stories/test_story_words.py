"""The reader of stories tells right from wrong: a story that says something else must fail."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from story_book import FOLDER, NAMES, Milestone, read_story
from story_ends import _faults, _missed
from story_papers import write_story
from story_teller import tell_story
from story_words import StoryError, differences, filled, refusal_differs, value_at

CALLS = {
    "items": [{"party": "fund", "paid": {"amount": "7.00", "currency": "CNY"}}, {"party": "a"}]
}
PROBLEM = {"code": "invalid", "errors": [{"field": "amount", "problem": "is off", "cure": "pay 7"}]}
REFUSED = {"status": 422, "code": "invalid", "field": "amount", "cure": "pay 7"}


def test_a_place_is_found_by_name_by_number_and_by_what_stands_there() -> None:
    assert value_at(CALLS, "items.1.party") == "a"
    assert value_at(CALLS, "items[party=fund].paid.amount") == "7.00"
    assert value_at(CALLS, "items.#") == 2


@pytest.mark.parametrize("place", ["item", "items[party=bank]", "items.0.due", "items.0.party.x"])
def test_a_place_that_is_not_there_is_a_fault(place: str) -> None:
    with pytest.raises(StoryError):
        value_at(CALLS, place)


def test_answers_amounts_days_and_files_are_put_in() -> None:
    sent = {"id": "$calls.items.0.party", "sum": ["CNY 12.50"], "on": date(2026, 3, 2), "n": 1}
    found = filled(sent, {"calls": CALLS})
    whole = {"amount": "12.50", "currency": "CNY"}
    assert found == {"id": "fund", "sum": [whole], "on": "2026-03-02", "n": 1}
    assert filled("CNY 12.5 more", {}) == "CNY 12.5 more"
    assert filled("@default-statement.csv", {}).isascii()


def test_what_comes_out_otherwise_is_named_with_both_values() -> None:
    good = {"items[party=fund].paid": "CNY 7.00", "items.#": 2}
    assert differences(good, CALLS, {}) == []
    (found,) = differences({"items[party=fund].paid": "CNY 7.01"}, CALLS, {})
    assert found == "items[party=fund].paid: CNY 7.00 instead of CNY 7.01"
    assert len(differences({"items.#": 3, "nowhere": 1}, CALLS, {})) == 2


def test_a_refusal_is_compared_by_status_code_field_and_cure() -> None:
    assert refusal_differs(REFUSED, 422, PROBLEM) == []
    assert refusal_differs(REFUSED, 409, PROBLEM)
    for name, other in (("code", "conflict"), ("field", "price"), ("cure", "pay 8")):
        assert refusal_differs({**REFUSED, name: other}, 422, PROBLEM), name


def test_a_sentence_is_no_sentence_with_a_code_or_a_gap() -> None:
    good = {"zh": "2026年3月2日，赔案结案。", "en": "On 2 March 2026: The claim was closed."}
    assert _faults(good) == []
    for name, other in (
        ("en", "On 2 March 2026: The claim was closed"),
        ("en", "On 2 March 2026: The stage before_acceptance."),
        ("zh", "2026年3月2日，原因：（未载明）。"),
        ("en", "On 2 March 2026: This was noted: closed."),
    ):
        assert _faults({**good, name: other}), other


def test_milestones_are_told_in_their_order() -> None:
    days = (date(2026, 3, 2), date(2026, 3, 3))
    happened = [{"on": day.isoformat(), "en": "closed", "zh": "结案"} for day in days]
    first, second = (Milestone(day, "closed", "结案") for day in days)
    assert _missed((first, second), happened) == []
    assert len(_missed((second, first), happened)) == 1
    assert len(_missed((replace(first, zh="x"),), happened)) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_story_is_worked_out_and_refuses_something(name: str) -> None:
    """Every story has figures with how they were found, refusals with a cure, and milestones."""
    story = read_story(name)
    assert sum(bool(step.worked) for step in story.steps) >= 6
    refused = [step.refused for step in story.steps if step.refused]
    assert len(refused) >= 3
    assert all(len(one["cure"]) > 3 for one in refused), "each says what would help"
    assert len(story.told) >= 14
    who = {step.who for step in story.steps}
    assert {"underwriter", "adjuster"} < who
    assert who & {"bank", "firm"}


def test_every_story_of_the_folder_is_run() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(NAMES)


def test_a_wrong_figure_stops_the_story_at_its_step(engine: Engine) -> None:
    story = read_story("default")
    wrong = replace(story.steps[0], expects={"balance": "CNY 1000000.01"})
    with pytest.raises(StoryError, match=r"default 1 .*create_pool"):
        tell_story(replace(story, steps=(wrong, *story.steps[1:])), engine)


def test_a_story_is_written_as_papers_a_timeline_and_a_transcript(
    engine: Engine, tmp_path: Any
) -> None:
    story = read_story("liability")
    short = replace(story, steps=story.steps[:4])
    told = tell_story(short, engine)
    assert write_story(told, tmp_path) == len(list((tmp_path / "liability").glob("*.pdf"))) >= 2
    assert all(
        path.read_bytes().startswith(b"%PDF") for path in (tmp_path / "liability").glob("*.pdf")
    )
    assert "2 June 2025" in (tmp_path / "liability" / "timeline.md").read_text("utf-8")
    shown = (tmp_path / "liability" / "transcript.md").read_text("utf-8")
    claim = told.answers["claim"]
    assert json.dumps(claim["number"]) in shown
