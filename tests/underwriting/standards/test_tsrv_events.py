"""Amendment, end, demand and refusal: read back by us and by the standard's own classes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from letters_drawn import DAYS, LETTERS, Z, han, money, words
from letters_sample import DEBTOR, DECLARING, REGISTERING, a_letter, a_single_letter
from tsrv_schema import breaches, message_of

from kernel.errors import Invalid
from kernel.money import Money
from underwriting.letters.terms import LetterTerms
from underwriting.standards.events import Demanded, Ended, Ground, Refused
from underwriting.standards.iso import (
    Noted,
    read_tsrv,
    read_tsrv005,
    tsrv001,
    tsrv005,
    tsrv012,
    tsrv013,
    tsrv016,
)

ON = date(2027, 3, 1)
BEFORE = a_letter(security=())
DEMAND = Demanded(
    reference="D202703-1",
    on=ON,
    amount=Money(120_000_05, "CNY"),
    complete=True,
    statement_en="The tax of declaration 224820261000012345 is due and unpaid",
    statement_zh="报关单224820261000012345项下税款到期未缴",
)
REFUSAL = Refused(
    reference="R202703-1",
    demand="D202703-1",
    demanded_at=datetime(2027, 3, 1, 1, 2, 3, tzinfo=UTC),
    amount=Money(120_000_05, "CNY"),
    grounds=(
        Ground(en="The demand names another letter", zh="索赔所列保函编号不符"),
        Ground(en="The statement is missing", zh="缺少声明"),
    ),
    papers="return",
)
CHANGES: list[dict[str, Any]] = [
    {"amount": Money(6_000_000_00, "CNY")},
    {"amount": Money(1, "CNY")},
    {"claim_until": date(2029, 1, 31), "usable_until": date(2028, 3, 31)},
    {"nature": "independent", "rules": "URDG"},
    {"beneficiaries": (DECLARING,)},
    {"beneficiaries": (DECLARING, REGISTERING)},
    {"debtor": replace(DEBTOR, lei=None, address_zh="成都市新址")},
    {"purposes": ()},
    {"declarations": a_single_letter().declarations, "mode": "single"},
    {"demands": replace(BEFORE.demands, papers=BEFORE.demands.papers[:1], partial=False)},
]


@pytest.mark.parametrize("changes", CHANGES, ids="-".join)
def test_an_amendment_makes_the_next_version(changes: dict[str, Any]) -> None:
    after = replace(BEFORE, version=2, **changes)
    xml = tsrv005(BEFORE, after, on=ON)
    assert breaches(xml) == []
    assert read_tsrv005(xml, BEFORE) == after
    details = message_of(xml).udrtkg_amdmnt.udrtkg_amdmnt_dtls
    assert (details.seq_nb, str(details.dt_of_issnc)) == ("1", "2027-03-01")
    assert details.udrtkg_id.id == BEFORE.number
    assert (details.udrtkg_amt_adjstmnt is not None) == ("amount" in changes)
    assert (details.new_xpry_dtls is not None) == ("claim_until" in changes)


def test_an_amendment_says_by_how_much() -> None:
    after = replace(BEFORE, version=2, amount=Money(5_500_000_00, "CNY"))
    found = message_of(tsrv005(BEFORE, after, on=ON)).udrtkg_amdmnt.udrtkg_amdmnt_dtls
    assert str(found.udrtkg_amt_adjstmnt.amt_chc.incr_amt.value) == "500000.00"
    found = message_of(tsrv005(after, replace(BEFORE, version=3), on=ON)).udrtkg_amdmnt
    adjusted = found.udrtkg_amdmnt_dtls.udrtkg_amt_adjstmnt
    assert str(adjusted.amt_chc.dcr_amt.value) == "500000.00"


@settings(max_examples=40)
@given(LETTERS, LETTERS)
def test_any_letter_may_become_any_other(before: LetterTerms, other: LetterTerms) -> None:
    currency = before.amount.currency
    after = replace(
        other,
        number=before.number,
        version=before.version + 1,
        amount=Money(other.amount.minor, currency),
        demonstration=not before.demonstration,
    )
    xml = tsrv005(before, after, on=ON, signed=b"%PDF")
    assert breaches(xml) == []
    assert read_tsrv005(xml, before) == after


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"version": 2}, "version"),
        ({"version": 1, "place_en": "Mianyang"}, "version"),
        ({"version": 2, "number": "CGL26000000030"}, "number"),
        ({"version": 2, "amount": Money(1, "USD")}, "amount"),
        ({"version": 2, "security": a_letter().security}, "version"),
    ],
)
def test_what_is_no_amendment_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        tsrv005(BEFORE, replace(BEFORE, **changes), on=ON)
    assert refused.value.faults[0].field == field


def test_an_amendment_is_read_against_its_own_letter() -> None:
    xml = tsrv005(BEFORE, replace(BEFORE, version=2, place_en="Mianyang"), on=ON)
    with pytest.raises(Invalid, match="of another letter"):
        read_tsrv005(xml, a_single_letter())
    with pytest.raises(Invalid, match="is no amendment"):
        read_tsrv005(tsrv001(BEFORE), BEFORE)
    with pytest.raises(Invalid, match="is no notice"):
        read_tsrv(xml)
    with pytest.raises(Invalid):
        read_tsrv005(xml.replace(b"<SeqNb>1", b"<SeqNb>0"), BEFORE)
    with pytest.raises(Invalid, match="is not understood"):
        read_tsrv005(xml, replace(BEFORE, debtor=replace(DEBTOR), guarantor=a_other()))


def a_other() -> Any:
    return replace(BEFORE.guarantor, party=replace(BEFORE.guarantor.party, zh="另一家公司"))


@pytest.mark.parametrize("later", [None, date(2028, 11, 30)])
def test_a_demand_comes_back(later: date | None) -> None:
    demanded = replace(DEMAND, extend_to=later)
    xml = tsrv013(BEFORE, demanded)
    assert breaches(xml) == []
    assert read_tsrv(xml) == Noted(BEFORE.number, demanded)
    details = message_of(xml).udrtkg_dmnd.udrtkg_dmnd_dtls
    assert details.tp.value == ("PAYM" if later is None else "PAEX")
    assert str(details.dmnd_amt.amt.value) == "120000.05"
    assert details.dmnd_dcmnttn.dmnd_nrrtv.split("\n") == [
        DEMAND.statement_zh,
        DEMAND.statement_en,
    ]


@settings(max_examples=40)
@given(money(), DAYS, words(Z, 300), han(100))
def test_any_demand_comes_back(amount: Money, on: date, en: str, zh: str) -> None:
    demanded = replace(
        DEMAND, amount=amount, on=on, statement_en=en, statement_zh=zh, complete=False
    )
    assert read_tsrv(tsrv013(BEFORE, demanded)) == Noted(BEFORE.number, demanded)


def test_a_refusal_states_every_ground_in_order() -> None:
    xml = tsrv016(BEFORE, REFUSAL)
    assert breaches(xml) == []
    assert read_tsrv(xml) == Noted(BEFORE.number, REFUSAL)
    (details,) = message_of(xml).dmnd_rfsl_ntfctn.dmnd_rfsl_ntfctn_dtls
    assert details.sts == "REFUSED"
    assert [one.id for one in details.dscrpncy] == ["1", "2"]
    assert str(details.dmnd_dtls.submissn_dt_tm) == "2027-03-01T01:02:03Z"


def test_a_time_of_another_zone_is_the_same_moment() -> None:
    zone = timezone(timedelta(hours=8))
    shanghai = replace(REFUSAL, demanded_at=REFUSAL.demanded_at.astimezone(zone))
    assert tsrv016(BEFORE, shanghai) == tsrv016(BEFORE, REFUSAL)


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("refused", "REFU"),
        ("not_accepted", "NOAC"),
        ("business_finished", "BUFI"),
        ("without_expiry", "WOEX"),
        ("released", None),
        ("expired", None),
        ("paid_out", None),
        ("revoked", None),
    ],
)
def test_an_end_says_when_and_why(reason: Any, code: str | None) -> None:
    ended = Ended(on=ON, reason=reason, words=("担保责任解除", "Released by customs"))
    xml = tsrv012(BEFORE, ended)
    assert breaches(xml) == []
    assert read_tsrv(xml) == Noted(BEFORE.number, ended)
    details = message_of(xml).udrtkg_termntn_ntfctn.udrtkg_termntn_ntfctn_dtls.termntn_dtls
    assert (details.rsn.cd.value if code else details.rsn.prtry.id.lower()) == (code or reason)


def test_what_a_notice_cannot_carry_is_refused() -> None:
    for broken in (
        lambda: tsrv016(BEFORE, replace(REFUSAL, grounds=())),
        lambda: tsrv016(BEFORE, replace(REFUSAL, grounds=(Ground(en="a\nb", zh="c"),))),
        lambda: tsrv013(BEFORE, replace(DEMAND, statement_en="")),
        lambda: tsrv013(BEFORE, replace(DEMAND, statement_en="a\x07")),
        lambda: tsrv013(BEFORE, replace(DEMAND, reference="D" * 36)),
        lambda: tsrv012(BEFORE, Ended(on=ON, reason="released", words=("x",) * 6)),
    ):
        with pytest.raises(Invalid):
            broken()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<Tp>PAYM</Tp>", "<Tp>PAEX</Tp>"),
        ("<CmpltInd>true</CmpltInd>", "<CmpltInd>maybe</CmpltInd>"),
        ("120000.05", "120000.055"),
        ("2027-03-01", "2027-3-1"),
        ("</UdrtkgDmndDtls>", "<AddtlInf>unless</AddtlInf></UdrtkgDmndDtls>"),
    ],
)
def test_a_bent_demand_is_refused(old: str, new: str) -> None:
    xml = tsrv013(BEFORE, DEMAND).decode()
    assert old in xml
    with pytest.raises(Invalid):
        read_tsrv(xml.replace(old, new, 1).encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2027-03-01T01:02:03Z", "2027-03-01T01:02:03"),
        ("2027-03-01T01:02:03Z", "yesterday"),
        ("/NOTICE/", "/OTHER/"),
        ("/PAPERS/RETURN", "/PAPERS/BURNT"),
        ("REFUSED", "ACCEPTED"),
        ("<Id>2</Id>", "<Id>3</Id>"),
    ],
)
def test_a_bent_refusal_is_refused(old: str, new: str) -> None:
    xml = tsrv016(BEFORE, REFUSAL).decode()
    assert old in xml
    with pytest.raises(Invalid):
        read_tsrv(xml.replace(old, new, 1).encode())


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_a_time_beyond_the_calendar_is_refused(at: str) -> None:
    xml = tsrv016(BEFORE, REFUSAL).decode().replace("2027-03-01T01:02:03Z", at)
    with pytest.raises(Invalid, match="is no time"):
        read_tsrv(xml.encode())
