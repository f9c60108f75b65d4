"""Would it pay today? The answer is that of the real decision, to the fen and to the code."""

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import (
    GOOD_CONDUCT,
    QUOTED,
    SAMPLES,
    House,
    a_desk,
    a_house,
    a_notice,
    a_risk,
    cny,
    shipped,
    yuan,
)
from sqlalchemy import Engine
from sqlmodel import Session, select

from claims import store
from claims.assess import Assessment, assess
from claims.notify import Notice, notify
from claims.readiness import Readiness, readiness
from claims.rules.indemnity import owed
from claims.settle import settle
from claims.tables import ClaimRow, SettlementRow
from kernel.db.engine import make_engine, transact
from kernel.errors import Refusal
from kernel.finding import Effect, Finding
from kernel.sharing import CapPer
from underwriting.approve import approve
from underwriting.bind import bind
from underwriting.loan_events.rights import right_name
from underwriting.note_collateral import ToNote, note_collateral
from underwriting.products import product
from underwriting.quote import quote
from underwriting.record_event import record_events
from underwriting.register import register_pool
from underwriting.tables import PolicyRow
from underwriting.watch.kinds import On
from underwriting.watch.loan_form import LoanEventForm

START = date(2025, 3, 10)
SCHEMES = (
    "qingdao-2015", "zhongshan-2021", "own-account", "chengdu-2008", "wenzhou-2019",
    "anhui-4321-2015", "guangzhou-5311-2020", "guangzhou-55-2020", "zhuhai-2025", "shenzhen-2024",
)  # fmt: skip
OF_RIGHT = ("lapsed", "pledge_struck_out", "second_pledge", "invalidated_wholly", "annuity_missed")
OF_OBLIGOR = ("sanctions_listed", "related_party_found", "insolvency_filed")


def ready(house: House, policy: PolicyRow, day: date) -> Readiness:
    found: Readiness = house.read(lambda s: readiness(s, policy.id, day, desk=a_desk(day)))
    return found


def a_default(policy: PolicyRow, found: Readiness) -> Notice:
    """The default that readiness supposed, in earnest."""
    day = found.as_of
    return a_notice(policy, default_date=day, known_on=day, asked=found.case.claim.asked)


def well(found: Readiness) -> dict[str, bool]:
    """Every question answered well, and nothing else stated."""
    asked = {one.code.removesuffix("-unknown") for one in found.questions}
    names = {
        "pledge-not-kept": "pledge_registered", "misused-loan": "use_as_agreed",
        "unconsented-change": "change_consented", "fraud": "fraud_by_insured",
    }  # fmt: skip
    return {names[code]: GOOD_CONDUCT[names[code]] for code in asked}


# One policy at a time -------------------------------------------------------------------------


def test_a_healthy_loan_would_be_paid_under_its_own_scheme(house: House) -> None:
    """A bullet of 3,000,000.00: 80 days of waiting, then the insurer bears its own part."""
    policy = house.policy()
    found = ready(house, policy, date(2025, 12, 1))
    assert found.case.claim.asked["principal"] == 300_000_000
    assert found.payable_from == date(2025, 12, 1) + timedelta(days=81)
    assert found.payable == found.cured == found.split.paid_by("insurer")
    assert sum(part.paid for part in found.split.parts) == found.split.eligible
    assert found.findings == ()
    assert len(found.questions) == 4
    assert list(found.missing) == list(policy.contract["papers"])
    assert not found.ready, "its papers are missing"


def test_nothing_is_written(house: House) -> None:
    policy = house.policy()
    before = house._everything()
    ready(house, policy, date(2025, 12, 1))
    house.do(readiness, policy.id, date(2025, 12, 1))
    assert house._everything() == before
    assert house.read(lambda s: s.exec(select(ClaimRow)).all()) == []


def test_a_day_outside_the_cover_would_pay_nothing(house: House) -> None:
    found = ready(house, house.policy(), date(2026, 6, 1))
    assert [one.code for one in found.findings] == ["not-in-force"]
    assert (found.payable, found.repaired) == (0, None)
    assert found.cured > 0


