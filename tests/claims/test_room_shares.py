"""Each signs its own share of the settlement that stands; dissent is kept."""

from dataclasses import replace
from typing import Any

import pytest
from builders import RECOVERED, SETTLED, House, a_desk, a_risk, shipped, yuan

from claims.calls import store as calls
from claims.dissent import Dissent, dissent
from claims.facts import case_of
from claims.give_seat import give_seat
from claims.recompute import recompute, share_anew
from claims.room import store
from claims.room.duties import duties
from claims.room.sealed import settlement_content, settlement_sha256
from claims.room.standing import view_of
from claims.room.view import Side
from claims.sign_share import Signature, sign_share
from kernel.canonical import canonical_json
from kernel.db.engine import transact
from kernel.errors import NotFound
from underwriting.register import register_party

SCHEME = "zhongshan-2021"
SAID = Dissent("fund", 1, "评估值已失效 the value had lapsed", "", "基金经办人")


@pytest.fixture
def claim(house: House) -> Any:
    house.pool(shipped(SCHEME), "fund", yuan("70000000.00"))
    return house.settled(house.policy(a_risk(cover={"scheme": SCHEME})))


@pytest.fixture
def fund(house: House) -> str:
    return seated(house, "pool", "示范风险补偿资金", "fund")


def seated(house: House, kind: str, name: str, party: str) -> str:
    row = house.do(register_party, kind, name, f"91440000{party.upper():0>10}")
    house.do(give_seat, shipped(SCHEME).scheme, party, row.id)
    return str(row.id)


def view(house: House, claim: Any, party_id: str, *, office: bool = False) -> Any:
    return house.read(lambda s: view_of(s, case_of(s, claim.id), party_id, house=office))


def read_hash(house: House, claim: Any) -> str:
    row = house.settlement(claim)
    return str(house.read(lambda s: settlement_sha256(s, row)))


def sign(house: House, claim: Any, party_id: str, party: str = "fund", **more: Any) -> Any:
    signature = Signature(party, 1, read_hash(house, claim), "基金经办人")
    named = {"view": view(house, claim, party_id), "on": SETTLED}
    return house.do(sign_share, claim.id, replace(signature, **more), **named)


def test_a_party_signs_its_share_and_its_duty_is_done(house: House, claim: Any, fund: str) -> None:
    row = sign(house, claim, fund)
    assert row.amount_minor == house.shares(claim)["fund"]
    found = {one.whose: one for one in house.read(lambda s: duties(s, claim.id, SETTLED))}
    assert found["fund"].done_on == SETTLED
    assert {party for party, one in found.items() if one.done_on is None} == {
        party for party, minor in house.shares(claim).items() if minor and party != "fund"
    }
    assert house.kinds("claim", claim.id)[-1] == "share_signed"


def test_what_is_signed_says_every_share_and_sums_to_the_loss(house: House, claim: Any) -> None:
    row = house.settlement(claim)
    content = house.read(lambda s: settlement_content(s, row))
    assert sum(one["paid"] for one in content["shares"]) == content["eligible"]
    before = canonical_json(content)
    house.recover(claim, "50000.00")
    now = house.settlement(claim)
    assert house.read(lambda s: canonical_json(settlement_content(s, now))) == before


def test_nobody_signs_for_another(house: House, claim: Any, fund: str) -> None:
    seen = view(house, claim, fund)
    for party in ("bank", "insurer", "appraiser", "nobody"):
        signature = Signature(party, 1, read_hash(house, claim), "x")
        house.refuse("not-your-share", sign_share, claim.id, signature, view=seen, on=SETTLED)
        said = replace(SAID, party=party)
        house.refuse("not-your-share", dissent, claim.id, said, view=seen, on=SETTLED)


