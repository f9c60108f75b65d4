"""Cover as coded tests: every finding at once, each with clause, evidence, effect and cure."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import DEFAULT, GOOD_CONDUCT, NOTIFIED, a_basis, a_risk, some_inputs
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.coverage.covered import Matter, covered
from claims.rules.coverage.known import Known, RightKnown, gone
from claims.rules.coverage.table import table
from claims.rules.coverage.trigger import scrutinised
from kernel.finding import Effect, Finding
from kernel.working_days import load_calendar
from underwriting.products import product
from underwriting.products.pledge_guarantee.contract import contract
from underwriting.rules.contract import Contract
from underwriting.watch.alert import Alert, Noted, alerts, deadline
from underwriting.watch.change_consented import LoanFile
from underwriting.watch.kinds import On, watch_kinds
from underwriting.watch.loan_event import LoanEvent
from underwriting.watch.loan_event import LoanEventKind as Kind

RIGHT, OTHER = "CN ZL202010000001.X", "CN ZL202010000002.8"
START, PAYABLE = date(2025, 3, 10), date(2026, 5, 31)
CALENDAR = load_calendar()
OBLIGOR = "91442000MA4EXAMPL1"


def terms(**parts: Any) -> Contract:
    risk = a_risk(**parts)
    return contract(risk, a_basis(some_inputs(risk)))


TERMS = terms()


def a_matter(**changes: Any) -> Matter:
    file = {"known_on": DEFAULT.isoformat(), **GOOD_CONDUCT, **changes.pop("file", {})}
    return Matter(
        contract=changes.pop("contract", TERMS),
        event_on=changes.pop("event_on", DEFAULT),
        notified_on=changes.pop("notified_on", NOTIFIED),
        file={name: value for name, value in file.items() if value is not None},
    )


def a_known(*, events: tuple[LoanEvent, ...] = (), **changes: Any) -> Known:
    plain = {"event_on": DEFAULT, "on": PAYABLE, "loan": LoanFile(events), **changes}
    return Known(**plain)


def an_event(kind: Kind, on: date, seq: int = 2, **stated: Any) -> LoanEvent:
    return LoanEvent(
        seq=seq, id=f"le_{seq}", key=f"BANK-{seq}", kind=kind, happened_on=on, **stated
    )


OUT = an_event(Kind.DISBURSED, START, 1, principal=300_000_000)
LATE = an_event(Kind.OVERDUE, DEFAULT, 9, since=DEFAULT, principal=300_000_000)


def noted(kind: str, on: date, *, name: str = RIGHT, seq: int = 1) -> Noted:
    rule = watch_kinds()[kind]
    return Noted(
        seq=seq, kind=kind, subject=rule.subject, name=name, happened_on=on, noted_on=on,
        deadline=deadline(rule, on, on, CALENDAR), key=f"REG-{seq}", told_by="patent register",
    )  # fmt: skip


def a_right(*kinds: tuple[str, date], name: str = RIGHT, value: int = 600) -> RightKnown:
    told = [noted(kind, on, name=name, seq=seq) for seq, (kind, on) in enumerate(kinds, 1)]
    return RightKnown(name, name.split()[1], value, alerts(told))


def found(matter: Matter | None = None, known: Known | None = None) -> dict[str, Finding]:
    every = covered(product("pledge_guarantee"), matter or a_matter(), known or a_known())
    for one in every:
        assert one.clause
        assert one.cure
        assert one.zh
        assert one.en
    codes = [one.code for one in every]
    assert len(set(codes)) == len(codes), "one finding a code"
    return dict(zip(codes, every, strict=True))


def test_a_sound_claim_of_a_loan_of_which_nothing_is_reported_has_no_finding() -> None:
    assert found() == {}


def test_all_findings_come_at_once() -> None:
    """Out of cover, late, misused, cured, listed, related, seized, early: none hides another."""
    obligor = (noted("sanctions_listed", START, name=OBLIGOR),
               noted("related_party_found", START, name=OBLIGOR, seq=2))  # fmt: skip
    day = date(2025, 4, 20)
    known = a_known(
        events=(OUT, an_event(Kind.CURED, day, 3)),
        event_on=day,
        on=date(2026, 5, 1),
        rights=(a_right(("seized", day), ("lapsed", day)), a_right(name=OTHER)),
        obligor=alerts(obligor),
    )
    short = replace(TERMS, period=replace(TERMS.period, start=date(2025, 5, 1)))
    matter = a_matter(
        contract=short, event_on=day, notified_on=date(2026, 4, 30),
        file={"known_on": day.isoformat(), "use_as_agreed": False, "fraud_by_insured": True},
    )  # fmt: skip
    seen = found(matter, known)
    assert {code: one.effect.value for code, one in seen.items()} == {
        "not-in-force": "decline", "late-notice": "cut", "misused-loan": "decline",
        "fraud": "decline", "no-overdue-on-record": "refer", "early-default": "refer",
        "right-lapsed": "cut", "right-seized": "refer", "sanctions-listed": "decline",
        "related-party": "refer",
    }  # fmt: skip


# What the books know is not asked -------------------------------------------------------------


def test_a_reported_loan_without_a_change_answers_the_question_of_consent() -> None:
    matter = a_matter(file={"change_consented": None})
    assert "unconsented-change-unknown" in found(matter)
    seen = found(matter, a_known(events=(OUT, LATE)))
    assert "unconsented-change-unknown" not in seen
    assert "unconsented-change" not in seen


def test_a_change_without_leave_waits_for_a_person_with_the_event_as_evidence() -> None:
    change = an_event(Kind.EXTENDED, date(2025, 12, 1), until=date(2026, 9, 10))
    known = a_known(events=(OUT, change, LATE))
    seen = found(a_matter(file={"change_consented": None}), known)
    assert seen["change-without-consent"].effect is Effect.WAIT
    assert seen["change-without-consent"].evidence == "loan event BANK-2 of 2025-12-01"
    assert "unconsented-change-unknown" in seen, "the books never say yes over a breach"
    heard = found(a_matter(), known)["change-without-consent"]
    assert heard.effect is Effect.INFORM


def test_a_use_that_the_bank_itself_reports_is_not_asked_for() -> None:
    change = an_event(Kind.USE_CHANGED, date(2025, 12, 1))
    seen = found(a_matter(file={"use_as_agreed": None}), a_known(events=(OUT, change, LATE)))
    assert "misused-loan-unknown" not in seen
    assert seen["misused-loan"].effect is Effect.DECLINE
    assert seen["misused-loan"].evidence == "loan event BANK-2 of 2025-12-01"


def test_an_adjuster_who_says_the_opposite_of_the_record_is_told_so() -> None:
    change = an_event(Kind.USE_CHANGED, date(2025, 12, 1))
    seen = found(a_matter(), a_known(events=(OUT, change, LATE)))
    assert "misused-loan" not in seen, "a person's word stands"
    assert seen["record-differs"].effect is Effect.REFER
    assert "BANK-2" in seen["record-differs"].evidence


def test_a_pledge_that_is_gone_whole_is_known_and_one_that_is_gone_in_part_is_asked() -> None:
    lost, kept = a_right(("lapsed", START)), a_right(name=OTHER)
    struck = a_right(("pledge_struck_out", START), name=OTHER)
    asked = a_matter(file={"pledge_registered": None})
    assert "pledge-not-kept-unknown" in found(asked, a_known(rights=(lost, kept)))
    seen = found(asked, a_known(rights=(lost, struck)))
    assert seen["pledge-not-kept"].effect is Effect.DECLINE
    assert "REG-1" in seen["pledge-not-kept"].evidence
    assert "pledge-not-kept-unknown" not in seen


def test_silence_answers_nothing() -> None:
    asked = a_matter(file=dict.fromkeys(GOOD_CONDUCT))
    unknown = {code for code in found(asked, a_known(rights=(a_right(),))) if "unknown" in code}
    assert unknown == {
        "pledge-not-kept-unknown", "misused-loan-unknown", "unconsented-change-unknown",
        "fraud-unknown",
    }  # fmt: skip


# Trigger --------------------------------------------------------------------------------------


def test_a_loan_that_is_reported_and_not_overdue_is_looked_at() -> None:
    seen = found(known=a_known(events=(OUT,)))
    assert seen["no-overdue-on-record"].effect is Effect.REFER
    assert "BANK-1" in seen["no-overdue-on-record"].evidence
    assert "no-overdue-on-record" not in found(known=a_known(events=(OUT, LATE)))
    assert "no-overdue-on-record" not in found(known=a_known(events=(OUT,), supposed=True))


@pytest.mark.parametrize(("days", "differs"), [(-1, True), (0, False), (1, False), (2, True)])
def test_the_day_of_default_is_the_first_unpaid_day_or_the_one_after(
    days: int, *, differs: bool
) -> None:
    late = replace(LATE, since=DEFAULT - timedelta(days=days))
    assert ("default-day-differs" in found(known=a_known(events=(OUT, late)))) is differs


@pytest.mark.parametrize(("days", "cured"), [(-1, False), (0, True), (50, True), (81, True)])
def test_what_was_paid_after_the_default_leaves_nothing_to_claim(days: int, *, cured: bool) -> None:
    paid = an_event(Kind.CURED, DEFAULT + timedelta(days=days), 20)
    seen = found(known=a_known(events=(OUT, LATE, paid)))
    assert ("overdue-cured" in seen) is cured
    if cured:
        assert seen["overdue-cured"].effect is Effect.DECLINE


def test_what_was_paid_before_the_default_is_another_overdue() -> None:
    """The old arrears are paid on the very day on which the next instalment is missed."""
    old = an_event(Kind.OVERDUE, START, 2, since=START, interest=1)
    paid = an_event(Kind.CURED, DEFAULT, 3)
    known = a_known(events=(OUT, old, paid, LATE))
    assert not {"overdue-cured", "default-day-differs"} & set(found(known=known))


# Notice ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "late"), [(10, False), (11, True)])
def test_late_notice_cuts_and_never_refuses(days: int, *, late: bool) -> None:
    seen = found(a_matter(notified_on=DEFAULT + timedelta(days=days)))
    assert ("late-notice" in seen) is late
    assert all(one.effect is Effect.CUT for one in seen.values())


# Early default --------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "early"), [(0, True), (60, True), (89, True), (90, False)])
def test_an_early_default_is_looked_at(days: int, *, early: bool) -> None:
    known = a_known(event_on=START + timedelta(days=days))
    seen = tuple(scrutinised(TERMS, known))
    assert bool(seen) is early
    assert all(one.effect is Effect.REFER for one in seen)


def test_the_days_of_scrutiny_are_the_houses_and_say_so() -> None:
    known = a_known(event_on=START + timedelta(days=120))
    assert not tuple(scrutinised(TERMS, known))
    assert tuple(scrutinised(TERMS, known, days=121))
    rule = table("scrutiny")["early_default"]
    assert (rule["grade"], bool(rule["unverified"])) == ("K", True)


def test_a_first_instalment_missed_is_early_whatever_the_days() -> None:
    known = a_known(event_on=date(2025, 5, 9))
    assert "first instalment" in next(iter(scrutinised(TERMS, known, days=0))).en
    assert not tuple(scrutinised(TERMS, a_known(event_on=date(2025, 5, 10)), days=0))


# Old for new ----------------------------------------------------------------------------------


def test_a_drawing_after_all_was_paid_back_is_suspected_as_old_for_new() -> None:
    back = an_event(Kind.PREPAID, date(2025, 9, 1), 2, principal=300_000_000)
    again = an_event(Kind.REDRAWN, date(2025, 9, 10), 3, principal=300_000_000)
    seen = found(known=a_known(events=(OUT, back, again, LATE)))
    assert "old-for-new-suspected" in seen
    assert seen["old-for-new-suspected"].evidence == "loan event BANK-3 of 2025-09-10"


# Collateral and obligor -----------------------------------------------------------------------

COLLATERAL = table("collateral")["kind"]
OF_OBLIGOR = table("obligor")["kind"]


@pytest.mark.parametrize("kind", COLLATERAL)
def test_each_thing_noted_of_a_right_is_a_finding_until_it_is_cured(kind: str) -> None:
    rule, ends = COLLATERAL[kind], [k for k, v in watch_kinds().items() if kind in v.closes]
    noted_on, cured_on = date(2025, 9, 1), date(2026, 4, 1)
    known = a_known(rights=(a_right((kind, noted_on)), a_right(name=OTHER)))
    (seen,) = found(known=known).values()
    assert (seen.code, seen.effect.value) == (rule["code"], rule["effect"])
    assert "watch event REG-1 of CN ZL202010000001.X, 2025-09-01" in seen.evidence
    assert seen.clause == watch_kinds()[kind].clause
    for end in ends:
        mended = a_known(rights=(a_right((kind, noted_on), (end, cured_on)), a_right(name=OTHER)))
        assert rule["code"] not in found(known=mended)


@pytest.mark.parametrize("kind", COLLATERAL)
def test_what_happens_after_the_default_is_a_matter_of_recovery(kind: str) -> None:
    known = a_known(rights=(a_right((kind, DEFAULT + timedelta(days=1))), a_right(name=OTHER)))
    assert found(known=known) == {}


def test_what_the_house_had_not_been_told_is_not_held_against_anybody() -> None:
    told_late = replace(noted("lapsed", START), noted_on=PAYABLE + timedelta(days=1))
    right = RightKnown(RIGHT, RIGHT.split()[1], 600, (Alert(told_late),))
    assert found(known=a_known(rights=(right, a_right(name=OTHER)))) == {}


@pytest.mark.parametrize("kind", OF_OBLIGOR)
def test_each_thing_noted_of_the_obligor_is_a_finding_while_it_stands(kind: str) -> None:
    rule = OF_OBLIGOR[kind]
    one = noted(kind, date(2026, 4, 1), name=OBLIGOR)
    (seen,) = found(known=a_known(obligor=alerts([one]))).values()
    assert (seen.code, seen.effect.value) == (rule["code"], rule["effect"])
    assert watch_kinds()[kind].subject is On.OBLIGOR


def test_the_part_that_is_gone_of_a_right_is_exact() -> None:
    """Partly invalid leaves a half, a clear fall seven tenths: 1 - 1/2 × 7/10 is gone."""
    right = a_right(("invalidated_partly", START), ("value_fallen", START))
    assert gone(a_known(), right) == 1 - (1 - gone(a_known(), a_right(("value_fallen", START)))) / 2
    assert gone(a_known(), a_right(("lapsed", START))) == 1
    assert gone(a_known(), a_right()) == 0


# Exclusions that were never explained ---------------------------------------------------------


def test_a_refusal_on_an_exclusion_that_was_not_explained_is_warned_of() -> None:
    known = a_known(unexplained=("exemptions-not-explained",))
    assert "exclusion-unexplained" not in found(known=known)
    seen = found(a_matter(file={"use_as_agreed": False}), known)
    assert seen["exclusion-unexplained"].effect is Effect.REFER
    assert "misused-loan" in seen["exclusion-unexplained"].en


# Whatever the facts ---------------------------------------------------------------------------

_CONDUCT = st.fixed_dictionaries({}, optional={name: st.booleans() for name in GOOD_CONDUCT})


@given(
    conduct=_CONDUCT,
    day=st.integers(0, 400),
    wait=st.integers(0, 60),
    reported=st.booleans(),
    lapsed=st.booleans(),
)
def test_no_question_is_asked_twice_and_none_that_is_answered(
    conduct: dict[str, bool], day: int, wait: int, *, reported: bool, lapsed: bool
) -> None:
    event = START + timedelta(days=day)
    overdue = replace(LATE, happened_on=event, since=event)
    known = a_known(
        event_on=event, on=event + timedelta(days=wait),
        events=(OUT, overdue) if reported else (),
        rights=(a_right(("lapsed", START)) if lapsed else a_right(),),
    )  # fmt: skip
    file = {**dict.fromkeys(GOOD_CONDUCT), **conduct, "known_on": event.isoformat()}
    seen = found(a_matter(event_on=event, notified_on=event, file=file), known)
    asked = {code for code in seen if code.endswith("-unknown")}
    books = ({"change_consented"} if reported else set()) | (
        {"pledge_registered"} if lapsed else set()
    )
    assert len(asked) == len(set(GOOD_CONDUCT) - set(conduct) - books)