def test_a_lapsed_right_is_named_with_its_cure_its_day_and_what_it_would_cost(
    house: House,
) -> None:
    policy = house.policy(a_risk(rights=[a_right(), a_right(number="ZL202010000002.8")]))
    noted(house, "lapsed", date(2025, 9, 1))
    found = ready(house, policy, date(2025, 12, 1))
    (lapsed,) = found.findings
    assert (lapsed.code, lapsed.effect) == ("right-lapsed", Effect.CUT)
    (cure,) = found.cures
    assert (cure.code, cure.by, cure.repairable) == ("right-lapsed", date(2025, 11, 1), True)
    assert found.proposals["right-lapsed"].minor == 150_000_000, "one of two equal rights"
    assert found.payable == found.cured > found.repaired


def test_what_the_bank_reported_stands_before_the_plan(house: House) -> None:
    policy = house.policy()
    events(house, policy, paid_out(policy), {
        "key": "BACK", "kind": "prepaid", "happened_on": date(2025, 9, 8),
        "principal": cny("500000.00"),
    })  # fmt: skip
    found = ready(house, policy, date(2025, 12, 1))
    assert found.case.claim.asked["principal"] == 250_000_000
    assert "unconsented-change-unknown" not in {one.code for one in found.questions}
    assert owed(found.case.contract, date(2025, 12, 1)) == 300_000_000


def test_a_pool_that_is_not_registered_is_named_and_nothing_is_shared(house: House) -> None:
    house.pool(shipped("zhongshan-2021"), "fund", yuan("70000000.00"))
    policy = house.policy(a_risk(cover={"scheme": "zhongshan-2021"}))
    transact(house.engine, lambda s: [s.delete(row) for row in _pools(s)])
    found = house.read(lambda s: readiness(s, policy.id, date(2025, 12, 1), desk=a_desk()))
    assert (found.payable, found.split) == (None, None)
    assert "POST /v1/pools" in found.faults[0].cure


def _pools(session: Session) -> Any:
    from underwriting.tables import PoolRow  # noqa: PLC0415 - only here

    return session.exec(select(PoolRow)).all()


@pytest.mark.parametrize("code", [code for code in SAMPLES if code != "pledge_guarantee"])
def test_the_other_products_say_what_would_be_missing(house: House, code: str) -> None:
    policy = house.policy(product(code).risk.model_validate(SAMPLES[code], strict=False))
    day = policy.starts_on + timedelta(days=20)
    found = ready(house, policy, day)
    assert (found.payable, found.split, found.lines) == (None, None, ())
    assert list(found.missing) == list(policy.contract["papers"])
    assert found.questions
    assert not [one for one in found.findings if one.effect is Effect.DECLINE]
    late = ready(house, policy, policy.ends_on + timedelta(days=800))
    assert "not-in-force" in {one.code for one in late.findings}


def test_a_policy_that_was_never_there_is_not_found(house: House) -> None:
    house.refuse("no-such-policy", readiness, "pl_none", date(2025, 12, 1))


# Readiness is the decision --------------------------------------------------------------------


