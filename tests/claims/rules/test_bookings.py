"""Which accounts claims move: every set of moves balances, whatever the figures."""

from collections.abc import Mapping

from builders import a_scheme, scheme_text
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.bookings import (
    Sides,
    call_paid_moves,
    called,
    paid_to_bank,
    pool_moves,
    recovery_moves,
    settlement_moves,
)
from kernel.sharing import Facts, Loss, Recovery, RecoveryRule, Split, Standing, give_back, split
from underwriting.schemes.library import read_scheme

MINOR = st.integers(0, 10**12)
FOUR = read_scheme(
    scheme_text(
        layers='[[layers]]\nshares = { fund = "54/100", bank = "26/100", insurer = "16/100", '
        'appraiser = "4/100" }',
        more='[[caps]]\nparty = "fund"\nper = "pool_balance"',
    ),
    "four",
).scheme
SEVERAL, LEAD = Sides("insurer", "bank", lead=False), Sides("insurer", "bank", lead=True)


def shared(loss: int = 1000, balance: int = 10**13) -> Split:
    return split(FOUR, Loss(loss, 0, 0, "CNY"), Facts(balances={"fund": balance}))


def test_the_bank_gets_the_issuers_share_and_the_rest_is_noted() -> None:
    moves = settlement_moves(shared(), SEVERAL)
    assert paid_to_bank(shared(), SEVERAL) == 160
    assert dict(moves) == {
        "claims_paid:insurer": 160,
        "cash": -160,
        "memo_call:fund": 540,
        "memo_owed_to_bank:fund": -540,
        "memo_call:appraiser": 40,
        "memo_owed_to_bank:appraiser": -40,
    }


def test_as_lead_the_house_pays_for_all_but_the_bank() -> None:
    moves = settlement_moves(shared(), LEAD)
    assert paid_to_bank(shared(), LEAD) == 740
    assert dict(moves) == {
        "claims_paid:insurer": 160,
        "cash": -740,
        "share_receivable:fund": 540,
        "share_receivable:appraiser": 40,
    }


def test_what_is_to_come_back_stands_beside_what_is_owed() -> None:
    """160 are owed and 210 went out: 50 to a third party beside 160 that the insured had."""
    moves = dict(settlement_moves(shared(), SEVERAL, out=210))
    assert sum(moves.values()) == 0
    assert (moves["claims_paid:insurer"], moves["overpaid:bank"], moves["cash"]) == (160, 50, -210)


def test_neither_the_issuer_nor_the_bank_is_called() -> None:
    assert called(shared(), LEAD) == {"fund": 540, "appraiser": 40}
    assert called(shared(balance=0), LEAD) == {"appraiser": 40}


@given(loss=MINOR, balance=st.integers(0, 10**12), lead=st.booleans())
def test_settlements_and_their_calls_balance_and_settle(
    loss: int, balance: int, *, lead: bool
) -> None:
    sides = LEAD if lead else SEVERAL
    moves = settlement_moves(shared(loss, balance), sides)
    for party, minor in called(shared(loss, balance), sides).items():
        moves += call_paid_moves(party, minor, lead=lead)
    assert sum(minor for _, minor in moves) == 0
    left = _sums(moves)
    own = shared(loss, balance).paid_by("insurer")
    assert left.pop("claims_paid:insurer", 0) == own == -left.pop("cash", 0)
    assert not any(left.values())


def _sums(moves: list[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for account, minor in moves:
        sums[account] = sums.get(account, 0) + minor
    return sums


@given(MINOR, MINOR, MINOR, MINOR, st.sampled_from(RecoveryRule))
def test_recoveries_balance(
    loss: int, gross: int, costs: int, carried: int, rule: RecoveryRule
) -> None:
    borne: tuple[Mapping[str, int], ...] = shared(loss, loss // 3).borne
    recovery = Recovery(gross, costs)
    back = give_back(rule, Standing(borne, costs_carried=carried), recovery)
    moves = recovery_moves(recovery, back, carried, "insurer")
    assert sum(minor for _, minor in moves) == 0
    assert "recovery_payable:uncovered" not in dict(moves)


def test_pools_balance() -> None:
    moves = pool_moves({"fund": 3, "city": -2}, "z")
    assert sum(minor for _, minor in moves) == 0
    assert dict(pool_moves({"fund": 3}, "z")) == {"pool_losses:z:fund": 3, "pool_money:z:fund": -3}


def test_a_scheme_of_two_parties_calls_nobody() -> None:
    two = split(a_scheme().scheme, Loss(1000, 0, 0, "CNY"), Facts())
    assert called(two, LEAD) == {}
