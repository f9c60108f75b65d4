"""Headroom: exact, never more for more, and the same however a sum is split."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from insurer import FAMILY, GROUP, MILLION, OBLIGOR, TODAY, YUAN, a_means, a_proposal, held

from kernel.money import Money
from kernel.sharing import Facts
from underwriting.portfolio.exposures import Exposures, Held, Written
from underwriting.portfolio.headroom import Proposed, Row, headroom
from underwriting.portfolio.limits import load_limits
from underwriting.portfolio.retained import retained
from underwriting.schemes.library import load_schemes

LIMITS = load_limits()
_MINOR = st.integers(0, 10**13)


def rows_of(proposed: Proposed, exposures: Exposures) -> dict[tuple[str, str], Row]:
    """Code and name of the key -> row."""
    found = headroom(proposed, exposures, LIMITS)
    rows = {(row.grounds.code, row.key.name if row.key else ""): row for row in found}
    assert len(rows) == len(found), "no limit stands twice"
    return rows


def test_a_guarantee_is_measured_against_every_limit_that_binds_it() -> None:
    rows = rows_of(a_proposal(), held(a_means()))
    whole = {code for code, name in rows if not name}
    assert whole == {"guarantee-total", "financing-total", "premium-total"}
    keyed = {(code, name) for code, name in rows if name}
    assert keyed == {
        *(("single-obligor", key.name) for key in (OBLIGOR, GROUP)),
        *(("financing-single", key.name) for key in (OBLIGOR, GROUP)),
        *(("risk-unit", key.name) for key in (OBLIGOR, FAMILY)),
        *((f"accumulation-{key.dimension}", key.name) for key in (OBLIGOR, GROUP, FAMILY)),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "name", "used", "added", "limit"),
    [  # of net assets 1000 and capital 800 million, with a policy of 3, half of it kept
        ("guarantee-total", "", 2_000, 1.5, 10_000),
        ("financing-total", "", 1_500, 1.5, 4_000),
        ("premium-total", "", 0, 0.06, 3_200),
        ("single-obligor", OBLIGOR.name, 6, 1.5, 50),
        ("financing-single", OBLIGOR.name, 6, 1.5, 10),
        ("risk-unit", FAMILY.name, 11, 1.5, 80),
        ("accumulation-obligor", OBLIGOR.name, 15, 3, 20),
        ("accumulation-family", FAMILY.name, 31, 3, 30),
    ],
)
def test_figures_by_hand(code: str, name: str, used: float, added: float, limit: float) -> None:
    kept = {"pledge_guarantee": 6 * MILLION}
    both = kept | {"infringement_loss": 5 * MILLION}
    obligor, family = Held(15 * MILLION, 2, kept), Held(31 * MILLION, 7, both)
    exposures = held(a_means(), obligor=obligor, family=family)
    row = rows_of(a_proposal(), exposures)[code, name]
    minor = [round(figure * MILLION) for figure in (used, added, limit)]
    assert [row.used, row.added, row.limit] == minor
    assert row.left == minor[2] - minor[1] - minor[0]
    assert row.over == (row.left < 0)
    assert row.statutory != code.startswith("accumulation")


def test_what_was_written_since_the_statement_is_added_to_it() -> None:
    written = {
        "pledge_guarantee": Written(30 * MILLION, MILLION),
        "customs_guarantee": Written(-4 * MILLION, 2 * MILLION),
        "infringement_loss": Written(500 * MILLION, 5 * MILLION),
    }
    rows = rows_of(a_proposal(), Exposures("CNY", {}, a_means(), written))
    assert rows["guarantee-total", ""].used == 2_026 * MILLION, "no indemnity business"
    assert rows["financing-total", ""].used == 1_530 * MILLION, "no customs guarantee"
    assert rows["premium-total", ""].used == 8 * MILLION, "premium stated for 2024 is not of 2025"
    same_year = a_means(as_of=date(2025, 1, 31), retained_premium=7 * MILLION)
    rows = rows_of(a_proposal(), Exposures("CNY", {}, same_year, written))
    assert rows["premium-total", ""].used == 15 * MILLION


@pytest.mark.parametrize(("share", "times"), [("29/100", 4), ("30/100", 6), ("1", 6)])
def test_small_firms_raise_the_financing_limit(share: str, times: int) -> None:
    rows = rows_of(a_proposal(), held(a_means(small_business_share=Fraction(share))))
    assert rows["financing-total", ""].limit == times * 1_000 * MILLION


def test_a_limit_is_rounded_down_to_the_fen() -> None:
    rows = rows_of(a_proposal(), held(a_means(net_assets=119, capital_and_reserves=119)))
    assert rows["single-obligor", OBLIGOR.name].limit == 5  # 5.95
    assert rows["risk-unit", FAMILY.name].limit == 11  # 11.9


def test_indemnity_is_not_bound_by_the_rules_for_guarantees() -> None:
    rows = rows_of(a_proposal(product="infringement_loss"), held(a_means()))
    assert {code for code, _ in rows if not code.startswith("acc")} == {
        "risk-unit",
        "premium-total",
    }


def test_without_means_only_the_house_s_own_ceilings_are_known() -> None:
    rows = rows_of(a_proposal(), held())
    assert rows
    assert not any(row.statutory for row in rows.values())


@given(before=_MINOR, first=_MINOR, second=_MINOR, kept=st.fractions(0, 1))
def test_two_policies_leave_what_one_of_both_would(
    before: int, first: int, second: int, kept: Fraction
) -> None:
    """A limit is not widened by splitting what is insured: to the unit, on every row."""

    def counted(minor: int, policies: int) -> dict[str, Held]:
        one = Held(minor, policies, {"pledge_guarantee": int(minor * kept)})
        return {"obligor": one, "group": one, "family": one}

    def proposed(minor: int, share: int) -> Proposed:
        return a_proposal(minor, share, premium=minor // 50)

    part = int((before + first) * kept) - int(before * kept)
    rest = int((before + first + second) * kept) - int((before + first) * kept)
    written = {"pledge_guarantee": Written(part, first // 50)}
    after_first = replace(held(a_means(), **counted(before + first, 2)), written=written)
    split = rows_of(
        replace(proposed(second, rest), premium=Money(second // 50, "CNY")), after_first
    )
    whole = rows_of(
        replace(
            proposed(first + second, part + rest),
            premium=Money(first // 50 + second // 50, "CNY"),
        ),
        held(a_means(), **counted(before, 1)),
    )
    assert {at: row.left for at, row in split.items()} == {
        at: row.left for at, row in whole.items()
    }


@given(used=_MINOR, added=_MINOR, more=_MINOR)
def test_more_never_leaves_more(used: int, added: int, more: int) -> None:
    exposures = held(a_means(), obligor=Held(used, 1))
    less = rows_of(a_proposal(added), exposures)
    grown = rows_of(a_proposal(added + more), exposures)
    for at, row in grown.items():
        assert row.left <= less[at].left
        assert row.over or not less[at].over


@given(net=_MINOR, capital=_MINOR, used=_MINOR, added=_MINOR)
def test_against_decimals(net: int, capital: int, used: int, added: int) -> None:
    """The same rows by whole percent in plain integers."""
    means = a_means(net_assets=net, capital_and_reserves=capital, retained_guarantee=used)
    rows = rows_of(
        a_proposal(added, added), held(means, obligor=Held(used, 1), family=Held(used, 1))
    )
    assert rows["guarantee-total", ""].left == 10 * net - used - added
    assert rows["single-obligor", OBLIGOR.name].left == 5 * net // 100 - used - added
    assert rows["risk-unit", FAMILY.name].left == capital // 10 - used - added


def test_a_row_says_what_it_is_in_json() -> None:
    row = rows_of(a_proposal(), held(a_means()))["financing-single", OBLIGOR.name].json()
    assert (row["used"], row["added"], row["limit"], row["left"]) == (
        "0.00", "1500000.00", "10000000.00", "8500000.00",
    )  # fmt: skip
    assert (row["kind"], row["dimension"], row["name"]) == ("statutory", "obligor", OBLIGOR.name)
    assert row["unverified"]


@pytest.mark.parametrize(
    ("code", "issuer", "kept"),
    [
        ("own-account", "insurer", 3_100_000),  # the insurer alone, interest too
        ("qingdao-2015", "insurer", 1_800_000),  # 60 % of the principal
        ("qingdao-2015", "bank", 600_000),
    ],
)
def test_what_the_insurer_keeps_is_its_share_of_a_whole_loss(
    code: str, issuer: str, kept: int
) -> None:
    loan, limit = Money(3_000_000 * YUAN, "CNY"), Money(3_100_000 * YUAN, "CNY")
    facts = Facts(loan_minor=loan.minor, ip_share=Fraction(1))
    scheme = load_schemes()[code].scheme
    limit = limit if code == "own-account" else loan
    assert retained(scheme, facts, issuer, sum_insured=limit, amount=loan).minor == kept * YUAN


def test_today_is_in_the_quarter_after_the_statement() -> None:
    assert a_means().as_of < TODAY
