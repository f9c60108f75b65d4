"""ACT assess: papers asked once, the clock, every ground, acceptance line by line."""

from datetime import date, timedelta

import pytest
from builders import ASSESSED, GOOD_CONDUCT, NOTIFIED, House

from claims import store
from claims.assess import Assessment, assess
from claims.facts import case_of, clock_file
from claims.rules.clocks import Deadline, deadlines
from claims.tables import ClaimRow
from kernel.db import books
from kernel.db.engine import transact
from kernel.db.tables import OutboxRow

SOME = ("claim_form", "loan_contract")
WRONG = {
    "pledge_registered": "pledge-not-kept",
    "use_as_agreed": "misused-loan",
    "change_consented": "unconsented-change",
    "fraud_by_insured": "fraud",
}


def messages(house: House, claim: ClaimRow, topic: str) -> list[OutboxRow]:
    """What went to the outbox about a claim."""
    rows = transact(house.engine, books.unsent)
    return [row for row in rows if (row.subject_id, row.topic) == (claim.id, topic)]


def clock(house: House, claim: ClaimRow, code: str) -> Deadline:
    case = house.read(lambda s: case_of(s, claim.id))
    return next(one for one in deadlines(clock_file(case)) if one.code == code)


def test_missing_papers_are_asked_for_once_and_all_together(house: House) -> None:
    claim = house.claim(house.policy(), papers=SOME)
    asked = house.do(assess, claim.id, Assessment(), on=ASSESSED)
    assert asked.state == "papers_requested"
    assert asked.file["requested_on"] == "2026-03-16"
    missing = set(asked.file["requested"])
    assert len(missing) == 5
    assert not missing & set(SOME)
    again = house.do(assess, claim.id, Assessment(papers=("drawdown_slip",)), on=date(2026, 3, 18))
    assert again.state == "papers_requested"
    assert set(again.file["requested"]) == missing
    assert again.file["papers"]["drawdown_slip"] == "2026-03-18"
    (message,) = messages(house, claim, "papers_requested")
    assert set(message.payload["papers"]) == missing
    assert house.kinds("claim", claim.id).count("papers_requested") == 1


def test_the_clock_stands_still_until_the_papers_come(house: House) -> None:
    """Notified 12 March, asked on the 16th, complete on the 26th: 10 days do not count."""
    policy = house.policy()
    claim = house.claim(policy, papers=SOME)
    house.do(assess, claim.id, Assessment(), on=ASSESSED)
    assert clock(house, claim, "assess").due is None
    rest = tuple(code for code in policy.contract["papers"] if code not in SOME)
    done = Assessment(papers=rest, conduct=GOOD_CONDUCT)
    accepted = house.do(assess, claim.id, done, on=date(2026, 3, 26))
    assert accepted.state == "accepted"
    due = clock(house, claim, "assess")
    assert (due.due, due.done_on) == (date(2026, 4, 21), date(2026, 3, 26))


def test_papers_that_came_with_the_notice_start_the_clock_of_payment(house: House) -> None:
    """Art. 25 counts 60 days from the claim with its papers, however late it is assessed."""
    claim = house.claim(house.policy(), default_date=date(2025, 4, 1), known_on=date(2026, 3, 11))
    house.do(assess, claim.id, Assessment(conduct=GOOD_CONDUCT), on=date(2026, 4, 1))
    assert clock(house, claim, "advance").due == NOTIFIED + timedelta(days=60)


def test_conduct_not_yet_known_keeps_the_claim_open(house: House) -> None:
    claim = house.claim(house.policy())
    open_ = house.do(assess, claim.id, Assessment(conduct={"use_as_agreed": True}), on=ASSESSED)
    assert open_.state == "notified"
    assert open_.file["use_as_agreed"] is True
    rest = {name: yes for name, yes in GOOD_CONDUCT.items() if name != "use_as_agreed"}
    closed = house.do(assess, claim.id, Assessment(conduct=rest), on=date(2026, 3, 17))
    assert closed.state == "accepted"


def test_the_move_from_papers_back_to_notified_is_on_record(house: House) -> None:
    """Papers have come, conduct is not yet known: the state changes, so the trail says so."""
    policy = house.policy()
    claim = house.claim(policy, papers=())
    house.do(assess, claim.id, Assessment(), on=ASSESSED)
    papers = Assessment(papers=tuple(policy.contract["papers"]))
    assert house.do(assess, claim.id, papers, on=date(2026, 3, 20)).state == "notified"


