from collections.abc import Mapping, Sequence

import pytest

from kernel.sharing import GivenBack, Recovery, RecoveryRule, Standing, give_back

PRO_RATA, REVERSE = RecoveryRule.PRO_RATA, RecoveryRule.REVERSE
QINGDAO = [{"insurer": 600_000, "bank": 200_000, "guarantor": 200_000}]
LAYERED = [{"fund": 50, "bank": 50}, {"insurer": 90, "fund": 10}]


def _back(
    rule: RecoveryRule,
    tranches: Sequence[Mapping[str, int]],
    gross: int,
    costs: int = 0,
    *,
    given: Mapping[str, int] | None = None,
    carried: int = 0,
) -> GivenBack:
    return give_back(rule, Standing(tranches, given or {}, carried), Recovery(gross, costs))


def _parts(got: GivenBack) -> dict[str, int]:
    return {party: part for party, part in got.parts.items() if part}


def test_costs_come_off_first_then_each_in_proportion() -> None:
    got = _back(PRO_RATA, QINGDAO, 100_001, 10_001)
    assert got == GivenBack(90_000, {"insurer": 54_000, "bank": 18_000, "guarantor": 18_000}, 0, 0)


def test_costs_above_the_proceeds_are_carried_to_the_next_recovery() -> None:
    first = _back(PRO_RATA, QINGDAO, 100, 130)
    assert (first.net, first.costs_carried, _parts(first)) == (0, 30, {})
    second = _back(PRO_RATA, QINGDAO, 10, 5, carried=first.costs_carried)
    assert (second.net, second.costs_carried) == (0, 25)
    third = _back(PRO_RATA, QINGDAO, 125, carried=second.costs_carried)
    assert (third.net, third.costs_carried) == (100, 0)
    assert _parts(third) == {"insurer": 60, "bank": 20, "guarantor": 20}


def test_proceeds_that_meet_the_costs_exactly_leave_nothing() -> None:
    assert _back(REVERSE, LAYERED, 7, 7) == GivenBack(0, {"fund": 0, "bank": 0, "insurer": 0}, 0, 0)


def test_what_nobody_bore_is_the_surplus() -> None:
    for rule in RecoveryRule:
        got = _back(rule, LAYERED, 205)
        assert (_parts(got), got.surplus) == ({"fund": 60, "bank": 50, "insurer": 90}, 5)


def test_where_nobody_bore_anything_all_is_surplus() -> None:
    for rule in RecoveryRule:
        assert _back(rule, [], 5) == GivenBack(5, {}, 5, 0)
        assert _back(rule, [{"bank": 0}], 5) == GivenBack(5, {"bank": 0}, 5, 0)


def test_reverse_repays_the_last_tranche_first() -> None:
    assert _parts(_back(REVERSE, LAYERED, 50)) == {"insurer": 45, "fund": 5}
    assert _parts(_back(REVERSE, LAYERED, 100)) == {"insurer": 90, "fund": 10}
    assert _parts(_back(REVERSE, LAYERED, 130)) == {"insurer": 90, "fund": 25, "bank": 15}


def test_reverse_goes_on_where_the_last_recovery_stopped() -> None:
    got = _back(REVERSE, LAYERED, 80, given={"insurer": 45, "fund": 5})
    assert _parts(got) == {"insurer": 45, "fund": 20, "bank": 15}


def test_pro_rata_goes_by_what_is_still_borne() -> None:
    got = _back(PRO_RATA, [{"fund": 100, "bank": 100}], 50, given={"fund": 60})
    assert _parts(got) == {"fund": 14, "bank": 36}  # 40 : 100 of 50 is 14.29 : 35.71


@pytest.mark.parametrize("rule", list(RecoveryRule))
def test_ties_go_to_the_party_written_first(rule: RecoveryRule) -> None:
    assert _parts(_back(rule, [{"fund": 1, "bank": 1}], 1)) == {"fund": 1}
    assert _parts(_back(rule, [{"bank": 1, "fund": 1}], 1)) == {"bank": 1}


def test_nobody_can_have_got_back_more_than_it_bore() -> None:
    with pytest.raises(AssertionError, match="more than it bore"):
        _back(PRO_RATA, LAYERED, 1, given={"bank": 51})


def test_a_negative_figure_is_no_recovery() -> None:
    with pytest.raises(AssertionError, match="negative"):
        _back(PRO_RATA, LAYERED, -1)
    with pytest.raises(AssertionError, match="negative"):
        _back(PRO_RATA, LAYERED, 1, -1)
