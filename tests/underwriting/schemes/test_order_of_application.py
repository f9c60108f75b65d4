"""Each rule of the order of application, worked by hand on the smallest scheme that shows it."""

from fractions import Fraction
from typing import Any

import pytest

from kernel.errors import Invalid
from kernel.sharing import Facts, Loss, Portfolio, Split, split
from underwriting.schemes import parse_scheme

HALVES = 'shares = { fund = "1/2", bank = "1/2" }'
ALL_FUND = 'shares = { fund = "1" }'
UNTIL_HALF = f'[[layers]]\nupto = "1/2"\n{HALVES}\n'
BALANCE = '[[caps]]\nparty = "fund"\nper = "pool_balance"\n'
STOP_FUND = (
    '[[fuses]]\nparty = "fund"\nmeasure = "npl"\nabove = "0.03"\neffect = "suspend_claims"\n'
)


def _text(body: str, residual: str, **stated: str) -> str:
    top = {
        "loss_base": "principal",
        "eligible": "whole",
        "pays_on": "overdue",
        "recovery": "pro_rata",
        "residual": residual,
        **stated,
    }
    lines = [f'{key} = "{value}"' for key, value in top.items()]
    head = 'code = "by-hand"\ntitle = "By hand"\nsource = "by hand"\nvalid_from = 2021-01-01\n'
    return head + "\n".join(lines) + "\n" + body


def _shared(
    body: str, principal: int = 1000, *, residual: str = "uncovered", loss: Any = None, **facts: Any
) -> Split:
    stated = {key: facts.pop(key) for key in ("loss_base", "eligible") if key in facts}
    scheme = parse_scheme(_text(body, residual, **stated))
    return split(scheme, loss or Loss(principal, 0, 0, "CNY"), Facts(**facts))


def _paid(shared: Split) -> dict[str, int]:
    paid = {part.party: part.paid for part in shared.parts if part.paid}
    return paid | ({"uncovered": shared.uncovered} if shared.uncovered else {})


@pytest.mark.parametrize(
    ("base", "eligible"),
    [("principal", 1000), ("principal_interest", 1200), ("principal_interest_costs", 1230)],
)
def test_the_loss_base_says_which_lines_count(base: str, eligible: int) -> None:
    loss = Loss(1000, 200, 30, "CNY")
    shared = _shared(f"[[layers]]\n{ALL_FUND}", loss=loss, loss_base=base)
    assert (shared.eligible, shared.ineligible) == (eligible, 1230 - eligible)
    assert _paid(shared) == {"fund": eligible}


@pytest.mark.parametrize(("principal", "eligible"), [(1, 1), (3, 2), (5, 3), (4, 2), (0, 0)])
def test_the_ip_share_is_rounded_half_up(principal: int, eligible: int) -> None:
    shared = _shared(
        f"[[layers]]\n{ALL_FUND}", principal, eligible="ip_share", ip_share=Fraction(1, 2)
    )
    assert (shared.eligible, shared.ineligible) == (eligible, principal - eligible)


def test_the_ip_share_is_taken_before_the_layers_fill() -> None:
    shared = _shared(
        f'{UNTIL_HALF}[[layers]]\nshares = {{ insurer = "1" }}',
        eligible="ip_share",
        ip_share=Fraction(6, 10),
        loan_minor=1000,
    )
    assert _paid(shared) == {"fund": 250, "bank": 250, "insurer": 100}


BY_SIZE = f"""
[[layers]]
{ALL_FUND}
[[brackets]]
upto_amount = "5.00"
shares = {{ bank = "1" }}
[[brackets]]
upto_amount = "9.00"
shares = {{ insurer = "1" }}
"""


@pytest.mark.parametrize(
    ("loan", "bearer"),
    [(0, "bank"), (500, "bank"), (501, "insurer"), (900, "insurer"), (901, "fund")],
)
def test_the_bracket_is_chosen_by_the_loan_not_by_the_loss(loan: int, bearer: str) -> None:
    assert _paid(_shared(BY_SIZE, 600, loan_minor=loan)) == {bearer: 600}


def test_a_loan_that_fits_no_bracket_is_refused_where_the_layers_have_no_shares() -> None:
    with pytest.raises(Invalid, match="fits no bracket") as refused:
        _shared(BY_SIZE.replace(ALL_FUND, ""), 600, loan_minor=901)
    assert refused.value.faults[0].field == "loan.amount"


BY_TIER = """
[[layers]]
[[brackets]]
tier = "small"
upto_amount = "5.00"
shares = { bank = "1" }
[[brackets]]
tier = "large"
shares = { insurer = "1" }
"""


def test_the_bracket_is_chosen_by_the_tier() -> None:
    assert _paid(_shared(BY_TIER, tier="large", loan_minor=900)) == {"insurer": 1000}
    assert _paid(_shared(BY_TIER, tier="small", loan_minor=500)) == {"bank": 1000}


