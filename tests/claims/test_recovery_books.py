"""The audit of recoveries bites; editions only grow; the step keeps what stands; papers of it."""

from datetime import date
from typing import Any

import builders
import pytest
from alembic import command
from builders import RECOVERED, House, a_risk, shipped, yuan
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from claims.correct_recovery import Correction, correct_recovery
from claims.disposal import store as kept
from claims.disposal.audit import verify_recoveries
from claims.issue_recovery_account import issue_recovery_account
from claims.tables import ClaimRow
from documents.forms.recovery_account import RecoveryAccount
from documents.stated import read_stated
from kernel.db.engine import make_engine, read
from kernel.db.revisions import alembic_config

BEFORE = "4a10c0de0013"
LATER = date(2026, 10, 1)


def settled(house: House) -> ClaimRow:
    house.pool(shipped("zhongshan-2021"), "fund", yuan("70000000.00"))
    return house.settled(house.policy(a_risk(cover={"scheme": "zhongshan-2021"})))


@pytest.mark.parametrize(
    ("spoils", "said"),
    [
        ("UPDATE recovery SET costs_minor = 7", "newest edition"),
        ("UPDATE recovery SET net_minor = net_minor + 1", "newest edition"),
    ],
)
def test_a_recovery_that_was_tampered_with_shows(
    house: House, engine: Engine, spoils: str, said: str
) -> None:
    house.recover(settled(house), "100.00")
    assert house.read(verify_recoveries) == ()
    with engine.begin() as connection:
        connection.execute(text(spoils))
    (fault,) = house.read(verify_recoveries)
    assert said in fault.problem


def test_a_posting_that_nobody_is_owed_shows(house: House, engine: Engine) -> None:
    claim = settled(house)
    row = house.recover(claim, "100.00")
    more = kept.RecoveryPaymentRow(
        id="rp_aaaaaaaaaaaaaaaaaaaaaaaaaa", created_at=row.created_at, claim_id=claim.id,
        payee="fund", currency="CNY", amount_minor=5, reference="X", paid_on=RECOVERED,
        booked_on=RECOVERED,
    )  # fmt: skip
    with Session(engine) as session:
        session.add(more)
        session.commit()
    (fault,) = house.read(verify_recoveries)
    assert fault.field == "recovery_payable:fund"


@pytest.mark.parametrize("table", ["recovery_sharing", "recovery_payment", "disposal_bid"])
def test_what_is_kept_only_grows(house: House, engine: Engine, table: str) -> None:
    house.recover(settled(house), "100.00")
    if table == "recovery_sharing":
        with pytest.raises(DBAPIError), engine.begin() as connection:
            connection.execute(text("UPDATE recovery_sharing SET net_minor = 0"))
        with pytest.raises(DBAPIError), engine.begin() as connection:
            connection.execute(text("DELETE FROM recovery_sharing"))
    triggers = (
        "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
        if engine.dialect.name == "sqlite"
        else "SELECT count(*) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE relname = :table AND NOT tgisinternal"
    )
    with engine.connect() as connection:
        assert connection.scalar(text(triggers), {"table": table}) >= 2


def test_the_step_writes_first_editions_of_what_is_in_the_books(
    house: House, engine: Engine
) -> None:
    """Down and up again: costs are carried on as they were, and a correction still replays."""
    claim = settled(house)
    first = house.recover(claim, "100.00", "300.00")
    second = house.recover(claim, "1000.00", reference="R2")
    before = {
        row.recovery_id: (row.carried_minor, row.unmet_minor, row.net_minor, row.parts)
        for row in house.read(lambda s: kept.sharings(s, claim.id))
    }
    url = engine.url.render_as_string(hide_password=False)
    engine.dispose()
    command.downgrade(alembic_config(url), BEFORE)
    command.upgrade(alembic_config(url), "head")
    later = make_engine(url)
    rows = read(later, lambda s: kept.sharings(s, claim.id))
    assert {
        row.recovery_id: (row.carried_minor, row.unmet_minor, row.net_minor, row.parts)
        for row in rows
    } == before
    assert before[first.id][:2] == (0, 20_000)
    assert before[second.id][0] == 20_000
    assert read(later, verify_recoveries) == ()
    again = House(later, house.client_id, house.firm_id)
    again.do(correct_recovery, first.id, Correction("no costs", costs=yuan("0")), on=LATER)
    assert again.read(verify_recoveries) == ()
    later.dispose()


def account_of(house: House, document: Any) -> RecoveryAccount:
    form = read_stated(house.read(lambda s: s.get(type(document), document.id)).stated)
    assert isinstance(form, RecoveryAccount)
    return form


def test_the_account_is_filed_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builders, "_BESIDE", (*builders._BESIDE, "recovery_account"))
    claim = settled(house)
    row = house.recover(claim, "100000.00")
    period = {"opens": date(2026, 1, 1), "closes": RECOVERED}
    paper = house.do(issue_recovery_account, claim.id, **period, on=LATER)
    again = house.do(issue_recovery_account, claim.id, **period, on=LATER)
    assert paper.id == again.id
    form = account_of(house, paper)
    assert {one.payee: one.closing.minor for one in form.accounts} == {
        "appraiser": 400_000, "bank": 2_600_000, "fund": 5_400_000, "insurer": 0,
    }  # fmt: skip
    wrong = Correction("costs were left out", costs=yuan("10000.00"))
    house.do(correct_recovery, row.id, wrong, on=LATER)
    whole = {"opens": date(2026, 1, 1), "closes": LATER}
    fund = house.do(issue_recovery_account, claim.id, **whole, payee="fund", on=LATER)
    (one,) = account_of(house, fund).accounts
    assert one.closing == yuan("48600.00")
    assert [each.due.minor for each in account_of(house, fund).moved] == [5_400_000, -540_000]
    house.refuse("invalid", issue_recovery_account, claim.id, **whole, payee="x", on=LATER)
    ahead = {"opens": date(2026, 1, 1), "closes": date(2026, 10, 2)}
    house.refuse("invalid", issue_recovery_account, claim.id, **ahead, on=LATER)