@dataclass
class Book:
    """Many policies in one house; acts are not audited one by one, but the whole at the end."""

    house: House
    chance: random.Random
    counter: Any

    def do(self, act: Callable[..., Any], *args: Any, on: date, actor: str = "clerk") -> Any:
        desk = a_desk(on, actor)
        return transact(self.house.engine, lambda s: act(s, *args, desk=desk))

    def policy(self) -> PolicyRow | None:
        """A policy of a loan of its own; None where the house would not take it."""
        risk = self.risk()
        try:
            quoted = self.do(quote, self.house.client_id, risk, on=QUOTED)
            if quoted.state == "referred":
                self.do(approve, quoted.id, "looked into", on=QUOTED, actor="second")
            bound: PolicyRow = self.do(bind, quoted.id, on=QUOTED)
        except Refusal:
            return None
        return bound

    def risk(self) -> Any:
        n, pick = next(self.counter), self.chance
        amount = f"{pick.randrange(200_000, 900_000)}.{pick.randrange(100):02d}"
        months = pick.choice([6, 12, 12, 24])
        rights = [
            a_right(
                number=f"ZL2020{n:06d}{k}.{k}", appraised=cny(f"{pick.randrange(2, 9)}000000.00")
            )
            for k in range(pick.randrange(1, 4))
        ]
        loan = {
            "contract": f"L-{n}", "amount": cny(amount), "term_months": months,
            "annual_rate": f"0.0{pick.randrange(300, 700)}",
            "plan": pick.choice(["bullet", "equal_principal", "annuity"]),
            "ip_share": pick.choice(["1", "1", "7/10"]),
        }  # fmt: skip
        cover = {
            "scheme": pick.choice(SCHEMES), "settles": pick.choice(["several", "lead"]),
            "waiting_days": pick.choice([30, 60, 80]),
        }  # fmt: skip
        borrower = {"register_id": f"91442000MA4{n:07d}"}
        return a_risk(loan=loan, rights=rights, cover=cover, borrower=borrower)

    def disturb(self, policy: PolicyRow) -> None:
        """Let some of what goes wrong with loans happen to it, before the default."""
        pick, house = self.chance, self.house
        if pick.random() < 0.5:
            stated = [paid_out(policy)]
            if pick.random() < 0.3:
                stated.append({"key": "USE", "kind": "use_changed", "happened_on": day_of(40)})
            if pick.random() < 0.3:
                until = day_of(900)
                stated.append({"key": "EXT", "kind": "extended", "happened_on": day_of(50),
                               "until": until})  # fmt: skip
            self.do(record_events, policy.id, forms(stated), on=day_of(60))
        if pick.random() < 0.3:
            for number in rights_of(house, policy):
                if pick.random() < 0.6:
                    self.do(note_collateral, note(pick.choice(OF_RIGHT), number), on=day_of(60))
        if pick.random() < 0.15:
            told = note(pick.choice(OF_OBLIGOR), "", obligor=policy.borrower_register_id)
            self.do(note_collateral, told, on=day_of(60))


def a_right(**changes: Any) -> dict[str, Any]:
    """A right to pledge, whole."""
    (sample,) = SAMPLES["pledge_guarantee"]["rights"]
    return {**sample, **changes}


def paid_out(policy: PolicyRow) -> dict[str, Any]:
    loan = policy.contract["loan"]
    return {"key": "OUT", "kind": "disbursed", "happened_on": START,
            "principal": {"amount": loan["amount"], "currency": loan["currency"]}}  # fmt: skip


def forms(stated: list[dict[str, Any]]) -> list[LoanEventForm]:
    return [LoanEventForm.model_validate(one, strict=False) for one in stated]


def events(house: House, policy: PolicyRow, *stated: dict[str, Any]) -> None:
    house.do(record_events, policy.id, forms(list(stated)), on=date(2025, 10, 1))


def note(kind: str, number: str, *, obligor: str = "", on: date = START) -> ToNote:
    return ToNote(
        subject=On.OBLIGOR if obligor else On.RIGHT, name=obligor or right_name("CN", number),
        key=f"K-{kind}-{number}-{obligor}", kind=kind, happened_on=on, told_by="register",
    )  # fmt: skip


def noted(house: House, kind: str, on: date) -> None:
    house.do(note_collateral, note(kind, "ZL202010000001.X", on=on), on=on)


def rights_of(house: House, policy: PolicyRow) -> list[str]:
    from claims.known import known_of  # noqa: PLC0415 - only here

    known = house.read(lambda s: known_of(s, policy, START, START))
    return [right.number for right in known.rights]


def day_of(days: int) -> date:
    return START + timedelta(days=days)


def overdue(policy: PolicyRow, day: date) -> list[LoanEventForm]:
    loan = policy.contract["loan"]
    late = {"key": "LATE", "kind": "overdue", "happened_on": day, "since": day,
            "interest": {"amount": "1.00", "currency": loan["currency"]}}  # fmt: skip
    return forms([late])


