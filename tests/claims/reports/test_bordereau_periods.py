"""A bordereau of a closed period stays; what is put right later stands in its own month.

Zhongshan shares 54 / 26 / 16 / 4. In June 3,000,000.00 are settled: the fund 1,620,000.00. On
1 September 90,000.00 net come back, of which 48,600.00 are the fund's; on 5 October they are
190,000.00 net, 54,000.00 more for the fund. On 9 November the loss is 2,700,000.00: 300,000.00
less, 162,000.00 less for the fund, which had paid 620,000.00 of its call.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import builders
import pytest
from builders import GOOD_CONDUCT, House, a_desk, a_risk, shipped, yuan

from claims.assess import Assessment
from claims.calls import store as calls
from claims.correct_recovery import Correction, correct_recovery
from claims.issue_bordereau import bordereau_sheets, issue_bordereau
from claims.issue_report import preview_report
from claims.pay_call import CallPayment, pay_call
from claims.reports.account import Account
from claims.reports.period import Asked
from documents.forms.bordereau import Bordereau
from documents.sealing import Registered, open_signer, verify
from kernel.db.engine import transact
from kernel.errors import Conflict
from kernel.money import Money
from underwriting.guarantees.paper import drawn

SCHEME = "zhongshan-2021"
MONTHS = {
    "june": (date(2026, 6, 1), date(2026, 6, 30)),
    "september": (date(2026, 9, 1), date(2026, 9, 30)),
    "october": (date(2026, 10, 1), date(2026, 10, 31)),
    "november": (date(2026, 11, 1), date(2026, 11, 30)),
}
RIGHT, AGAIN, TODAY = date(2026, 10, 5), date(2026, 11, 9), date(2026, 12, 31)
LOWER = {"principal": (270_000_000, "the adjuster's figure")}


@pytest.fixture(autouse=True)
def _papers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builders, "_BESIDE", (*builders._BESIDE, "call_refund"))


def of(month: str, party: str = "fund") -> Account:
    opens, closes = MONTHS[month]
    return Account(scheme=SCHEME, party=party, currency="CNY", opens_on=opens, closes_on=closes)


def form(house: House, month: str, party: str = "fund", on: date = TODAY) -> Bordereau:
    """What a new paper would say on a day."""
    scheme, desk = shipped(SCHEME).scheme, a_desk(on)
    (sheet,) = house.read(lambda s: bordereau_sheets(s, of(month, party), scheme, desk=desk))
    assert isinstance(sheet.form, Bordereau)
    return sheet.form


def figures(house: House, month: str, party: str = "fund") -> dict[tuple[str, str], str]:
    opens, closes = MONTHS[month]
    whom = {"scheme": SCHEME, "party": party, "currency": "CNY"}
    asked = Asked(template="party-bordereau", opens_on=opens, closes_on=closes, whom=whom)
    found = house.read(lambda s: preview_report(s, asked, desk=a_desk(TODAY)))
    return {(one.row, one.code): one.value for one in found.figures}


def lived(house: House) -> tuple[Any, list[Bordereau]]:
    """The claim; and each month's account as drawn on the last day of the month."""
    house.pool(shipped(SCHEME), "fund", yuan("70000000.00"))
    claim = house.settled(house.policy(a_risk(cover={"scheme": SCHEME})))
    standing = house.read(lambda s: calls.of_claim(s, claim.id))
    call = next(one for one in standing if one.party == "fund")
    then = date(2026, 6, 20)
    house.do(pay_call, call.id, CallPayment(yuan("620000.00"), then, "P-1"), on=then)
    drawn_then = [form(house, "june", on=MONTHS["june"][1])]
    row = house.recover(claim, "100000.00", "10000.00")
    drawn_then.append(form(house, "september", on=MONTHS["september"][1]))
    right = Correction("the court's figure", gross=yuan("200000.00"))
    house.do(correct_recovery, row.id, right, on=RIGHT)
    drawn_then.append(form(house, "october", on=MONTHS["october"][1]))
    house.again(claim, Assessment(conduct=GOOD_CONDUCT, adjusted=LOWER), on=AGAIN)
    drawn_then.append(form(house, "november", on=MONTHS["november"][1]))
    return claim, drawn_then


def test_a_closed_period_says_the_same_for_ever(house: House) -> None:
    _, drawn_then = lived(house)
    for month, before in zip(MONTHS, drawn_then, strict=True):
        now = form(house, month)
        assert replace(now, issued_on=before.issued_on) == before, month


