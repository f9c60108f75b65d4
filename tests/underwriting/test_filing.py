"""Filing a paper that is asked for: one content is one paper, whoever asks, how often, at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import QUOTED, House, a_desk

from documents.blocks import Label
from documents.forms.cover_note import CoverNote
from documents.stated import read_stated
from kernel.db import books
from kernel.db.engine import transact
from kernel.errors import Invalid
from kernel.money import Money
from underwriting.filing import file_once
from underwriting.issue_policy_paper import issue_policy_paper
from underwriting.issue_quote_paper import issue_quote_paper
from underwriting.letter import issue_letter
from underwriting.override import override

SUBJECT = books.Subject("policy", "po_test")
NOTE = CoverNote(
    number="PG-1-C", insurer_name="示范保险", issued_on=QUOTED, valid_until=date(2025, 4, 1),
    policy_number="PG-1", product_zh="保险", product_en="insurance",
    policyholder="示范机械有限公司",
    policyholder_id="91442000MA4EXAMPL1", insured="示范银行", beneficiary="示范银行",
    covered_from=QUOTED, covered_until=date(2026, 3, 2), status=Label("有效", "in force"),
    insured_sum=Money(300_000_000, "CNY"), premium=Money(106_000, "CNY"), waiting_days=80,
)  # fmt: skip


def filed(house: House, form: CoverNote, on: date = QUOTED) -> Any:
    return transact(house.engine, lambda s: file_once(s, SUBJECT, form, desk=a_desk(on)))


def test_number_and_day_of_issue_make_no_other_paper(house: House) -> None:
    first = filed(house, NOTE)
    again = filed(house, replace(NOTE, number="other", issued_on=date(2025, 3, 9)))
    assert again.id == first.id
    assert read_stated(again.stated) == NOTE, "the first one stands as it is"


@pytest.mark.parametrize(
    "changes",
    [
        {"premium": Money(106_001, "CNY")},
        {"insured": "示范银行分行"},
        {"status": Label("有效", "In force")},
        {"valid_until": date(2025, 4, 2)},
    ],
)
def test_anything_else_does(house: House, changes: dict[str, Any]) -> None:
    first, second = filed(house, NOTE), filed(house, replace(NOTE, **changes))
    assert first.id != second.id
    assert (first.number, second.number) == ("PG-1-C", "PG-1-C-2")
    assert read_stated(second.stated).number == "PG-1-C-2", "the number is on the paper too"
    assert filed(house, NOTE).id == first.id, "what was said before is found again"


def test_papers_are_numbered_by_kind(house: House) -> None:
    premiums = (Money(minor, "CNY") for minor in (1, 2, 3))
    numbers = [filed(house, replace(NOTE, premium=one)).number for one in premiums]
    assert numbers == ["PG-1-C", "PG-1-C-2", "PG-1-C-3"]


def test_what_cannot_be_printed_is_not_filed(house: House) -> None:
    """A character that no font of the house has; it is named, and nothing is written."""
    with pytest.raises(Invalid, match="20BB7"):
        filed(house, replace(NOTE, insured="𠮷田"))
    assert house.read(lambda s: books.documents(s, SUBJECT)) == ()
    assert house.read(lambda s: books.events(s, SUBJECT)) == ()


def test_a_paper_that_was_filed_as_bytes_is_none_of_them(house: House) -> None:
    at = a_desk().at
    kept = transact(
        house.engine,
        lambda s: books.file(s, SUBJECT, "cover_note", number="PG-1-C", content=b"%PDF-", at=at),
    )
    second = filed(house, NOTE)
    assert second.id != kept.id
    assert second.number == "PG-1-C-2"


def asking(house: House, act: Callable[..., Any], id_: str, kind: str) -> Callable[[], str]:
    def ask() -> str:
        return str(transact(house.engine, lambda s: act(s, id_, kind, desk=a_desk())).id)

    return ask


def at_once(ask: Callable[[], str], number: int = 8) -> set[str]:
    with ThreadPoolExecutor(number) as clerks:
        return {one.result() for one in [clerks.submit(ask) for _ in range(number)]}


def test_eight_who_ask_at_once_get_one_paper(house: House) -> None:
    policy = house.policy()
    assert len(at_once(asking(house, issue_policy_paper, policy.id, "premium_note"))) == 1
    assert len(at_once(asking(house, issue_quote_paper, policy.quote_id, "proposal"))) == 1
    assert house.kinds("policy", policy.id).count("paper_issued") == 1
    house.audit()


def test_a_letter_that_is_asked_for_as_a_paper_is_the_letter(house: House) -> None:
    quote = house.quote()
    letter = house.do(issue_letter, quote.id)
    asked = asking(house, issue_quote_paper, quote.id, "quote_letter")()
    assert asked == letter.id


def test_a_proposal_is_of_what_was_stated_whatever_is_offered(house: House) -> None:
    """Another price is no other proposal."""
    quote = house.quote()
    before = asking(house, issue_quote_paper, quote.id, "proposal")()
    offered = Money(quote.premium_minor - 100, "CNY")
    house.do(override, quote.id, offered, "a better risk than it looks")
    assert asking(house, issue_quote_paper, quote.id, "proposal")() == before
