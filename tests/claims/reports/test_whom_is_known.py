"""A report is of somebody whom the house knows: else it is refused, not made of zeros."""

from datetime import date
from typing import Any

import pytest
from builders import House, a_risk, read_scheme, scheme_text, shipped, yuan

from claims.issue_report import preview_report, report_sheets
from claims.reports.period import Asked
from underwriting.register import register_party, register_pool

ON = date(2026, 3, 31)
SCHEME = "zhongshan-2021"


def asked(template: str, **whom: str) -> Asked:
    named = {"currency": "CNY", **whom}
    return Asked(template=template, opens_on=date(2026, 1, 1), closes_on=ON, whom=named)


@pytest.mark.parametrize("template", ["party-statement", "party-bordereau"])
@pytest.mark.parametrize("act", [preview_report, report_sheets])
@pytest.mark.parametrize(
    ("whom", "told"),
    [
        (("nowhere-2030", "fund"), ("whom.scheme", SCHEME)),
        ((SCHEME, "nobody"), ("whom.party", "fund, bank, insurer, appraiser")),
        ((SCHEME, "Fund"), ("whom.party", "fund")),
    ],
)
def test_whom_nobody_knows_is_refused(
    house: House, template: str, act: Any, whom: tuple[str, str], told: tuple[str, str]
) -> None:
    scheme, party = whom
    named = asked(template, scheme=scheme, party=party)
    (fault,) = house.refuse("invalid", act, named, on=ON).faults
    assert fault.field == told[0]
    assert told[1] in fault.cure


def test_a_bank_is_a_party_that_is_a_bank(house: House) -> None:
    insurer = house.do(register_party, "insurer", "示范保险", "91440000INSURER001", on=ON)
    for whom, code in ((insurer.id, "invalid"), ("pt_" + "a" * 26, "no-such-party")):
        refused = house.refuse(code, preview_report, asked("bank-ip-pledge", bank_id=whom), on=ON)
        (fault,) = refused.faults
        assert fault.field == "whom.bank_id"
        assert house.client_id in fault.cure, "the banks that are known are named"
    assert house.do(preview_report, asked("bank-ip-pledge", bank_id=house.client_id), on=ON).form


def test_a_scheme_is_known_by_its_pool_its_policies_or_as_shipped(house: House) -> None:
    own = read_scheme(scheme_text("own-scheme"), "own-scheme.toml").scheme
    whom = {"scheme": own.code, "party": "insurer"}
    house.refuse("invalid", preview_report, asked("party-statement", **whom), on=ON)
    house.do(register_pool, own, "insurer", yuan("1000.00"), portfolio=None, on=ON)
    assert house.do(preview_report, asked("party-statement", **whom), on=ON).form
    shipped_one = {"scheme": SCHEME, "party": "appraiser"}
    assert house.do(preview_report, asked("party-statement", **shipped_one), on=ON).form
    house.pool(shipped(SCHEME), "fund", yuan("70000000.00"))
    house.policy(a_risk(cover={"scheme": SCHEME}))
    assert house.do(preview_report, asked("party-statement", **shipped_one), on=ON).form