def test_each_correction_stands_in_its_month_beside_what_it_corrects(house: House) -> None:
    _, (june, september, october, november) = lived(house)
    (first,) = june.losses
    assert (first.settled_on, first.corrects, first.own) == (
        date(2026, 6, 1), None, yuan("1620000.00"),
    )  # fmt: skip
    (came,) = september.recoveries
    assert (came.corrects, came.net, came.own) == (None, yuan("90000.00"), yuan("48600.00"))
    (more,) = october.recoveries
    assert (more.booked_on, more.corrects) == (RIGHT, date(2026, 9, 1))
    assert (more.net, more.own) == (yuan("100000.00"), yuan("54000.00"))
    (less,) = november.losses
    assert (less.settled_on, less.corrects) == (AGAIN, date(2026, 6, 1))
    assert (less.whole, less.own) == (-yuan("300000.00"), -yuan("162000.00"))
    assert (october.losses, june.recoveries) == ((), ())


def test_calls_are_counted_once_over_the_months(house: House) -> None:
    """1,620,000.00 were called for; 1,000,000.00 are superseded by 838,000.00 in November."""
    _, (june, september, _, november) = lived(house)
    (one,) = june.calls
    assert (one.called, one.unpaid) == (yuan("1620000.00"), yuan("1000000.00"))
    (open_,) = september.calls
    assert (open_.called, open_.unpaid) == (yuan("0"), yuan("1000000.00"))
    assert [(c.sequence, c.called, c.unpaid) for c in november.calls] == [
        (1, -yuan("1000000.00"), yuan("0")),
        (november.calls[1].sequence, yuan("838000.00"), yuan("838000.00")),
    ]
    assert june.totals.called + november.totals.called == yuan("1458000.00")  # 54 % of 2.7 million


@pytest.mark.parametrize("party", ["fund", "insurer", "bank", "appraiser"])
def test_the_months_add_up_to_what_stands(house: House, party: str) -> None:
    """And the report of that name has the figures of the paper."""
    claim, _ = lived(house)
    forms = {month: form(house, month, party) for month in MONTHS}
    nil = Money(0, "CNY")
    borne = sum((one.totals.own_loss for one in forms.values()), nil)
    back = sum((one.totals.own_recovery for one in forms.values()), nil)
    assert borne.minor == house.shares(claim)[party]
    (row,) = house.read(lambda s: builders.claim_store.recoveries(s, claim.id))
    assert back.minor == row.parts[party]
    for month, paper in forms.items():
        told = figures(house, month, party)
        for code, printed in (
            ("own_loss", paper.totals.own_loss), ("own_recovery", paper.totals.own_recovery),
            ("whole", paper.totals.whole), ("net", paper.totals.net),
            ("called", paper.totals.called), ("unpaid", paper.totals.unpaid),
        ):  # fmt: skip
            assert told.get(("合计 total", code), "0.00") == printed.text, (month, code)


def test_it_leaves_signed_and_once(house: House) -> None:
    lived(house)
    scheme, desk, signer = shipped(SCHEME).scheme, a_desk(TODAY), open_signer(None, None)
    asked = of("june")

    def issued(papers: Any) -> Any:
        return transact(
            house.engine, lambda s: issue_bordereau(s, asked, scheme, papers, desk=desk)
        )

    sheets = house.read(lambda s: bordereau_sheets(s, asked, scheme, desk=desk))
    papers = drawn(sheets, signer, at=desk.at)
    for wrong in ((), (*papers, *papers)):
        with pytest.raises(Conflict) as refused:
            issued(wrong)
        assert refused.value.code == "changed-meanwhile"
    first = issued(papers)
    assert (first.number, first.kind) == ("BX-20260601-20260630-fund", "bordereau")
    assert first.content is not None
    kept = Registered(first.sha256, signer.serial, in_force=True, status="issued")
    assert verify(first.content, trusted=signer.roots, register=lambda _: kept).accepted
    half = len(first.content) // 2
    spoilt = first.content[:half] + bytes([first.content[half] ^ 1]) + first.content[half + 1 :]
    assert not verify(spoilt, trusted=signer.roots, register=lambda _: kept).accepted

    assert house.read(lambda s: bordereau_sheets(s, asked, scheme, desk=desk)) == ()
    assert issued(()).id == first.id
    house.audit()