@pytest.mark.parametrize(
    ("tier", "loan", "field"), [("medium", 100, "loan.tier"), ("small", 501, "loan.amount")]
)
def test_a_tier_or_size_without_a_bracket_is_refused(tier: str, loan: int, field: str) -> None:
    with pytest.raises(Invalid, match="fits no bracket") as refused:
        _shared(BY_TIER, tier=tier, loan_minor=loan)
    assert refused.value.faults[0].field == field


def test_bracket_shares_replace_those_of_every_layer() -> None:
    body = f'{UNTIL_HALF}[[layers]]\n{ALL_FUND}\n[[brackets]]\nshares = {{ insurer = "1" }}'
    shared = _shared(body, loan_minor=1000)
    assert _paid(shared) == {"insurer": 1000}
    assert [dict(tranche) for tranche in shared.tranches] == [{"insurer": 500}, {"insurer": 500}]


def test_layers_fill_in_order_by_fractions_of_the_loan() -> None:
    body = f"""
    [[layers]]
    upto = "1/4"
    {ALL_FUND}
    [[layers]]
    upto = "1/2"
    shares = {{ bank = "1" }}
    [[layers]]
    shares = {{ insurer = "1" }}
    """
    assert _paid(_shared(body, 200, loan_minor=1000)) == {"fund": 200}
    assert _paid(_shared(body, 300, loan_minor=1000)) == {"fund": 250, "bank": 50}
    assert _paid(_shared(body, 1300, loan_minor=1000)) == {
        "fund": 250, "bank": 250, "insurer": 800,
    }  # fmt: skip


def test_the_end_of_a_layer_is_rounded_half_up() -> None:
    body = f'[[layers]]\nupto = "1/2"\n{ALL_FUND}\n[[layers]]\nshares = {{ bank = "1" }}'
    assert _paid(_shared(body, 3, loan_minor=3)) == {"fund": 2, "bank": 1}


@pytest.mark.parametrize(("residual", "bearer"), [("uncovered",) * 2, ("bank",) * 2])
def test_what_lies_beyond_the_last_layer_goes_to_the_residual(residual: str, bearer: str) -> None:
    body = f'[[layers]]\nupto = "1/2"\n{ALL_FUND}'
    assert _paid(_shared(body, 800, residual=residual, loan_minor=1000)) == {
        "fund": 500, bearer: 300,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("order", "fund"), [('fund = "1/2", bank = "1/2"', 2), ('bank = "1/2", fund = "1/2"', 1)]
)
def test_ties_go_to_the_party_written_first(order: str, fund: int) -> None:
    assert _paid(_shared(f"[[layers]]\nshares = {{ {order} }}", 3))["fund"] == fund


def test_left_over_units_go_to_the_largest_remainders() -> None:
    body = '[[layers]]\nshares = { fund = "54/100", bank = "26/100", insurer = "16/100", appraiser = "4/100" }'  # noqa: E501 - one line of a file
    assert _paid(_shared(body, 3333)) == {
        "fund": 1800, "bank": 867, "insurer": 533, "appraiser": 133,
    }  # fmt: skip


def test_each_layer_is_allotted_for_itself() -> None:
    body = f'[[layers]]\nupto = "1/2"\n{HALVES}\n[[layers]]\n{HALVES}'
    assert _paid(_shared(body, 2, loan_minor=2)) == {"fund": 2}


@pytest.mark.parametrize(("measure", "stopped"), [("0.03", False), ("0.030001", True)])
def test_a_fuse_blows_above_its_figure_not_at_it(measure: str, *, stopped: bool) -> None:
    body = f"[[layers]]\n{HALVES}\n{STOP_FUND}"
    shared = _shared(body, residual="bank", ratios={"npl": Fraction(measure)})
    assert _paid(shared) == ({"bank": 1000} if stopped else {"fund": 500, "bank": 500})
    assert {part.party: part.due for part in shared.parts} == {"fund": 500, "bank": 500}


def test_a_fuse_without_a_party_stops_every_pool() -> None:
    body = (
        '[[layers]]\nshares = { fund = "1/4", city = "1/4", bank = "1/2" }\n'
        + STOP_FUND.replace('party = "fund"\n', "")
    )
    assert _paid(_shared(body, ratios={"npl": Fraction(1)})) == {"bank": 500, "uncovered": 500}


def test_a_fuse_on_new_business_does_not_stop_claims() -> None:
    body = f"[[layers]]\n{HALVES}\n{STOP_FUND}".replace("suspend_claims", "suspend_new")
    shared = _shared(body, ratios={"npl": Fraction(1)})
    assert _paid(shared) == {"fund": 500, "bank": 500}


def test_a_party_that_is_stopped_takes_nothing_over_from_a_cap() -> None:
    cap = '[[caps]]\nparty = "bank"\nper = "loan"\namount = "1.00"\nthen = "fund"\n'
    shared = _shared(
        f"[[layers]]\n{HALVES}\n{cap}{STOP_FUND}", residual="insurer", ratios={"npl": Fraction(1)}
    )
    assert _paid(shared) == {"bank": 100, "insurer": 900}