def test_acceptance_approves_line_by_line(house: House) -> None:
    asked = {"principal": 300_000_000, "interest": 1_000_000, "penalty": 50_000}
    claim = house.claim(house.policy(), asked=asked)
    assessment = Assessment(
        conduct=GOOD_CONDUCT,
        adjusted={"principal": (290_000_000, "an instalment was found")},
        agreed_on=date(2026, 3, 15),
    )
    row = house.do(assess, claim.id, assessment, on=ASSESSED)
    assert row.approved == {
        "principal": 290_000_000, "interest": 1_000_000, "costs": 0, "penalty": 0,
        "compound_interest": 0,
    }  # fmt: skip
    assert row.file["agreed_on"] == "2026-03-15"
    assert house.kinds("claim", claim.id) == ["notified", "accepted"]
    assert clock(house, claim, "pay").due == date(2026, 6, 10)


def test_a_denial_states_every_ground_and_frees_the_reserve(house: House) -> None:
    day = date(2026, 4, 10)
    policy = house.policy()
    claim = house.claim(policy, default_date=day, known_on=day, on=date(2026, 4, 12))
    wrong = {name: not yes for name, yes in GOOD_CONDUCT.items()}
    row = house.do(assess, claim.id, Assessment(conduct=wrong), on=date(2026, 4, 20))
    assert (row.state, row.reserve_minor) == ("denied", 0)
    assert house.balances("case_reserve") == {"case_reserve": 0}
    (message,) = messages(house, claim, "refusal")
    grounds = {ground["code"] for ground in message.payload["grounds"]}
    assert grounds == {"not-in-force", *WRONG.values()}
    assert all(ground["clause"] and ground["words_zh"] for ground in message.payload["grounds"])
    refuse = clock(house, claim, "refuse")
    assert (refuse.due, refuse.late(date(2026, 4, 20))) == (date(2026, 4, 23), False)


@pytest.mark.parametrize("name", WRONG)
def test_one_ground_is_enough(house: House, name: str) -> None:
    claim = house.claim(house.policy())
    conduct = {**GOOD_CONDUCT, name: not GOOD_CONDUCT[name]}
    row = house.do(assess, claim.id, Assessment(conduct=conduct), on=ASSESSED)
    assert row.state == "denied"
    assert [one["code"] for one in row.findings if one["effect"] == "decline"] == [WRONG[name]]


def test_late_notice_alone_denies_nothing(house: House) -> None:
    claim = house.claim(house.policy(), on=date(2026, 4, 5))
    row = house.do(assess, claim.id, Assessment(conduct=GOOD_CONDUCT), on=date(2026, 4, 6))
    assert row.state == "accepted"
    assert "late-notice" in [found["code"] for found in row.findings]


@pytest.mark.parametrize(
    ("assessment", "field"),
    [
        (Assessment(papers=("love_letter",)), "papers"),
        (Assessment(adjusted={"principal": (300_000_001, "more")}), "adjusted.principal"),
        pytest.param(
            Assessment(adjusted={"principal": (-1, "less")}),
            "adjusted.principal",
        ),
        (Assessment(adjusted={"interest": (1, "not asked")}), "adjusted.interest"),
        (Assessment(adjusted={"lost_profit": (0, "no line")}), "adjusted.lost_profit"),
        pytest.param(
            Assessment(conduct={**GOOD_CONDUCT, "kind_to_animals": True}),
            "conduct",
        ),
        (Assessment(agreed_on=NOTIFIED - timedelta(days=1)), "agreed_on"),
        (Assessment(agreed_on=ASSESSED + timedelta(days=1)), "agreed_on"),
    ],
)
def test_an_assessment_that_is_wrong_is_refused(
    house: House, assessment: Assessment, field: str
) -> None:
    claim = house.claim(house.policy())
    refused = house.refuse("invalid", assess, claim.id, assessment, on=ASSESSED)
    assert refused.faults[0].field.startswith(field)


def test_a_decided_claim_is_not_assessed_again(house: House) -> None:
    policy = house.policy()
    accepted = house.accepted(policy)
    again = Assessment(conduct=GOOD_CONDUCT)
    house.refuse("claim-move-not-allowed", assess, accepted.id, again, on=ASSESSED)
    house.refuse("no-such-claim", assess, "cl_none", again, on=ASSESSED)
    row = house.read(lambda s: store.claim(s, accepted.id))
    assert row.state == "accepted"