def test_a_signature_is_not_carried_to_the_next_settlement(
    house: House, claim: Any, fund: str
) -> None:
    """The old hash, the old sequence and the old hash under the new sequence are refused."""
    old = read_hash(house, claim)
    sign(house, claim, fund)
    seen = view(house, claim, fund)
    again = Signature("fund", 1, old, "x")
    house.refuse("signed-twice", sign_share, claim.id, again, view=seen, on=SETTLED)
    house.refuse("nothing-changed", recompute, claim.id, "facts were compared", on=RECOVERED)
    assert house.settlement(claim).sequence == 1, "what was signed stands"
    house.do(share_anew, claim.id, "as part of another act", on=RECOVERED)
    assert house.settlement(claim).sequence == 2
    house.refuse("settlement-superseded", sign_share, claim.id, again, view=seen, on=RECOVERED)
    moved = replace(again, sequence=2)
    house.refuse("settlement-differs", sign_share, claim.id, moved, view=seen, on=RECOVERED)
    open_ = house.read(lambda s: duties(s, claim.id, RECOVERED))
    assert all(one.done_on is None for one in open_)
    sign(house, claim, fund, sequence=2)


def test_dissent_is_kept_and_blocks_nothing(house: House, claim: Any, fund: str) -> None:
    seen = view(house, claim, fund)
    row = house.do(dissent, claim.id, SAID, view=seen, on=SETTLED)
    assert row.call_id is None
    assert house.read(lambda s: [one.reason for one in store.dissents(s, claim.id)]) == [
        SAID.reason
    ]
    house.recover(claim, "50000.00")


def test_who_signed_does_not_dissent(house: House, claim: Any, fund: str) -> None:
    sign(house, claim, fund)
    seen = view(house, claim, fund)
    house.refuse("signed", dissent, claim.id, SAID, view=seen, on=SETTLED)


def test_a_signature_takes_the_place_of_a_dissent(house: House, claim: Any, fund: str) -> None:
    """The dissent stays on record."""
    house.do(dissent, claim.id, SAID, view=view(house, claim, fund), on=SETTLED)
    assert len(house.read(lambda s: store.standing_dissents(s, claim.id))) == 1
    sign(house, claim, fund)
    assert house.read(lambda s: store.standing_dissents(s, claim.id)) == ()
    assert len(house.read(lambda s: store.dissents(s, claim.id))) == 1


def test_dissent_may_dispute_the_own_call(house: House, claim: Any) -> None:
    valuer = seated(house, "appraiser", "示范评估机构", "appraiser")
    seen = view(house, claim, valuer)
    said = replace(SAID, party="appraiser", disputes=yuan("1000.00"))
    house.refuse("invalid", dissent, claim.id, said, view=seen, on=SETTLED)
    said, desk = replace(said, clause="layers"), a_desk(SETTLED)
    row = transact(house.engine, lambda s: dissent(s, claim.id, said, view=seen, desk=desk))
    house.audit()
    call = house.read(lambda s: calls.call(s, row.call_id))
    assert (call.party, call.state, call.disputed_minor) == ("appraiser", "disputed", 100000)


def test_a_seat_of_another_scheme_or_of_no_share_finds_nothing(
    house: House, claim: Any, fund: str
) -> None:
    assert view(house, claim, fund).side is Side.SEAT
    stranger = house.do(register_party, "pool", "另一资金", "91440000STRANGER01").id
    with pytest.raises(NotFound):
        view(house, claim, stranger)
    other = shipped("weihai-later-years-2020").scheme
    pool = next(name for name, role in other.roles.items() if role.value == "pool")
    house.do(give_seat, other, pool, stranger)
    with pytest.raises(NotFound):
        view(house, claim, stranger)


def test_a_seat_is_of_the_kind_of_its_party_and_given_once(house: House, fund: str) -> None:
    scheme = shipped(SCHEME).scheme
    house.refuse("seat-twice", give_seat, scheme, "fund", fund)
    house.refuse("invalid", give_seat, scheme, "appraiser", fund)
    house.refuse("invalid", give_seat, scheme, "bank", house.client_id)
    house.refuse("no-such-party", give_seat, scheme, "fund", "pt_" + "a" * 26)