def test_a_residual_party_that_is_stopped_takes_nothing_from_a_cap() -> None:
    cap = '[[caps]]\nparty = "bank"\nper = "loan"\namount = "1.00"\n'
    shared = _shared(
        f"[[layers]]\n{HALVES}\n{cap}{STOP_FUND}", residual="fund", ratios={"npl": Fraction(1)}
    )
    assert _paid(shared) == {"bank": 100, "uncovered": 900}


def test_a_residual_party_that_is_stopped_takes_nothing_beyond_the_last_layer() -> None:
    body = f'[[layers]]\nupto = "1/2"\nshares = {{ bank = "1" }}\n{STOP_FUND}'
    shared = _shared(body, residual="fund", loan_minor=1000, ratios={"npl": Fraction(1)})
    assert _paid(shared) == {"bank": 500, "uncovered": 500}


def test_a_cap_cuts_the_total_of_a_party_over_all_layers() -> None:
    body = f"{UNTIL_HALF}[[layers]]\n{ALL_FUND}\n{BALANCE}"
    shared = _shared(body, loan_minor=1000, balances={"fund": 400})
    assert _paid(shared) == {"fund": 400, "bank": 250, "uncovered": 350}
    assert [dict(tranche) for tranche in shared.tranches] == [
        {"fund": 250, "bank": 250},
        {"fund": 150},
    ]


def test_what_a_cap_cuts_goes_to_then_before_the_residual() -> None:
    body = f'[[layers]]\n{HALVES}\n{BALANCE}then = "insurer"'
    shared = _shared(body, residual="bank", balances={"fund": 0})
    assert _paid(shared) == {"bank": 500, "insurer": 500}


def test_what_a_cap_cuts_goes_to_the_residual_without_a_then() -> None:
    body = f"[[layers]]\n{HALVES}\n{BALANCE}"
    assert _paid(_shared(body, residual="bank", balances={"fund": 1})) == {"fund": 1, "bank": 999}


CAP_BANK = '[[caps]]\nparty = "bank"\nper = "loan"\namount = "6.00"\n'


def test_a_later_cap_cuts_what_a_then_took_over() -> None:
    body = f'[[layers]]\n{HALVES}\n{BALANCE}then = "bank"\n{CAP_BANK}'
    assert _paid(_shared(body, balances={"fund": 100})) == {
        "fund": 100, "bank": 600, "uncovered": 300,
    }  # fmt: skip


def test_an_earlier_cap_does_not_cut_what_a_then_took_over() -> None:
    body = f'[[layers]]\n{HALVES}\n{CAP_BANK}{BALANCE}then = "bank"'
    assert _paid(_shared(body, balances={"fund": 100})) == {"fund": 100, "bank": 900}


def test_caps_do_not_cut_the_residual_again() -> None:
    body = f"[[layers]]\n{HALVES}\n{BALANCE}{CAP_BANK}"
    shared = _shared(body, residual="bank", balances={"fund": 100})
    assert _paid(shared) == {"fund": 100, "bank": 900}


def test_a_cap_on_the_residual_party_returns_what_it_cuts() -> None:
    body = f"[[layers]]\n{HALVES}\n{BALANCE}"
    shared = _shared(body, residual="fund", balances={"fund": 100})
    assert _paid(shared) == {"fund": 500, "bank": 500}
    assert [dict(tranche) for tranche in shared.tranches][-1] == {"fund": 400}


def test_fuses_come_before_caps() -> None:
    cap = '[[caps]]\nparty = "bank"\nper = "loan"\namount = "6.00"\nthen = "insurer"\n'
    body = f"[[layers]]\n{HALVES}\n{cap}{STOP_FUND}"
    shared = _shared(body, residual="bank", ratios={"npl": Fraction(1)})
    assert _paid(shared) == {"bank": 1000}, "the residual comes to the bank uncut"


def _capped(per: str, **facts: Any) -> dict[str, int]:
    limit = 'rate = "1/3"' if per == "portfolio" else 'amount = "4.00"'
    cap = f'[[caps]]\nparty = "fund"\nper = "{per}"\n{limit}'
    return _paid(_shared(f"[[layers]]\n{ALL_FUND}\n{cap}", **facts))


def test_a_cap_of_the_loan() -> None:
    assert _capped("loan") == {"fund": 400, "uncovered": 600}


@pytest.mark.parametrize(("paid", "fund"), [(0, 400), (150, 250), (400, 0), (900, 0)])
def test_a_cap_of_the_year_leaves_what_the_year_has_not_used(paid: int, fund: int) -> None:
    assert _capped("year", paid_this_year={"fund": paid}).get("fund", 0) == fund


@pytest.mark.parametrize(
    ("volume", "paid", "fund"), [(1000, 0, 333), (500, 0, 167), (1000, 300, 33), (1000, 334, 0)]
)
def test_a_cap_of_the_portfolio_is_its_rate_of_the_volume(
    volume: int, paid: int, fund: int
) -> None:
    assert _capped("portfolio", portfolio=Portfolio(volume, paid)).get("fund", 0) == fund
