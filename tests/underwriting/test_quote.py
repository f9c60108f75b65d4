"""ACT quote: what is recorded, what is decided, what is refused."""

import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from builders import QUOTED, House, a_desk, a_risk, cny, folder_of, scheme_text, shipped, yuan
from sqlmodel import Session

from kernel.db.engine import read
from underwriting import store
from underwriting.preview import preview
from underwriting.quote import quote

ZHONGSHAN = {"scheme": "zhongshan-2021"}
FUSED = """
[[caps]]
party = "insurer"
per   = "portfolio"
rate  = "10/100"

[[caps]]
party = "bank"
per   = "pool_balance"

[[fuses]]
party   = "insurer"
measure = "bank_npl_ratio"
above   = "3/100"
effect  = "suspend_claims"
"""


def test_an_accepted_quote_is_recorded_with_its_receipt(house: House) -> None:
    row = house.quote()
    receipt = json.loads(row.receipt)
    assert row.state == receipt["decision"] == "accepted"
    assert row.number.startswith("QT-20250303-")
    assert row.valid_until == QUOTED + timedelta(days=30)
    assert (row.loan_minor, row.sum_insured_minor) == (300_000_000, 313_050_000)
    assert yuan(receipt["premium"]["total"]["amount"]).minor == row.premium_minor
    assert row.receipt_sha256 == sha256(row.receipt.encode()).hexdigest()
    assert row.scheme_code == "qingdao-2015"
    assert house.kinds("quote", row.id) == ["quoted"]
    assert house.balances() == {}


def test_a_quote_is_priced_as_its_preview(house: House) -> None:
    seen = house.read(lambda s: _preview(s, house))
    assert house.quote().receipt == seen


def _preview(session: Session, house: House) -> str:
    return preview(session, house.client_id, a_risk(), desk=a_desk()).receipt


def test_a_preview_leaves_nothing(house: House) -> None:
    before = house._everything()
    house.read(lambda s: _preview(s, house))
    assert house._everything() == before


def test_a_referred_quote_waits_for_a_person(house: House) -> None:
    row = house.quote(a_risk(loan={"term_months": 48}))
    assert row.state == "referred"
    assert "term-limit" in row.receipt


def test_a_declined_quote_is_recorded_with_every_reason(house: House) -> None:
    risk = a_risk(borrower={"grade": "CCC"}, right={"in_dispute": True, "owner": "另一公司"})
    row = house.quote(risk)
    found = {one["code"] for one in json.loads(row.receipt)["findings"]}
    assert row.state == "declined"
    assert found >= {"grade", "ownership-dispute", "owner-mismatch"}


def test_a_pool_that_is_not_registered_is_named(house: House) -> None:
    refused = house.refuse("facts-missing", quote, house.client_id, a_risk(cover=ZHONGSHAN))
    (fault,) = refused.faults
    assert fault.field == "pools.zhongshan-2021.fund"
    assert "POST /v1/pools" in fault.cure


def test_the_balance_of_the_pool_decides(house: House) -> None:
    house.pool(shipped("zhongshan-2021"), "fund", yuan("1620000.00"))
    enough = house.quote(a_risk(cover=ZHONGSHAN))
    short = house.quote(a_risk(cover=ZHONGSHAN, loan={"amount": cny("3000000.02")}))
    assert (enough.state, short.state) == ("accepted", "referred")
    assert json.loads(enough.receipt)["inputs"]["facts"]["balances"] == {"fund": 162_000_000}


def test_all_facts_that_are_missing_are_named_at_once(house: House, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, fused=scheme_text("fused", more=FUSED))
    refused = house.refuse(
        "facts-missing",
        quote,
        house.client_id,
        a_risk(cover={"scheme": "fused"}),
        schemes_folder=folder,
    )
    assert {fault.field for fault in refused.faults} == {
        "pools.fused.insurer",
        "pools.fused.bank",
        "ratios.bank_npl_ratio",
    }


def test_an_unknown_scheme_is_refused(house: House) -> None:
    risk = a_risk(cover={"scheme": "atlantis-2025"})
    refused = house.refuse("no-such-scheme", quote, house.client_id, risk)
    assert refused.faults[0].field == "risk.cover.scheme"
    assert "zhongshan-2021" in refused.faults[0].cure


def test_an_unknown_bank_is_refused(house: House) -> None:
    house.refuse("no-such-party", quote, "pt_none", a_risk())


def test_a_scheme_in_another_currency_is_refused(house: House) -> None:
    risk = a_risk(cover={"scheme": "innovfin-2017", "issuer": "eif"})
    refused = house.refuse("invalid", quote, house.client_id, risk)
    assert refused.faults[0].field == "currency"


def test_quotes_are_listed_newest_first_by_bank(house: House) -> None:
    ids = [house.quote(on=QUOTED + timedelta(days=day)).id for day in range(3)]

    def listed(**named: object) -> list[str]:
        rows = read(house.engine, lambda s: store.quotes(s, **{"after": None, **named}))
        return [row.id for row in rows]

    assert listed(client_id=house.client_id, limit=10) == ids[::-1]
    assert listed(client_id=None, limit=2) == ids[:0:-1]
    assert listed(client_id=None, limit=2, after=ids[1]) == ids[:1]
    assert listed(client_id="pt_other", limit=10) == []
