"""The price of a customs guarantee: months by hand, and what each term of it costs."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from customs_proposals import customs_basis, customs_risk, shared
from proposals import ILL, SOUND, a_scheme, cny
from scipy.stats import norm, poisson

from kernel.errors import Invalid
from models.recovery import Link
from underwriting.fits import Serving
from underwriting.pricing.view import LossView
from underwriting.products.customs_guarantee.letter import letter_of
from underwriting.products.customs_guarantee.losses import losses
from underwriting.products.customs_guarantee.paid import paid_on, sum_insured
from underwriting.products.customs_guarantee.rating import rate
from underwriting.products.customs_guarantee.secured import laws_for, rivals_for

TAX, AMOUNT = 260_000_00, 3_000_000_00
SINGLE = {"mode": "single", "declarations_per_month": None}
WORTHLESS = {"appraised": cny("0.01")}
"""A right that gives nothing back."""


def rated(scheme: Any = None, **parts: Any) -> LossView:
    risk = customs_risk(**parts)
    return rate(risk, customs_basis(risk, scheme=scheme))


def default(month: int) -> float:
    """Of grade BB: 2.5 % in a year."""
    return float(0.975 ** ((month - 1) / 12) - 0.975 ** (month / 12))


def test_a_full_month_without_a_pledge_by_hand() -> None:
    """Open tax N x 260,000.00 up to 3,000,000.00, N Poisson of mean 144 / 365 x 15; surcharge of 44
    days at 0.05 % on what is paid, within the amount; paid 44 days after the middle of the month.
    """
    row = rated(right=WORTHLESS).months[5]
    counts = np.arange(60)
    tax = np.minimum(AMOUNT, TAX * counts)
    surcharge = np.minimum(AMOUNT - tax, tax * 0.0005 * 44)
    chances = poisson.pmf(counts, 144 / 365 * 15)
    today = default(6) * 1.02 ** -(5.5 / 12 + 44 / 365)
    assert row.default_probability == pytest.approx(default(6))
    assert row.paid == pytest.approx(chances @ (tax + surcharge), abs=1)
    assert row.parts[0] == pytest.approx(today * (chances @ tax), rel=1e-8)
    assert row.parts[1] == pytest.approx(today * (chances @ surcharge), rel=1e-8)


def test_a_single_letter_without_a_pledge_by_hand() -> None:
    """Usable for 31 days, due 15 days later: open all of month one and half of month two."""
    view = rated(
        use={**SINGLE, "usable_until": "2025-04-09"},
        cover={"amount": cny("260000.00"), "surcharge": "beyond"},
        right=WORTHLESS,
    )
    owed = TAX * (1 + 0.0005 * 44)
    late = [1.02 ** -((month - 0.5) / 12 + 44 / 365) for month in (1, 2)]
    want = owed * (default(1) * late[0] + default(2) * late[1] / 2)
    assert view.pure == pytest.approx(want, rel=1e-8)
    assert len(view.months) == 2
    tax, surcharge = view.perils
    assert surcharge.expected / tax.expected == pytest.approx(0.0005 * 44)


def test_surcharge_has_no_room_where_the_tax_takes_the_amount() -> None:
    single = {**SINGLE, "usable_until": "2025-06-09"}
    within = rated(use=single, cover={"amount": cny("260000.00")})
    assert within.perils[1].expected == 0.0
    beyond = rated(use=single, cover={"amount": cny("260000.00"), "surcharge": "beyond"})
    assert beyond.perils[1].expected > 0
    assert beyond.pure > within.pure


def test_surcharge_beyond_the_amount_has_a_limit_of_its_own() -> None:
    """At most 90 days: 3,000,000.00 x 0.05 % x 90 = 135,000.00."""
    risk = customs_risk(cover={"surcharge": "beyond"})
    terms = customs_basis(risk).terms
    assert sum_insured(risk, terms).minor == AMOUNT + 135_000_00
    slow = customs_risk(cover={"surcharge": "beyond", "demand_working_days": 30})
    paid = paid_on(np.array([0.0, AMOUNT]), slow, terms)
    assert paid.days == 72
    assert paid.surcharge.tolist() == [0.0, pytest.approx(AMOUNT * 0.0005 * 72)]


def test_a_month_with_a_pledge_by_hand() -> None:
    """Where no link binds and no payment reaches the proceeds' cap, a tiny letter is paid back
    whenever the right sells: the loss is paid - sold x alive x paid, each at its own day.
    """
    risk = customs_risk(
        use={**SINGLE, "usable_until": "2025-04-09"}, cover={"amount": cny("100.00")}
    )
    basis = customs_basis(risk)
    laws = replace(laws_for(risk, basis), link=Link())
    row = losses(letter_of(risk, basis), laws)[0]
    (right,) = laws.rights
    assert right.killed is not None
    sells = 87.5 / 231 / right.killed.survival(1 / 12) * sum(
        weight * right.life.survival(1 / 12 + wait) for weight, wait in laws.disposal.times
    )  # fmt: skip
    paid, back = 1.02 ** -(0.5 / 12 + 44 / 365), 1.02 ** -(0.5 / 12 + 1.5)
    assert row.paid == 100_00
    assert row.given_back == round(100_00 * sells)
    assert row.expected_loss == pytest.approx(default(1) * 100_00 * (paid - sells * back), rel=1e-5)


def test_a_dead_key_right_gives_the_stated_part() -> None:
    """Loss 0.95 of what is owed and 15 % of costs on the rest: 0.0425 comes back."""
    pending = customs_risk(right={"invalidation_pending": True})
    basis = customs_basis(pending)
    laws, letter = laws_for(pending, basis), letter_of(pending, basis)
    alive = replace(laws, link=replace(laws.link, lgd_when_dead=None))
    months, other = losses(letter, laws), losses(letter, alive)
    assert (
        months[0].given_back > other[0].given_back
    )  # with nothing stated, a dead right alone gives 0
    assert sum(m.expected_loss for m in months) < sum(m.expected_loss for m in other)


def test_the_share_is_a_factor_of_every_amount() -> None:
    whole, part = rated(shared("1")), rated(shared("2/5"))
    assert part.pure == pytest.approx(0.4 * whole.pure)
    assert part.months[3].paid == pytest.approx(0.4 * whole.months[3].paid, abs=1)
    assert part.months[3].exposure == whole.months[3].exposure
    assert [step.code for step in part.steps] == ["ground_up", "limit", "share", "recovery"]
    assert part.steps[2].expected == pytest.approx(0.4 * part.steps[1].expected)


LAYERED = """[[layers]]
upto = "1/2"
shares = { insurer = "1/1" }
[[layers]]
shares = { insurer = "1/2", guarantor = "1/2" }"""
CAPPED = """[[caps]]
party = "insurer"
per = "year"
amount = "100.00"
"""
FUSED = """[[fuses]]
measure = "bank_npl_ratio"
above = "0.03"
effect = "suspend_new"
party = "insurer"
"""


@pytest.mark.parametrize(
    ("terms", "problem"),
    [
        ({"layers": LAYERED}, "several layers"),
        ({"more": CAPPED}, "caps"),
        ({"more": FUSED}, "fuse"),
        ({"eligible": "ip_share"}, "part of a loan"),
        ({"loss_base": "principal"}, "surcharge to nobody"),
    ],
)
def test_a_scheme_that_is_not_plain_is_refused(terms: dict[str, str], problem: str) -> None:
    scheme = a_scheme("layered", **{"loss_base": "principal_interest_costs", **terms})
    with pytest.raises(Invalid, match=problem) as refused:
        rated(scheme)
    assert refused.value.code == "scheme-not-plain"
    assert all("own-account" in fault.cure for fault in refused.value.faults)


def test_an_issuer_that_the_scheme_does_not_know_is_refused() -> None:
    with pytest.raises(Invalid, match="no party of scheme own-account"):
        rated(cover={"issuer": "bank"})


def test_perils_steps_and_months_say_the_same() -> None:
    view = rated(arrears={"amount": cny("100000.00")})
    assert view.pure == pytest.approx(sum(row.expected_loss for row in view.months))
    for place, peril in enumerate(view.perils):
        assert peril.expected == pytest.approx(sum(row.parts[place] for row in view.months))
    ground, limit, share, last = (step.expected for step in view.steps)
    assert ground > limit >= share > last > 0
    assert last == pytest.approx(view.pure)


def test_steps_leave_what_the_limit_leaves() -> None:
    """A limit that is never reached takes nothing."""
    wide = rated(cover={"amount": cny("3120000.00"), "surcharge": "beyond"},
                 use={"declarations_per_month": 12})  # fmt: skip
    few = rated(cover={"amount": cny("3120000.00"), "surcharge": "beyond"},
                use={"declarations_per_month": 1})  # fmt: skip
    ground, limit, *_ = (step.expected for step in few.steps)
    assert limit == pytest.approx(ground, rel=1e-6)
    ground, limit, *_ = (step.expected for step in wide.steps)
    assert limit < 0.999 * ground


def test_drivers_by_hand() -> None:
    """Twelve a month over a year of 260,000.00 each on 3,000,000.00: 12.48 turns."""
    found = rated().drivers
    assert found["turns"] == pytest.approx(12 * 12 * 260_000 / 3_000_000)
    assert found["highest_tax"] == 12 * 260_000.0
    assert rated(right={"ahead": cny("1234.56")}).drivers["outranking"] == 1234.56
    assert found["amount_to_value"] == pytest.approx(3 / 8.1)
    assert found["surcharge_days"] == 30 + 14
    assert found["limit_used_up"] == pytest.approx(poisson.sf(11, 144 / 365 * 15))
    assert rated(use={**SINGLE}, cover={"amount": cny("260000.00")}).drivers["turns"] == 1.0


def test_the_record_is_a_factor_and_named() -> None:
    plain, clean = rated(), rated(record={"years": 5, "calls": 0})
    assert clean.experience.factor == pytest.approx(2 / 2.125)
    assert clean.pure == pytest.approx(plain.pure * 2 / 2.125)
    keys = {row["key"] for row in clean.rows}
    assert "tariff/record/weight" in keys
    assert "tariff/record/weight" not in {row["key"] for row in plain.rows}


def test_every_row_has_its_source_and_grade() -> None:
    rows = rated(use={"purposes": ["taxation_elements", "payment_term"]}).rows
    assert {row["key"]: row["value"] for row in rows} == {
        "tariff/open_days/taxation_elements": 90.0,
        "tariff/open_days/payment_term": 15.0,
        "tariff/longest_days/taxation_elements": 180.0,
        "tariff/longest_days/payment_term": 15.0,
        "tariff/surcharge_days/to_the_demand": 30.0,
        "tariff/surcharge_days/most_covered": 90.0,
    }
    for row in rows:
        assert row["source"]
        assert row["unverified"] is (row["grade"] in ("C", "K"))


def test_the_challenger_is_what_it_would_price() -> None:
    risk = customs_risk()
    basis = customs_basis(risk)
    view = rate(risk, basis)
    served = basis.fits["borrower_default"]
    assert served.challenger
    assert view.rival is not None
    swapped = {**basis.fits, "borrower_default": Serving(served.challenger, served.champion)}
    theirs = rate(risk, replace(basis, fits=swapped))
    assert view.rival.pure == pytest.approx(theirs.pure)
    assert view.rival.margin == pytest.approx(theirs.margin.amount)
    assert view.comparison is not None
    assert view.comparison.ratio == pytest.approx(theirs.pure / view.pure)
    assert set(view.rival.fit_ids) <= set(view.fit_ids)


def test_without_a_challenger_nothing_is_compared() -> None:
    risk = customs_risk()
    basis = customs_basis(risk)
    only = {name: Serving(who.champion, None) for name, who in basis.fits.items()}
    view = rate(risk, replace(basis, fits=only))
    assert view.rival is None
    assert view.comparison is None
    assert view.pure == rate(risk, basis).pure


def test_rivals_keep_the_stated_haircut() -> None:
    risk = customs_risk(right={"haircut": "0.4"})
    basis = customs_basis(risk)
    laws = laws_for(risk, basis)
    assert [right.haircut for right in rivals_for(laws, risk, basis).rights] == [0.4]


def test_accounts_are_scored_beside_the_grade() -> None:
    sound, ill = (rated(importer={"accounts": dict(one)}) for one in (SOUND, ILL))
    assert sound.score is not None
    assert ill.score is not None
    assert sound.contest is not None
    assert ill.contest is not None
    assert sound.contest.challenger < ill.contest.challenger
    assert sound.score["fit_id"] in sound.fit_ids
    assert sound.pure == rated().pure


def test_the_margin_is_the_cost_of_capital() -> None:
    """6 % a year on (stressed - expected) default of 2.5 % times the net loss of each month."""
    view = rated()
    stressed = norm.cdf((norm.ppf(0.025) + 0.05**0.5 * norm.ppf(0.995)) / 0.95**0.5)
    held = sum(row.paid - row.given_back for row in view.months) / 12
    assert view.margin.amount == pytest.approx(0.06 * (stressed - 0.025) * held, rel=1e-6)
    assert view.margin.method == "cost_of_capital"


def test_a_right_from_elsewhere_has_no_price_without_a_rate() -> None:
    with pytest.raises(Invalid, match="in ZZ"):
        rated(right={"office": "ZZ"})


def test_a_longer_wait_is_more_open_tax_in_proportion() -> None:
    """Far below the amount the mean open tax is rate x days x tax."""
    one = {"declarations_per_month": 1, "purposes": ["payment_term"]}
    long = {**one, "purposes": ["taxation_elements"]}
    paid = [rated(use=use).months[8].paid for use in (one, long)]
    assert paid[1] / paid[0] == pytest.approx(6.0, rel=0.01)
