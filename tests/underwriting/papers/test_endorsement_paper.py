"""The endorsement on paper: what changed, what is due, and that its columns add up."""

import re
from datetime import UTC, date, datetime
from fractions import Fraction
from io import BytesIO

import pytest
from pypdf import PdfReader

from documents.blocks import Banner, Listing
from documents.forms.endorsement import Endorsement
from documents.render import render
from kernel.finding import Effect, Finding
from kernel.money import Money
from kernel.period import Period
from underwriting.papers.endorsement import KINDS, STATUSES, endorsement
from underwriting.rules.contract import Contract
from underwriting.rules.history import Kept, Kind, Price, Transaction
from underwriting.rules.history_state import Status
from underwriting.rules.history_step import Statement, Step, step

START, HALF = date(2025, 1, 1), date(2025, 7, 1)
AT = datetime(2025, 1, 1, tzinfo=UTC)
SUBSIDY = ("示范市财政局", Fraction(1, 2), None)


def a_contract(insured: str = "3000000.00", waiting_days: int = 80) -> Contract:
    return Contract(
        policyholder="示范机械有限公司", policyholder_id="X", insured="client",
        beneficiary="client", issuer="insurer", settles="several",
        sum_insured=Money.of(insured, "CNY"), period=Period(START, date(2025, 12, 31)),
        waiting_days=waiting_days, notice_days=10, call_working_days=10, papers={},
        earning=(1,) * 12, subsidy=SUBSIDY,
    )  # fmt: skip


def a_transaction(kind: Kind, seq: int, **more: object) -> Transaction:
    stated = {"effective_on": HALF, "known_at": AT, **more}
    return Transaction(id=f"t{seq}", seq=seq, kind=kind, **stated)


PAST = (
    a_transaction(
        Kind.ISSUE, 1, effective_on=START, contract=a_contract(),
        price=Price(total=1_060_000, tax=60_000, subsidy=530_000),
    ),
)  # fmt: skip
CHANGE = a_transaction(
    Kind.CHANGE, 2, contract=a_contract("4000000.00", 60),
    price=Price(total=2_120_000, tax=120_000, subsidy=1_060_000),
)  # fmt: skip
END = a_transaction(Kind.CANCELLATION, 2, kept=Kept())
NOTE = Finding("risk-increased", Effect.INFORM, "more is due", "加收", "Insurance Law art. 52", "")


def paper(done: Step, *, statements: dict[str, dict[str, str]] | None = None) -> Endorsement:
    return endorsement(
        done, (NOTE,), statements or {}, number="EN-20250701-ABCDEFGH", on=HALF,
        policy_number="PG-20250101-ABCDEFGH", insurer="示范保险", client="示范银行",
        reason="贷款增额 the loan is raised",
    )  # fmt: skip


def text_of(form: Endorsement) -> str:
    pages = PdfReader(BytesIO(render(form).content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_a_change_prints_its_terms_before_and_after() -> None:
    form = paper(step(PAST, CHANGE))
    rows = {str(one.term): (one.before, one.after) for one in form.changed}
    assert ("3000000.00", "4000000.00") in rows.values()
    assert ("80", "60") in rows.values()
    text = text_of(form)
    for words in ("保险金额 Sum insured", "3000000.00", "4000000.00", "有效 in force", "art. 52"):
        assert words in text


def test_the_money_adds_up_by_part_and_by_payer() -> None:
    form = paper(step(PAST, CHANGE))
    assert form.premium.difference == Money(530_000, "CNY")
    for parts in (form.parts, form.payers):
        assert sum(one.difference.minor for one in parts) == 530_000
    assert [one.difference.minor for one in form.payers] == [265_000, 265_000]
    assert sum(isinstance(block, Listing) for block in form.blocks()) == 3


@pytest.mark.parametrize(
    ("one", "tone", "due"),
    [(CHANGE, "care", "CNY 5,300.00"), (END, "good", "CNY 5,300.00")],
)
def test_what_is_due_stands_first(one: Transaction, tone: str, due: str) -> None:
    banner = paper(step(PAST, one)).blocks()[1]
    assert isinstance(banner, Banner)
    assert (banner.tone, banner.value) == (tone, due)


def test_where_nothing_is_due_it_says_so() -> None:
    same = a_transaction(Kind.CHANGE, 2, contract=a_contract(waiting_days=60), price=PAST[0].price)
    form = paper(step(PAST, same))
    assert form.blocks()[1].value == "不变 unchanged"


def test_a_cancellation_prints_who_consented() -> None:
    said = Statement("示范银行", HALF, "LETTER-1").json()
    text = text_of(paper(step(PAST, END), statements={"consent": said, "no_loss": {}}))
    assert "LETTER-1" in text
    assert "已解除 cancelled" in text
    assert "应退还保险费" in text


def test_the_same_endorsement_is_the_same_bytes() -> None:
    assert render(paper(step(PAST, CHANGE))).sha256 == render(paper(step(PAST, CHANGE))).sha256


def test_every_kind_and_status_has_its_words() -> None:
    assert set(KINDS) == set(Kind) - {Kind.ISSUE}
    assert set(STATUSES) == set(Status)
