"""What the tests of a fought matter are made of."""

from datetime import date
from typing import Any

from builders import House

from claims import store
from claims.answer_budget import BudgetAnswer, answer_budget
from claims.ask_more import Item, ask_more
from claims.assess import Assessment, assess
from claims.budget_stage import BudgetWanted, budget_stage
from claims.notify import Notice
from claims.propose_settlement import SettlementWanted, propose_settlement
from claims.rules.conduct.reserved import Ground
from claims.settle import settle
from kernel.money import Money
from underwriting.products.infringement_liability.suit_terms import STAGES

MADE, TOLD, ASKED, ANSWERED, BILLED, DECIDED = (date(2025, 6, day) for day in (2, 5, 6, 9, 20, 30))
CONDUCT = {
    "counsel_consented": True,
    "settled_unconsented": False,
    "wilful": False,
    "known_at_inception": False,
    "only_by_contract": False,
    "criminal": False,
    "fraud_by_insured": False,
}
WILFUL = Ground("wilful", "wording: exclusions", "wilful infringement is alleged", "被诉故意侵权")


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def told(policy: Any, asked: str = "20000", **changes: Any) -> Notice:
    on = changes.pop("event_on", MADE)
    facts = {
        "first_act_on": date(2025, 1, 6),
        "product": "WM-8",
        "court": "DE",
        "counterparty": "示范电器",
        "cause_first_made_on": MADE,
        "third_party_paid": False,
    }
    papers = tuple(policy.contract["papers"])
    minor = yuan(asked).minor
    return Notice(policy.id, on, on, {"damages": minor}, "CNY", papers, {**facts, **changes})


def budget(house: House, claim: Any, stage: str, asked: str, given: str, **more: Any) -> Any:
    """Ask and answer, on the day of `more`."""
    on = more.pop("on", ANSWERED)
    wanted = BudgetWanted(stage, yuan(asked), "fees")
    row = house.do(budget_stage, claim.id, wanted, on=on)
    answer = BudgetAnswer(yuan(given), "" if asked == given else "the rate is above market", **more)
    return house.do(answer_budget, claim.id, row.sequence, answer, on=on)


def bill(house: House, claim: Any, line: str, amount: str, ref: str, *, on: date = BILLED) -> None:
    house.do(
        ask_more,
        claim.id,
        (Item(line, yuan(amount), ref, "fees", line if line in STAGES else ""),),
        on=on,
    )


def codes(house: House, claim: Any) -> dict[str, str]:
    row = house.read(lambda s: store.claim(s, claim.id))
    return {one["code"]: one["effect"] for one in row.findings}


def over(house: House, claim: Any) -> dict[str, int]:
    from claims.facts import case_of  # noqa: PLC0415 - read where it is used

    return dict(house.read(lambda s: case_of(s, claim.id).over))


def accused(house: House, claim: Any) -> None:
    """Wilful infringement is alleged; the rest is still open, so nothing is decided."""

    def act(session: Any, *, desk: Any) -> None:
        del desk
        row = store.claim(session, claim.id)
        row.file = {**row.file, "wilful": True}
        session.add(row)

    house.do(act, on=ASKED)


def proposed(house: House, claim: Any, amount: str = "400000") -> Any:
    wanted = SettlementWanted("示范电器", "insurer", yuan(amount), "no admission", "55 % to lose")
    return house.do(propose_settlement, claim.id, wanted, on=ANSWERED)


def accepted(house: House, claim: Any, **facts: Any) -> Any:
    """Ask for 400,000 of damages in all, assess and settle."""
    bill(house, claim, "damages", "380000", "SETTLEMENT")
    conduct = {name: value for name, value in CONDUCT.items() if name != "settled_unconsented"}
    row = house.do(assess, claim.id, Assessment(conduct=conduct, facts=facts), on=DECIDED)
    if row.state != "accepted":
        return row
    return house.do(settle, claim.id, on=DECIDED)
