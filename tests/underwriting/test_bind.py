"""ACTS bind and approve: which quotes become policies, and what is frozen."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from builders import (
    QUOTED,
    House,
    a_desk,
    a_risk,
    cny,
    folder_of,
    read_scheme,
    scheme_text,
    shipped,
)
from sqlmodel import Session

from kernel.db.engine import transact
from kernel.errors import Conflict
from underwriting import store
from underwriting.approve import approve
from underwriting.bind import bind
from underwriting.register import Measure, state_measure
from underwriting.rules.contract import Contract
from underwriting.schemes import load_schemes
from underwriting.tables import PolicyRow, QuoteRow

REFERRED = {"loan": {"term_months": 48}}
NEW_STOPS = """
[[fuses]]
party   = "insurer"
measure = "bank_npl_ratio"
above   = "3/100"
effect  = "suspend_new"
"""


def test_a_bound_quote_is_a_policy_with_its_terms_frozen(house: House) -> None:
    quoted = house.quote()
    policy = house.do(bind, quoted.id)
    terms = Contract.of(policy.contract)
    assert policy.number.startswith("PG-20250303-")
    assert (policy.starts_on, policy.ends_on) == (date(2025, 3, 10), date(2026, 4, 9))
    assert policy.premium_minor == quoted.premium_minor
    assert policy.sum_insured_minor == terms.sum_insured.minor == 313_050_000
    assert policy.scheme_text == shipped("qingdao-2015").text
    assert policy.scheme_sha256 == shipped("qingdao-2015").sha256
    assert policy.paid_minor == 0
    assert _quote(house, quoted.id).state == "bound"
    assert house.kinds("quote", quoted.id) == ["quoted", "bound"]
    assert house.kinds("policy", policy.id) == ["bound"]
    assert house.read(lambda s: store.policy_of_quote(s, quoted.id)).id == policy.id


def test_the_premium_is_booked_once(house: House) -> None:
    subsidy = {"payer": "示范市财政局", "share": "1/2", "cap": cny("5000.00")}
    policy = house.policy(a_risk(subsidy=subsidy))
    booked = house.balances()
    assert booked["premium_receivable:subsidy"] == 500_000
    assert booked["premium_receivable:policyholder"] == policy.premium_minor - 500_000
    assert booked["premium_income"] + booked["tax_payable"] == -policy.premium_minor


def test_a_bound_quote_is_not_bound_again(house: House) -> None:
    policy = house.policy()
    refused = house.refuse("quote-not-open", bind, policy.quote_id)
    assert "bound" in refused.faults[0].problem


@pytest.mark.parametrize(
    ("risk", "state"), [(REFERRED, "referred"), ({"borrower": {"grade": "CCC"}}, "declined")]
)
def test_what_is_not_open_is_not_bound(house: House, risk: dict[str, object], state: str) -> None:
    quoted = house.quote(a_risk(**risk))
    refused = house.refuse("quote-not-open", bind, quoted.id)
    assert state in refused.faults[0].problem


def test_an_offer_lapses_after_its_last_day(house: House) -> None:
    quoted = house.quote(a_risk(loan={"drawdown": "2025-06-01"}))
    house.refuse("quote-lapsed", bind, quoted.id, on=QUOTED + timedelta(days=31))
    house.do(bind, quoted.id, on=QUOTED + timedelta(days=30))


def test_an_approved_quote_is_bound(house: House) -> None:
    quoted = house.quote(a_risk(**REFERRED))
    house.do(approve, quoted.id, "a strong file")
    assert house.kinds("quote", quoted.id) == ["quoted", "approved"]
    assert house.do(bind, quoted.id).quote_id == quoted.id


def test_only_a_referred_quote_is_approved_and_only_in_time(house: House) -> None:
    accepted, referred = house.quote(), house.quote(a_risk(**REFERRED))
    declined = house.quote(a_risk(borrower={"grade": "CCC"}))
    house.refuse("quote-not-referred", approve, accepted.id, "why not")
    house.refuse("quote-not-referred", approve, declined.id, "why not")
    house.refuse("quote-lapsed", approve, referred.id, "late", on=QUOTED + timedelta(days=31))
    house.refuse("no-such-quote", approve, "qt_none", "who")


def test_two_quotes_within_the_limit_fill_it_together(house: House) -> None:
    """20,000,000.00 for one borrower: each loan of 9,600,000.00 fits alone, not the second."""
    big = a_risk(loan={"amount": cny("9600000")}, right={"appraised": cny("30000000")})
    first, second = house.quote(big), house.quote(big)
    assert {first.state, second.state} == {"accepted"}
    house.do(bind, first.id)
    refused = house.refuse("no-longer-acceptable", bind, second.id)
    assert {fault.field for fault in refused.faults} == {"findings.accumulation-limit"}
    again = house.quote(big)
    assert again.state == "referred"
    house.do(approve, again.id, "known for years")
    house.do(bind, again.id)


def test_a_cover_that_has_ended_no_longer_fills_the_limit(house: House) -> None:
    big = a_risk(loan={"amount": cny("9600000")}, right={"appraised": cny("30000000")})
    house.policy(big)
    second = a_risk(
        loan={"amount": cny("9600000"), "drawdown": "2026-05-01"},
        right={"appraised": cny("30000000"), "appraised_on": "2026-04-01"},
    )
    assert house.quote(second, on=date(2026, 4, 9)).state == "referred"
    assert house.quote(second, on=date(2026, 4, 10)).state == "accepted"


def test_a_fuse_that_blew_since_stops_even_what_was_approved(house: House, tmp_path: Path) -> None:
    text = scheme_text("fused", more=NEW_STOPS)
    scheme, folder = read_scheme(text, "fused").scheme, folder_of(tmp_path, fused=text)
    low = Measure("bank_npl_ratio", Fraction(3, 100), QUOTED, "the bank")
    house.do(state_measure, scheme, house.client_id, low)
    risk = a_risk(cover={"scheme": "fused"}, loan={"term_months": 48})
    quoted = house.quote(risk, schemes_folder=folder)
    house.do(approve, quoted.id, "looked into")
    tomorrow = QUOTED + timedelta(days=1)
    high = Measure("bank_npl_ratio", Fraction(31, 1000), tomorrow, "the bank")
    house.do(state_measure, scheme, house.client_id, high, on=tomorrow)
    refused = house.refuse("no-longer-acceptable", bind, quoted.id, on=tomorrow)
    assert [fault.field for fault in refused.faults] == ["findings.fuse-blown"]


def test_the_scheme_of_the_quote_is_bound_though_its_file_has_changed(
    house: House, tmp_path: Path
) -> None:
    sold = scheme_text("local")
    folder = folder_of(tmp_path, local=sold)
    quoted = house.quote(a_risk(cover={"scheme": "local"}), schemes_folder=folder)
    folder_of(tmp_path, local=sold.replace("80/100", "10/100").replace("20/100", "90/100"))
    load_schemes.cache_clear()  # as after a restart
    assert house.do(bind, quoted.id).scheme_text == sold
    other = house.quote(a_risk(cover={"scheme": "local"}), schemes_folder=folder)
    assert other.premium_minor < quoted.premium_minor


def test_a_receipt_that_was_touched_is_not_bound(house: House) -> None:
    quoted = house.quote()

    def touch(session: Session) -> None:
        row = store.quote(session, quoted.id)
        row.receipt = row.receipt.replace('"decision":"accepted"', '"decision":"approved"')

    transact(house.engine, touch)
    with pytest.raises(AssertionError, match="replays to the same bytes"):
        transact(house.engine, lambda s: bind(s, quoted.id, desk=a_desk()))


def test_two_clerks_bind_one_quote_once(house: House) -> None:

    quoted = house.quote()

    def work(clerk: int) -> PolicyRow | None:
        try:
            desk = a_desk(actor=f"clerk {clerk}")
            return transact(house.engine, lambda s: bind(s, quoted.id, desk=desk))
        except Conflict:
            return None

    with ThreadPoolExecutor(4) as clerks:
        bound = [row for row in clerks.map(work, range(4)) if row]
    assert len(bound) == 1
    house.audit()


def _quote(house: House, id_: str) -> QuoteRow:
    return house.read(lambda s: store.quote(s, id_))
