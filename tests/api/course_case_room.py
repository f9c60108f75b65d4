"""The case room over HTTP: seats, signatures, dissent, an appeal, the timeline."""

from typing import Any

from builders import GOOD_CONDUCT, cny
from callers import SCHEME, Caller, Counter, another
from course_calls import settled_claim

NAME = "示范经办人"
GROUNDS = "部分本金已偿还 part of the principal was repaid"


def a_seat(counter: Counter, kind: str, number: str, party: str, scheme: str = SCHEME) -> Caller:
    """A registered party with a seat and a token."""
    house = counter.caller["underwriter"]
    sent = {"kind": kind, "name": f"示范{party}", "register_id": number}
    registered = house.post("/v1/parties", sent)["id"]
    house.post("/v1/seats", {"scheme": scheme, "party": party, "party_id": registered})
    return another(counter, registered, kind, party)


def signed(caller: Caller, place: str, party: str) -> Any:
    """Read the case and sign a share of it."""
    settlement = caller.get(f"{place}/room")["settlement"]
    read = {name: settlement[name] for name in ("sequence", "sha256")}
    return caller.post(f"{place}/signatures", {"party": party, "name": NAME, **read})


def walk_case_room(counter: Counter, policy: Any) -> Any:
    """Settle, sign, dissent, appeal, answer; returns the timeline at its end."""
    fund = a_seat(counter, "pool", "91440000ROOMFUND01", "fund")
    valuer = a_seat(counter, "appraiser", "91440000ROOMVALU01", "appraiser")
    counter.caller["underwriter"].get("/v1/seats")
    settlement = settled_claim(counter, policy)
    place, bank = f"/v1/claims/{settlement['claim_id']}", counter.caller["bank"]
    assert fund.get("/v1/cases")["items"]
    signed(fund, place, "fund")
    said = {"party": "appraiser", "sequence": 1, "reason": "评估值已失效 the value had lapsed"}
    more = {"clause": f"{SCHEME}: layers", "disputes": cny("20000.00"), "name": NAME}
    valuer.post(f"{place}/dissents", {**said, **more})
    bank.get(f"{place}/signatures")
    bank.get(f"{place}/dissents")
    appeal = fund.post(f"{place}/appeals", {"grounds": GROUNDS})
    walk_panel(counter, appeal["id"])
    bank.get(f"{place}/appeals")
    counter.caller["adjuster"].post(f"{place}/settlement")
    return bank.get(f"{place}/timeline")


def walk_panel(counter: Counter, appeal_id: str) -> None:
    """Two who did not decide hear the appeal and change the decision."""
    members = [
        another(counter, counter.party["house"], "adjuster", name) for name in ("third", "fourth")
    ]
    place = f"/v1/appeals/{appeal_id}"
    for number, member in enumerate(members, start=1):
        said = {"outcome": "changed", "words": "材料复核 papers were read", "name": f"成员{number}"}
        member.post(f"{place}/opinions", said)
    lower = {"principal": {"amount": cny("2900000.00"), "reason": "已还款 repaid before"}}
    found = {"conduct": GOOD_CONDUCT, "adjusted": lower}
    answer = {"outcome": "changed", "words": "合议 the panel met", "assessment": found}
    members[0].post(f"{place}/answer", answer)
