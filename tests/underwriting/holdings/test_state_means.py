"""The insurer's own figures: stated once a quarter, whole, never changed."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from builders import House
from insurer import a_means
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from kernel.db.engine import read, transact
from underwriting.holdings import store
from underwriting.holdings.exposed import means_of
from underwriting.holdings.tables import MeansRow
from underwriting.state_means import state_means


def test_a_statement_is_kept_as_it_was_made(house: House) -> None:
    means = a_means(currency="USD", core_solvency=Fraction(4, 3), small_business_share=Fraction(1))
    row = house.do(state_means, means)
    assert house.kinds("means", row.id) == ["stated"]
    (kept,) = read(house.engine, lambda s: store.means_stated(s, "USD"))
    assert means_of(kept) == means


def test_the_newest_quarter_stands_first(house: House) -> None:
    for as_of in (date(2024, 6, 30), date(2024, 9, 30)):
        house.do(state_means, a_means(currency="USD", as_of=as_of))
    rows = read(house.engine, lambda s: store.means_stated(s, "USD"))
    assert [row.as_of for row in rows] == [date(2024, 9, 30), date(2024, 6, 30)]
    everything = read(house.engine, store.means_stated)
    assert {row.currency for row in everything} == {"CNY", "USD"}


def test_a_quarter_is_stated_once_in_a_currency(house: House) -> None:
    house.do(state_means, a_means(currency="USD"))
    house.do(state_means, a_means(currency="EUR"))
    house.refuse("means-twice", state_means, a_means(currency="USD", net_assets=1))


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"as_of": date(2030, 6, 30)}, ["as_of"]),
        ({"as_of": date(2024, 8, 15)}, ["as_of"]),
        ({"retained_financing": 10**15}, ["retained_financing"]),
        ({"core_solvency": Fraction(5)}, ["core_solvency"]),
        (
            {"as_of": date(2030, 6, 30), "core_solvency": Fraction(5)},
            ["as_of", "core_solvency"],
        ),
    ],
)
def test_what_contradicts_itself_is_refused_all_at_once(
    house: House, changes: dict[str, Any], fields: list[str]
) -> None:
    refused = house.refuse("means-invalid", state_means, a_means(currency="USD", **changes))
    assert [fault.field for fault in refused.faults] == fields


def test_a_statement_is_never_changed(house: House) -> None:
    row = house.do(state_means, a_means(currency="USD"))

    def act(session: Session) -> None:
        kept = session.get(MeansRow, row.id)
        kept.net_assets = 1
        session.add(kept)
        session.flush()

    with pytest.raises(DBAPIError, match="only grows"):
        transact(house.engine, act)
