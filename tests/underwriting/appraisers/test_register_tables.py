"""The floor under the register: checks, keys and triggers of the database itself."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from alembic import command
from builders import QUOTED, House, cny
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from kernel.db.revisions import alembic_config
from underwriting.appraisers.forms import AppraisedRight, Fetched
from underwriting.register import register_party
from underwriting.register_appraiser import (
    record_appraisal,
    record_realisation,
    register_appraiser,
)

BEFORE = "4a10c0de0004"
TABLES = ("appraiser", "appraiser_standing", "appraisal", "realisation")
LATER = QUOTED + timedelta(days=400)


@pytest.fixture
def filled(house: House) -> Mapping[str, str]:
    """An appraiser with one appraisal that was realised; the ids."""
    party = house.do(register_party, "appraiser", "示范资产评估有限公司", "91APPR0001")
    other = house.do(register_party, "appraiser", "另一评估有限公司", "91APPR0002")
    row = house.do(register_appraiser, party.id, "admitted")
    stated = {"number": "N1", "kind": "invention", "value": cny("1000.00"),
              "valued_on": "2025-01-20", "method": "income"}  # fmt: skip
    valued = house.do(record_appraisal, row.id, AppraisedRight.model_validate(stated, strict=False))
    end = {"realised": cny("10.00"), "realised_on": "2025-02-01", "how": "auction"}
    house.do(record_realisation, valued.id, Fetched.model_validate(end, strict=False), on=LATER)
    return {"appraiser": row.id, "party": party.id, "other": other.id, "appraisal": valued.id}


def put(engine: Engine, table: str, row: Mapping[str, Any]) -> None:
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), dict(row))


def standing(ids: Mapping[str, str], **changes: Any) -> dict[str, Any]:
    return {
        "id": "as_x", "created_at": 1, "appraiser_id": ids["appraiser"], "sequence": 2,
        "state": "suspended", "since": "2025-03-03", "reason": "x", **changes,
    }  # fmt: skip


def valued(ids: Mapping[str, str], **changes: Any) -> dict[str, Any]:
    return {
        "id": "av_x", "created_at": 1, "appraiser_id": ids["appraiser"], "office": "CN",
        "number": "N2", "kind": "invention", "method": "income", "valued_on": "2025-01-20",
        "currency": "CNY", "value_minor": 1, **changes,
    }  # fmt: skip


def ended(ids: Mapping[str, str], **changes: Any) -> dict[str, Any]:
    return {
        "id": "rz_x", "created_at": 1, "appraisal_id": ids["appraisal"], "how": "auction",
        "realised_on": "2025-02-01", "realised_minor": 0, **changes,
    }  # fmt: skip


def test_what_is_whole_goes_in(house: House, filled: Mapping[str, str]) -> None:
    put(house.engine, "appraiser", {"id": "ap_x", "created_at": 1, "party_id": filled["other"]})
    put(house.engine, "appraiser_standing", standing(filled))
    put(house.engine, "appraisal", valued(filled))
    put(house.engine, "realisation", ended(filled, appraisal_id="av_x"))


BROKEN = {
    "a party twice": ("appraiser", lambda ids: {"id": "ap_x", "created_at": 1,
                                                "party_id": ids["party"]}),
    "a party that is none": ("appraiser", lambda _: {"id": "ap_x", "created_at": 1,
                                                     "party_id": "pt_none"}),
    "a state that is none": ("appraiser_standing", lambda ids: standing(ids, state="lost")),
    "a sequence twice": ("appraiser_standing", lambda ids: standing(ids, sequence=1)),
    "a standing of nobody": ("appraiser_standing",
                             lambda ids: standing(ids, appraiser_id="ap_none")),
    "a value of nothing": ("appraisal", lambda ids: valued(ids, value_minor=0)),
    "an appraisal twice": ("appraisal", lambda ids: valued(ids, number="N1")),
    "an appraisal by nobody": ("appraisal", lambda ids: valued(ids, appraiser_id="ap_none")),
    "an end twice": ("realisation", ended),
    "an end below nothing": ("realisation", lambda ids: ended(
        ids, appraisal_id="av_none", realised_minor=-1)),
    "an end of nothing": ("realisation", lambda ids: ended(ids, appraisal_id="av_none")),
}  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_broken_does_not(house: House, filled: Mapping[str, str], broken: str) -> None:
    table, row = BROKEN[broken]
    with pytest.raises(IntegrityError):
        put(house.engine, table, row(filled))


def test_the_step_is_taken_back_and_taken_again(house: House, filled: Mapping[str, str]) -> None:
    assert filled
    config = alembic_config(house.engine.url.render_as_string(hide_password=False))
    house.engine.dispose()
    command.downgrade(config, BEFORE)
    assert not set(TABLES) & set(inspect(house.engine).get_table_names())
    house.engine.dispose()
    command.upgrade(config, "head")
    assert set(TABLES) <= set(inspect(house.engine).get_table_names())
    with house.engine.begin() as connection:
        for table in TABLES:
            assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0
