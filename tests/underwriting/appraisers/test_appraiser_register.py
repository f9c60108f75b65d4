"""The register in the books: admitted, suspended, valued, realised; nothing is ever changed."""

from datetime import date, timedelta
from typing import Any

import pytest
from builders import QUOTED, House, cny, yuan
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kernel.db import books
from underwriting.appraisers import store
from underwriting.appraisers.forms import AppraisedRight, Fetched
from underwriting.appraisers.look_up import appraiser_views
from underwriting.known_today import known_today
from underwriting.product import Asked
from underwriting.register import register_party
from underwriting.register_appraiser import (
    record_appraisal,
    record_realisation,
    register_appraiser,
    set_standing,
)

LATER = QUOTED + timedelta(days=400)


def an_appraiser(
    house: House, name: str = "示范资产评估有限公司", number: str = "91APPR0001"
) -> Any:
    party = house.do(register_party, "appraiser", name, number)
    return house.do(register_appraiser, party.id, "admitted by the panel")


def a_value(number: str = "EXAMPLE-0001", value: str = "1000000.00", **more: Any) -> AppraisedRight:
    stated = {"number": number, "kind": "invention", "value": cny(value),
              "valued_on": "2025-01-20", "method": "income"}  # fmt: skip
    return AppraisedRight.model_validate(stated | more, strict=False)


def fetched(amount: str = "200000.00", **more: Any) -> Fetched:
    stated = {"realised": cny(amount), "realised_on": "2026-02-01", "how": "auction"}
    return Fetched.model_validate(stated | more, strict=False)


def views(house: House, *names: str, on: date = LATER) -> Any:
    return house.read(lambda s: appraiser_views(s, names, on))


def test_an_appraiser_is_admitted_once(house: House) -> None:
    row = an_appraiser(house)
    assert house.kinds("appraiser", row.id) == ["admitted", "listed"]
    house.refuse("appraiser-twice", register_appraiser, row.party_id, "again")
    house.refuse("invalid", register_appraiser, house.client_id, "a bank")
    house.refuse("no-such-party", register_appraiser, "pt_none", "nobody")


def test_standing_holds_from_its_day(house: House) -> None:
    row = an_appraiser(house)
    since = QUOTED + timedelta(days=10)
    house.do(set_standing, row.id, "suspended", since, "fined", on=LATER)
    states = [
        views(house, "示范资产评估有限公司", on=QUOTED + timedelta(days=days))[0].state
        for days in (-1, 0, 9, 10, 400)
    ]
    assert states == ["unknown", "listed", "listed", "suspended", "suspended"]
    house.refuse("standing-same", set_standing, row.id, "suspended", LATER, "again", on=LATER)
    house.refuse(
        "invalid", set_standing, row.id, "listed", LATER + timedelta(days=1), "x", on=LATER
    )
    house.refuse("no-such-appraiser", set_standing, "ap_none", "listed", LATER, "x", on=LATER)
    early = since - timedelta(days=1)
    house.refuse("invalid", set_standing, row.id, "listed", early, "x", on=LATER)
    house.do(set_standing, row.id, "listed", LATER, "cleared", on=LATER)
    assert views(house, "示范资产评估有限公司")[0].state == "listed"
    assert house.kinds("appraiser", row.id) == ["admitted", "listed", "suspended", "listed"]


def test_an_appraisal_is_recorded_once_and_never_of_nothing(house: House) -> None:
    row = an_appraiser(house)
    done = house.do(record_appraisal, row.id, a_value())
    assert (done.value_minor, done.currency, done.kind) == (10**8, "CNY", "invention")
    house.refuse("appraisal-twice", record_appraisal, row.id, a_value(value="5.00"))
    house.do(record_appraisal, row.id, a_value(method="cost"))
    house.refuse("invalid", record_appraisal, row.id, a_value("N2", "0.00"))
    house.refuse("invalid", record_appraisal, row.id, a_value("N2", valued_on="2025-03-04"))
    house.refuse("no-such-appraiser", record_appraisal, "ap_none", a_value())