def said(findings: list[dict[str, str]]) -> list[dict[str, str]]:
    """Findings without what shows them: a claim that nobody made has no papers."""
    return [{name: kept for name, kept in one.items() if name != "evidence"} for one in findings]


def compare(book: Book, policy: PolicyRow, *, repair: bool) -> str:
    """Ask, then really default, assess and settle; return how the claim ended."""
    house, day = book.house, day_of(book.chance.randrange(65, 420))
    found = ready(house, policy, day)
    if found.case.claim.asked["principal"] == 0:
        return "repaid"
    if book.house.read(lambda s: reported(s, policy)):
        book.do(record_events, policy.id, overdue(policy, day), on=day)
    claim = book.do(notify, a_default(policy, found), on=day)
    stated = Assessment(conduct=well(found), repairs=found.proposals if repair else {})
    done = book.do(assess, claim.id, stated, on=found.payable_from)
    if not repair:
        assert said(done.findings) == said([heard(one).json() for one in found.findings])
    if done.state == "denied":
        assert (found.repaired if repair else found.payable) in (None, 0)
        return "denied"
    assert done.state == "accepted", [one["code"] for one in done.findings]
    settled: SettlementRow = book.do(settle, claim.id, on=found.payable_from)
    expected = found.repaired if repair else found.payable
    assert settled.paid_to_bank_minor == expected
    if not repair:
        assert done.approved == {line.code: line.approved for line in found.lines}
        assert shares(house, settled) == parts(found)
    return "repaired" if repair and found.proposals else "paid"


def heard(found: Finding) -> Finding:
    """What waited for a person's word, once the word is given."""
    return replace(found, effect=Effect.INFORM) if found.effect is Effect.WAIT else found


def reported(session: Session, policy: PolicyRow) -> bool:
    from underwriting.loan_events.store import event_rows  # noqa: PLC0415 - only here

    return bool(event_rows(session, policy.id))


def shares(house: House, settled: SettlementRow) -> dict[str, int]:
    rows = house.read(lambda s: store.shares(s, settled.id))
    return {row.party: row.paid_minor for row in rows}


def parts(found: Readiness) -> dict[str, int]:
    shared = found.split
    borne = {part.party: part.paid for part in shared.parts}
    return {**borne, **({"uncovered": shared.uncovered} if shared.uncovered else {})}


def a_book(engine: Engine, seed: int) -> Book:
    """A house whose funds are small enough for caps to bite."""
    house = a_house(engine)
    book = Book(house, random.Random(seed), itertools.count(1))
    for code in SCHEMES:
        scheme = shipped(code).scheme
        for cap in {cap.party: cap for cap in scheme.caps}.values():
            if cap.per in (CapPer.POOL_BALANCE, CapPer.PORTFOLIO):
                portfolio = yuan("40000000.00") if cap.per is CapPer.PORTFOLIO else None
                transact(house.engine, lambda s, p=portfolio, c=cap, k=scheme: register_pool(
                    s, k, c.party, yuan("3000000.00"), portfolio=p, desk=a_desk()
                ))  # fmt: skip
    return book


def walk(engine: Engine, seed: int, policies: int) -> dict[str, int]:
    """Compare readiness with the decision over so many policies; count how they ended."""
    book, ends = a_book(engine, seed), dict[str, int]()
    made = 0
    while made < policies:
        policy = book.policy()
        if policy is None:
            continue
        made += 1
        book.disturb(policy)
        end = compare(book, policy, repair=book.chance.random() < 0.5)
        ends[end] = ends.get(end, 0) + 1
    book.house.audit()
    return ends


def test_readiness_is_the_decision(engine: Engine) -> None:
    assert sum(walk(engine, 7, 6).values()) == 6


@pytest.mark.slow
def test_readiness_is_the_decision_over_a_hundred_policies(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    ends = walk(engine, 20_260_303, 100)
    engine.dispose()
    assert ends["paid"] > 30
    assert ends["denied"] > 5
    assert ends["repaired"] > 3
