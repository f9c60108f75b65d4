"""An enforcement claim from notice to close; every sum is held against a hand calculation.

Retention 10,000, a tenth borne by the insured, insurer 7/10, reinsurer 2/10, insured 1/10 of what
the policy pays. In yuan:

| day | what | paid in all |
|---|---|---|
| 5 June 2025 | filing accepted on 2 June; 50,000 of investigation, 120,000 of first instance | |
| 9 June | a paper is missing: one request; it comes on 20 June | |
| 1 July | interim: (50 - 10) x 9/10 + 120 x 9/10 = 144,000 | 144,000 |
| 1 September | appeal, 80,000 more | |
| 20 October | judgment; 300,000 of profit by the best of three methods | |
| 24 October | breach repaired: 20,000 off legal cost; 50,000 received comes off the profit | |
| 30 October | 36,000 + 160,000 + 225,000 | 421,000 |
| 1 March 2026 | 120,000 come from the infringer at a cost of 5,000 | 115,000 back |
| the close | 23,000 to the reinsurer and 11,500 to the insured | 34,500 |
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from builders import SAMPLES, House, a_house, folder_of, scheme_text, yuan
from money_moves import hand_over
from sqlalchemy import Engine

from claims import store
from claims.answer_call import answer_call
from claims.ask_more import Item, ask_more
from claims.assess import Assessment, assess
from claims.calls.store import of_claim
from claims.close import close
from claims.cover import open_repairs
from claims.facts import case_of
from claims.notify import Notice, notify
from claims.pay_on_account import pay_on_account
from claims.receive_paper import Arrived, receive_paper
from claims.recover import Receipts, recover
from claims.rules.loss.bounds import bounds_of
from claims.rules.loss.damages import chosen, damages
from claims.rules.loss.lost_profit import LostSales, lost_profit
from claims.rules.loss.royalty import royalty
from claims.rules.loss.unjust_gain import unjust_gain
from claims.rules.loss.worked import Worked
from claims.rules.purpose import Purpose
from claims.rules.repair import Repair
from claims.settle import settle
from claims.uploads.checklist import checklist
from claims.uploads.forms import TXT
from kernel.db import books
from underwriting.products import product

FILED, TOLD, LOOKED, CAME, INTERIM = (
    date(2025, 6, 2), date(2025, 6, 5), date(2025, 6, 9), date(2025, 6, 20), date(2025, 7, 1),
)  # fmt: skip
APPEAL, JUDGED, ANEW, PROVED, PAID = (
    date(2025, 9, 1), date(2025, 10, 20), date(2025, 10, 21), date(2025, 10, 24),
    date(2025, 10, 30),
)  # fmt: skip
LATE, CLOSED = date(2026, 3, 1), date(2026, 3, 20)
RIGHT = "ZL202010000001.X"
SHARES = {"insurer": Fraction(7, 10), "reinsurer": Fraction(2, 10), "insured": Fraction(1, 10)}
LAYER = '[[layers]]\nshares = { insurer = "7/10", reinsurer = "2/10", insured = "1/10" }'
RETENTION, BORNE = Fraction(10_000_00), Fraction(9, 10)
CONDUCT = {
    "filing_accepted": True,
    "right_in_force": True,
    "known_at_inception": False,
    "related_infringer": False,
    "claim_waived": False,
    "settled_unconsented": False,
    "fraud_by_insured": False,
}
"""All that is established at first; whether counsel had consent is still open."""


@pytest.fixture
def house(engine: Engine) -> House:
    return a_house(engine)


def a_policy(house: House, folder: Path) -> Any:
    sample = SAMPLES["infringement_loss"]
    stated = {**sample, "cover": {**sample["cover"], "scheme": "local"}}
    risk = product("infringement_loss").risk.model_validate(stated, strict=False)
    text = scheme_text("local", layers=LAYER, residual="insured")
    return house.policy(risk, schemes_folder=folder_of(folder, local=text))


def told(house: House, policy: Any, **changes: Any) -> Any:
    """The filing was accepted; two papers are missing that no loss of profit asks for yet."""
    papers = [one for one in policy.contract["papers"] if one not in LATER_PAPERS]
    facts = {"first_infringed_on": date(2025, 4, 1), "right_number": RIGHT, "infringer": "示范仿造"}
    notice = Notice(
        policy_id=policy.id,
        default_date=changes.get("filed", FILED),
        known_on=changes.get("filed", FILED),
        asked={"investigation": 50_000_00, "litigation": 120_000_00},
        currency="CNY",
        papers=tuple(papers),
        facts=facts,
    )
    return house.do(notify, notice, on=TOLD)


LATER_PAPERS = ("right_status", "decision", "loss_proof")


def file_of(house: House, claim: Any) -> dict[str, Any]:
    return dict(house.read(lambda s: store.claim(s, claim.id).file))


def send(house: House, claim: Any, code: str, on: date) -> None:
    arrived = Arrived(code.encode(), f"{len(code):064d}", TXT)
    house.do(receive_paper, claim.id, code, arrived, on=on)


def listed(house: House, claim: Any) -> dict[str, Any]:
    found = house.read(lambda s: checklist(s, case_of(s, claim.id)))
    return {one.code: one for one in found}


def finding(claim: Any, code: str) -> dict[str, str]:
    (one,) = (found for found in claim.findings if found["code"] == code)
    return dict(one)


def lines(row: Any) -> dict[str, int]:
    return {line["code"]: line["approved"] for line in row.lines}


def three_methods() -> Mapping[str, Worked]:
    """The same infringement by each method of the law, in minor units, exact."""
    return {
        "lost_profit": lost_profit(
            LostSales(units=Fraction(1000), price=Fraction(900_00), unit_cost=Fraction(500_00),
                      contribution=Fraction(3, 4))
        ),
        "unjust_gain": unjust_gain(
            Fraction(2_000_000_00), operating_margin=Fraction(15, 100), contribution=Fraction(4, 5)
        ),
        "royalty": royalty(Fraction(50_00), Fraction(1000), multiple=Fraction(2)),
    }  # fmt: skip


def test_what_waits_for_a_decision_is_set_aside(house: House, tmp_path: Path) -> None:
    """7/10 of (50 - 10 + 120 + 300) x 9/10 = 289,800, though nothing of the 300,000 is payable."""
    claim = told(house, a_policy(house, tmp_path))
    item = Item("loss_of_profit", yuan("300000.00"), "P-1", "profit lost")
    house.do(ask_more, claim.id, [item], on=INTERIM)
    row = house.read(lambda s: store.claim(s, claim.id))
    assert row.reserve_minor == 289_800_00
    paid = {"loss_of_profit": 300_000_00}
    house.refuse(
        "nothing-payable", pay_on_account, claim.id, paid, Purpose.INTERIM, on=INTERIM
    )  # fmt: skip


def test_the_three_methods_are_compared_and_the_best_one_holds() -> None:
    """By hand: 1,000 x 400 x 3/4 = 300,000; 2,000,000 x 0.15 x 0.8 = 240,000; 1,000 x 50 x 2."""
    worked = three_methods()
    exact = {name: one.exact for name, one in worked.items()}
    assert exact == {
        "lost_profit": Fraction(1000) * (900 - 500) * 100 * Fraction(3, 4),
        "unjust_gain": Fraction(2_000_000_00) * Fraction(15, 100) * Fraction(4, 5),
        "royalty": Fraction(50_00) * 1000 * 2,
    }
    assert max(exact, key=lambda name: exact[name]) == chosen(
        worked, bounds_of("invention", date(2025, 4, 1))
    )
    owed = damages("invention", date(2025, 4, 1), worked, costs=200_000_00)
    assert (owed.method, owed.base, owed.compensation) == (
        "lost_profit", 300_000_00, 500_000_00,
    )  # fmt: skip
    without = {name: one for name, one in worked.items() if name == "royalty"}
    assert damages("invention", date(2025, 4, 1), without).base == 100_000_00


def first_look(house: House, claim: Any) -> None:
    """One paper is missing and asked for; what only a loss of profit needs is not."""
    row = house.do(assess, claim.id, Assessment(conduct=CONDUCT), on=LOOKED)
    assert row.state == "papers_requested"
    assert file_of(house, claim)["requested"] == ["right_status"]
    papers = listed(house, claim)
    assert [code for code, one in papers.items() if one.needed and not one.received_on] == [
        "right_status"
    ]
    assert papers["loss_proof"].when == ("索赔直接经济损失", "loss of profit is claimed")
    assert papers["claim_form"].when is None
    send(house, claim, "right_status", CAME)
    assert file_of(house, claim)["completed_on"] == CAME.isoformat()


def interim(house: House, claim: Any) -> None:
    """(50,000 - 10,000) x 9/10 and 120,000 x 9/10, of which the house bears seven tenths."""
    part = {"investigation": 50_000_00, "litigation": 120_000_00}
    row = house.do(pay_on_account, claim.id, part, Purpose.INTERIM, on=INTERIM)
    by_hand = {
        "investigation": (50_000_00 - RETENTION) * BORNE,
        "litigation": 120_000_00 * BORNE,
        "loss_of_profit": Fraction(0),
        "adverse_costs": Fraction(0),
    }
    assert lines(row) == by_hand
    assert row.paid_out_minor == sum(by_hand.values()) * SHARES["insurer"] == 100_800_00
    assert "damages_for_delay" not in house.balances()


def more_is_asked(house: House, claim: Any) -> None:
    """The appeal, then the profit that the judgment found: papers that are needed only now."""
    bill = Item("litigation", yuan("80000"), "INV-9", "appeal", "appeal")
    house.do(ask_more, claim.id, (bill,), on=APPEAL)
    minor = three_methods()["lost_profit"].minor
    lost = Item("loss_of_profit", yuan(f"{minor // 100}"), "AUDIT-1", "audit of the lost profit")
    house.do(ask_more, claim.id, (lost,), on=JUDGED)
    row = house.do(assess, claim.id, Assessment(), on=ANEW)
    assert row.state == "papers_requested"
    one, two = file_of(house, claim)["requests"]
    assert (one["papers"], two["papers"]) == (["right_status"], ["decision", "loss_proof"])
    assert "loss of profit is claimed" in two["fact"]
    assert one["answered_on"] == CAME.isoformat()
    for code in ("decision", "loss_proof"):
        send(house, claim, code, PROVED)


def decided(house: House, claim: Any) -> None:
    """Counsel of the appeal had no consent: what it cost too much is taken off, no refusal."""
    facts = {"found_on": JUDGED, "received": yuan("50000")}
    conduct = {"counsel_consented": False}
    offered = house.read(lambda s: open_repairs(s, case_of(s, claim.id), PROVED))
    assert all(one.finding.code != "counsel-unconsented" for one in offered), "not established yet"
    too_much = Repair(20_000_00, "litigation", "the rate of the panel is 60,000 for an appeal")
    agreed = Assessment(
        conduct=conduct, facts=facts, repairs={"counsel-unconsented": too_much},
        shown_by={"counsel_consented": "engagement_letter", "found_on": "decision"},
    )  # fmt: skip
    row = house.do(assess, claim.id, agreed, on=PROVED)
    assert row.state == "accepted", row.findings
    breach = finding(row, "counsel-unconsented")
    assert breach["effect"] == "cut"
    assert "wording: duties" in breach["clause"]
    named = "聘请律师及预算经同意 counsel and budget consented to = 否 no"
    assert f"{named}，认定于 established on 2025-10-24" in breach["evidence"]
    assert "委托代理合同 letter of engagement，收到 received 2025-06-05" in breach["evidence"]
    assert row.approved == by_hand()


def by_hand() -> dict[str, Fraction]:
    """What every line comes to, exact, minor units."""
    return {
        "investigation": (50_000_00 - RETENTION) * BORNE,
        "litigation": (120_000_00 + 80_000_00) * BORNE - 20_000_00,
        "loss_of_profit": (300_000_00 - 50_000_00) * BORNE,
        "adverse_costs": Fraction(0),
    }


def settled(house: House, claim: Any) -> None:
    """421,000 in all, by party; the rest is paid now, and the reinsurer is called for its part."""
    row = house.do(settle, claim.id, on=PAID)
    whole = sum(by_hand().values())
    assert whole == 421_000_00 == row.eligible_minor
    assert house.shares(claim) == {party: whole * part for party, part in SHARES.items()}
    assert row.paid_out_minor == whole * SHARES["insurer"] == 294_700_00
    first, last = house.settlements(claim)
    assert (first.purpose, last.purpose) == ("interim", "final")
    assert last.paid_out_minor - first.paid_out_minor == 294_700_00 - 100_800_00
    assert "damages_for_delay" not in house.balances(), "paid within ten days of agreement"
    assert lines(row)["litigation"] == 96_000_00 + 64_000_00, "first instance and appeal"


def calls_paid(house: House, claim: Any, on: date) -> dict[str, int]:
    """Every call that is open is paid; returns what was asked of each party."""
    open_ = [call for call in house.read(lambda s: of_claim(s, claim.id)) if call.state == "raised"]
    for call in open_:
        house.do(answer_call, call.id, on, on=on)
    return {call.party: call.amount_minor for call in open_}


def recovered(house: House, claim: Any) -> None:
    """120,000 less 5,000 of cost, in the parts in which the loss was borne."""
    came = Receipts("EXEC-1", "damages of the infringer", LATE, yuan("120000"), yuan("5000"))
    row = house.do(recover, claim.id, came, on=LATE)
    net = Fraction(120_000_00 - 5_000_00)
    assert row.parts == {party: net * part for party, part in SHARES.items()}
    assert (row.net_minor, row.surplus_minor) == (net, 0)


def test_from_the_filing_to_the_last_cent_from_the_infringer(house: House, tmp_path: Path) -> None:
    """The course of the table above, each step audited."""
    policy = a_policy(house, tmp_path)
    claim = told(house, policy)
    first_look(house, claim)
    interim(house, claim)
    more_is_asked(house, claim)
    decided(house, claim)
    settled(house, claim)
    whole = sum(by_hand().values())
    assert calls_paid(house, claim, PAID) == {"reinsurer": whole * SHARES["reinsurer"]}
    recovered(house, claim)
    hand_over(house, claim, on=CLOSED)
    closed = house.do(close, claim.id, "the infringer has paid", on=CLOSED)
    assert (closed.state, closed.reserve_minor) == ("closed", 0)
    books_of(house, whole)
    kinds = house.kinds("claim", claim.id)
    story = ["notified", "papers_requested", "papers_complete", "paid_on_account", "asked_more",
             "accepted", "settled", "closed"]  # fmt: skip
    assert [kind for kind in dict.fromkeys(kinds) if kind in story] == story
    assert kinds.count("papers_requested") == kinds.count("papers_complete") == 2


def books_of(house: House, whole: Fraction) -> None:
    """What the house bore, what it got back, and that nothing is reserved any more."""
    balances = house.balances()
    net = Fraction(120_000_00 - 5_000_00)
    bore = whole * SHARES["insurer"]
    assert balances["claims_paid:insurer"] == bore
    assert balances["recovery_income:insurer"] == -net * SHARES["insurer"]
    assert balances["cash"] == net * SHARES["insurer"] - bore, "the others were given their parts"
    assert not balances.get("case_reserve", 0)


def test_a_filing_accepted_after_the_period_is_refused(house: House, tmp_path: Path) -> None:
    """The trigger is the acceptance: the evidence of the refusal is that day and its paper."""
    policy = a_policy(house, tmp_path)
    late = date.fromordinal(policy.ends_on.toordinal() + 1)
    notice = Notice(policy.id, late, late, {"litigation": 100_00}, "CNY",
                    tuple(policy.contract["papers"]),
                    {"first_infringed_on": date(2025, 4, 1), "right_number": RIGHT})  # fmt: skip
    claim = house.do(notify, notice, on=late)
    every = {**CONDUCT, "counsel_consented": True}
    row = house.do(assess, claim.id, Assessment(conduct=every), on=late)
    assert row.state == "denied"
    evidence = finding(row, "not-in-force")["evidence"]
    assert f"event of {late}" in evidence
    assert f"立案受理通知书 notice that the filing was accepted，收到 received {late}" in evidence
    trail = house.read(lambda s: books.events(s, books.Subject("claim", claim.id)))
    assert trail[-1].payload["grounds"] == ["not-in-force"]
