"""What the books know reaches the decision: listings, other covers, late notice, old events."""

from datetime import date, timedelta
from fractions import Fraction

from builders import (
    ASSESSED,
    DEFAULT,
    GOOD_CONDUCT,
    NOTIFIED,
    SAMPLES,
    SETTLED,
    House,
    a_risk,
    yuan,
)

from claims.assess import Assessment, assess
from claims.cover import cover_findings, open_repairs
from claims.facts import case_of
from claims.known import known_of, others_of
from claims.settle import settle
from claims.tables import ClaimRow
from kernel.money import round_half_up
from underwriting.loan_events.rights import right_name
from underwriting.note_collateral import ToNote, note_collateral
from underwriting.products import product
from underwriting.tables import PolicyRow
from underwriting.watch.kinds import On

EARLY = date(2025, 6, 2)
WELL = Assessment(conduct=GOOD_CONDUCT)


def note(house: House, policy: PolicyRow, kind: str, on: date, number: str = "") -> None:
    told = ToNote(
        subject=On.RIGHT if number else On.OBLIGOR,
        name=right_name("CN", number) if number else policy.borrower_register_id,
        key=f"{kind}-{on}", kind=kind, happened_on=on, told_by="list",
    )  # fmt: skip
    house.do(note_collateral, told, on=on)


def codes(claim: ClaimRow) -> dict[str, str]:
    return {one["code"]: one["effect"] for one in claim.findings}


def test_a_listing_that_stands_refuses_and_one_that_was_lifted_does_not(house: House) -> None:
    policy = house.policy()
    note(house, policy, "sanctions_listed", EARLY)
    refused = house.do(assess, house.claim(policy).id, WELL, on=ASSESSED)
    assert (refused.state, codes(refused)) == (
        "denied",
        {"waiting-period": "wait", "sanctions-listed": "decline"},
    )
    ground = refused.findings[-1]
    assert f"sanctions_listed-{EARLY}" in ground["evidence"]
    other = house.policy(a_risk(borrower={"register_id": "91442000MA4OTHER02"}))
    note(house, other, "sanctions_listed", EARLY)
    note(house, other, "sanctions_lifted", DEFAULT)
    claim = house.claim(other)
    assert house.do(assess, claim.id, WELL, on=ASSESSED).state == "accepted"


def test_the_receipt_and_the_claim_say_the_same(house: House) -> None:
    policy = house.policy()
    note(house, policy, "second_pledge", EARLY, "ZL202010000001.X")
    claim = house.claim(policy)
    assert codes(claim)["second-pledge"] == "refer"
    again = house.read(lambda s: cover_findings(s, case_of(s, claim.id), NOTIFIED))
    assert [one.json() for one in again] == claim.findings


def test_another_insurer_that_is_stated_halves_what_is_paid(house: House) -> None:
    """3,000,000.00 with us and as much elsewhere: each bears a half of the loss."""
    policy = house.policy()
    whole = house.settled(house.policy(a_risk(borrower={"register_id": "91442000MA4OTHER02"})))
    facts = {"other_insurer": "另一保险", "other_sum_insured": yuan(
        str(Fraction(policy.sum_insured_minor, 100)) + ".00"
    )}  # fmt: skip
    claim = house.claim(policy)
    stated = Assessment(conduct=GOOD_CONDUCT, facts=facts)
    done = house.do(assess, claim.id, stated, on=ASSESSED)
    assert codes(done)["double-insured"] == "cut"
    assert done.approved["principal"] == whole.approved["principal"] // 2 == 150_000_000
    house.do(settle, claim.id, on=SETTLED)
    ours, full = house.settlement(claim), house.settlement(whole)
    assert ours.paid_to_bank_minor * 2 == full.paid_to_bank_minor
    assert sum(house.shares(claim).values()) == 150_000_000


def test_two_policies_of_one_loan_are_one_claim_and_nothing_is_cut(house: House) -> None:
    first, second = house.policy(), house.policy()
    claim = house.claim(first)
    done = house.do(assess, claim.id, WELL, on=ASSESSED)
    assert codes(done)["covered-twice"] == "refer"
    assert done.approved["principal"] == 300_000_000
    (other,) = house.read(lambda s: others_of(s, first, DEFAULT))
    assert (other.named, other.one_claim) == (second.number, True)
    assert house.read(lambda s: others_of(s, first, date(2024, 1, 1))) == ()


def test_one_right_insured_twice_is_shared_by_sums_insured(house: House) -> None:
    risk = product("infringement_loss").risk.model_validate(
        SAMPLES["infringement_loss"], strict=False
    )
    first, second = house.policy(risk), house.policy(risk)
    day = first.starts_on + timedelta(days=30)
    (other,) = house.read(lambda s: others_of(s, first, day))
    assert (other.named, other.minor, other.one_claim) == (
        second.number, second.sum_insured_minor, False,
    )  # fmt: skip


def test_everything_that_the_books_know_is_gathered(house: House) -> None:
    policy = house.policy()
    note(house, policy, "lapsed", EARLY, "ZL202010000001.X")
    note(house, policy, "lawsuit_filed", EARLY)
    known = house.read(lambda s: known_of(s, policy, DEFAULT, ASSESSED))
    (right,) = known.rights
    assert (right.number, right.value) == ("ZL202010000001.X", 860_000_000)
    assert [one.noted.kind for one in right.alerts] == ["lapsed"]
    assert [one.noted.kind for one in known.obligor] == ["lawsuit_filed"]
    assert known.unexplained == ("exemptions-not-explained",)
    before = house.read(lambda s: known_of(s, policy, DEFAULT, EARLY - timedelta(days=1)))
    assert (before.rights[0].alerts, before.obligor) == ((), ()), "nobody had been told"


def test_late_notice_is_paid_less_the_interest_of_the_delay(house: House) -> None:
    """Ten days are allowed, notice comes on the 25th: 15 days at 4.35 % on 3,000,000.00."""
    policy, told = house.policy(), DEFAULT + timedelta(days=25)
    asked = {"principal": 295_000_000, "interest": 5_000_000}
    claim = house.claim(policy, asked=asked, on=told)
    assert codes(claim)["late-notice"] == "cut"
    (breach,) = house.read(lambda s: open_repairs(s, case_of(s, claim.id), told))
    delay = round_half_up(Fraction(295_000_000) * Fraction("0.0435") * 15 / 365)
    assert (breach.proposal.line, breach.proposal.minor) == ("interest", delay)
    repairs = {breach.finding.code: breach.proposal}
    done = house.do(assess, claim.id, Assessment(conduct=GOOD_CONDUCT, repairs=repairs), on=told)
    assert done.approved["interest"] == 5_000_000 - delay
    house.do(settle, claim.id, on=SETTLED)
    assert sum(house.shares(claim).values()) == 300_000_000 - delay