def test_an_end_is_recorded_once_and_in_order(house: House) -> None:
    row = an_appraiser(house)
    valued = house.do(record_appraisal, row.id, a_value())
    euro = {"realised": {"amount": "1.00", "currency": "EUR"}}
    for wrong in (euro, {"realised_on": "2025-01-19"}, {"realised_on": "2026-12-31"}):
        house.refuse("invalid", record_realisation, valued.id, fetched(**wrong), on=LATER)
    house.do(record_realisation, valued.id, fetched("0.00"), on=LATER)
    house.refuse("realisation-twice", record_realisation, valued.id, fetched(), on=LATER)
    house.refuse("no-such-appraisal", record_realisation, "av_none", fetched(), on=LATER)
    assert house.kinds("appraiser", row.id)[-2:] == ["valued", "realised"]


def test_the_record_of_a_day_knows_what_had_happened_by_then(house: House) -> None:
    row = an_appraiser(house)
    for number, amount in (("N1", "300000.00"), ("N2", "0.00")):
        valued = house.do(record_appraisal, row.id, a_value(number))
        house.do(record_realisation, valued.id, fetched(amount), on=LATER)
    house.do(record_appraisal, row.id, a_value("N3"))  # its end is not known
    before, after = (
        views(house, "示范资产评估有限公司", on=on)[0] for on in (date(2026, 1, 31), LATER)
    )
    assert (before.cases, after.cases, after.unsold) == (0, 2, 1)
    assert after.thin
    found = house.read(lambda s: store.cases(s, LATER))
    assert sorted(case.ratio for case in found[row.id]) == [0.0, 0.3]


def test_names_are_looked_up_once_each_in_their_order(house: House) -> None:
    an_appraiser(house)
    told = views(house, "nobody", "示范资产评估有限公司", "nobody")
    assert [(one.name, one.state) for one in told] == [
        ("nobody", "unknown"),
        ("示范资产评估有限公司", "listed"),
    ]


def test_one_appraisers_cases_are_behind_the_house_mean_of_another(house: House) -> None:
    first, second = an_appraiser(house), an_appraiser(house, "另一评估有限公司", "91APPR0002")
    for number in range(12):
        valued = house.do(record_appraisal, first.id, a_value(f"N{number}"))
        house.do(record_realisation, valued.id, fetched("10000.00"), on=LATER)
    poor, other = views(house, "示范资产评估有限公司", "另一评估有限公司")
    assert poor.house_mean == other.house_mean
    assert poor.mean < other.mean == pytest.approx(other.house_mean)
    assert (poor.thin, other.thin) == (False, True)
    assert poor.haircut > 0.25
    assert house.read(lambda s: len(store.appraisals(s, second.id))) == 0


@pytest.mark.parametrize("table", ["appraiser", "appraiser_standing", "appraisal", "realisation"])
def test_the_register_only_grows(house: House, table: str) -> None:
    row = an_appraiser(house)
    valued = house.do(record_appraisal, row.id, a_value())
    house.do(record_realisation, valued.id, fetched(), on=LATER)
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = 'x'"):
        with pytest.raises(DBAPIError, match="only grows"), house.engine.begin() as connection:
            connection.execute(text(statement))


def test_every_act_is_on_the_trail_with_its_reason(house: House) -> None:
    row = an_appraiser(house)
    trail = house.read(lambda s: books.events(s, books.Subject("appraiser", row.id)))
    assert trail[-1].payload == {"since": QUOTED.isoformat(), "reason": "admitted by the panel"}


def test_of_two_standings_of_one_day_the_later_holds(house: House) -> None:
    row = an_appraiser(house)
    house.do(set_standing, row.id, "suspended", QUOTED, "a slip was found")
    assert views(house, "示范资产评估有限公司", on=QUOTED)[0].state == "suspended"
    house.do(set_standing, row.id, "listed", QUOTED, "it was none")
    assert views(house, "示范资产评估有限公司", on=QUOTED)[0].state == "listed"


def asked_of(appraiser: str) -> Asked:
    return Asked("91440000FIRM000001", yuan("1.00"), "own-account", appraisers=(appraiser,))


def test_a_house_without_a_register_is_told_nothing(house: House) -> None:
    before = house.read(lambda s: known_today(s, asked_of("示范资产评估有限公司"), LATER))
    assert before.appraisers == ()
    an_appraiser(house)
    after = house.read(lambda s: known_today(s, asked_of("另一评估有限公司"), LATER))
    assert [one.state for one in after.appraisers] == ["unknown"]
