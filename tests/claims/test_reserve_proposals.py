"""A proposal of reserves: withdrawn, refused whatever its size, overtaken; a slip is none."""

import pytest
from builders import ASSESSED, SETTLED, House

from api.schemas.reserves import lines_answer
from claims import store as claims
from claims.propose_reserves import Proposed, answer_reserves, propose_reserves
from claims.reserving import store
from claims.reserving.tables import ReserveProposalRow
from claims.rules.reserve.lines import LINES, Reserves
from claims.settle import settle
from underwriting import store as contracts

SET = Reserves(indemnity=150_000_000, adjustment=3_000_000, recovery=10_000_000)


def proposed(reserves: Reserves = SET) -> Proposed:
    return Proposed(reserves, "the pledge is worth less than stated")


def waiting(house: House, claim_id: str) -> tuple[ReserveProposalRow, ...]:
    found: tuple[ReserveProposalRow, ...] = house.read(
        lambda s: store.waiting(s, claims.claim(s, claim_id))
    )
    return found


def test_who_proposed_withdraws(house: House) -> None:
    """By refusing it; the reserves are free to be set again."""
    claim = house.claim(house.policy())
    clerk = {"on": ASSESSED, "authority": "clerk"}
    made = house.do(propose_reserves, claim.id, proposed(), **clerk)
    refused = house.refuse("own-proposal", answer_reserves, made.id, "x", approved=True, **clerk)
    assert "withdraws" in refused.faults[0].cure
    done = house.do(answer_reserves, made.id, "a slip", approved=False, **clerk)
    assert (done.outcome, done.actor) == ("refused", "clerk")
    assert house.kinds("claim", claim.id)[-1] == "reserves_withdrawn"
    assert waiting(house, claim.id) == ()
    house.do(propose_reserves, claim.id, proposed(), **clerk)


@pytest.mark.parametrize(("authority", "may"), [("clerk", False), ("underwriter", True)])
def test_above_the_lowest_level_anybody_refuses_whatever_the_size(
    house: House, authority: str, *, may: bool
) -> None:
    """3,000,000.00 is for a senior to set; to leave the reserves as they are risks nothing."""
    claim = house.claim(house.policy())
    high = proposed(Reserves(indemnity=300_000_000))
    made = house.do(propose_reserves, claim.id, high, on=ASSESSED, authority="clerk")
    assert made.need == "senior"
    answer = (answer_reserves, made.id, "too much")
    named = {"approved": False, "on": ASSESSED, "actor": "x", "authority": authority}
    if may:
        assert house.do(*answer, **named).outcome == "refused"
    else:
        house.refuse("above-authority", *answer, **named)


@pytest.mark.parametrize("name", LINES)
def test_more_than_could_ever_be_owed_is_a_slip(house: House, name: str) -> None:
    """Two sums insured hold every line, whoever sets it; nothing waits then."""
    claim = house.claim(house.policy())
    most = 2 * house.read(lambda s: contracts.policy(s, claim.policy_id)).sum_insured_minor
    slip = proposed(Reserves(**{name: most + 1}))
    for authority in ("clerk", "chief"):
        named = {"on": ASSESSED, "authority": authority}
        refused = house.refuse("invalid", propose_reserves, claim.id, slip, **named)
        assert [fault.field for fault in refused.faults] == [f"{name}.amount"]
    house.do(propose_reserves, claim.id, proposed(Reserves(**{name: most})), on=ASSESSED)


def test_what_was_overtaken_waits_for_nobody_and_blocks_nothing(house: House) -> None:
    """The next proposal answers it."""
    claim = house.accepted(house.policy())
    made = house.do(propose_reserves, claim.id, proposed(), on=ASSESSED, authority="clerk")
    house.do(settle, claim.id, on=SETTLED)
    assert waiting(house, claim.id) == ()
    named = {"approved": True, "on": SETTLED, "actor": "second"}
    refused = house.refuse("overtaken", answer_reserves, made.id, "late", **named)
    assert "propose anew" in refused.faults[0].cure
    house.do(propose_reserves, claim.id, proposed(), on=SETTLED)
    assert house.read(lambda s: store.answer_of(s, made.id)).outcome == "overtaken"
    assert house.read(lambda s: store.standing(s, claims.claim(s, claim.id)).lines) == SET


def test_a_net_below_nought_is_shown_with_its_sign() -> None:
    """After a payment more is expected back than is set aside."""
    found = lines_answer(Reserves(indemnity=100, recovery=500_000), "CNY")
    assert found.net.amount == "-4999.00"
