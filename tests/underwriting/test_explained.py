"""ACT note_explanation: what is recorded, what is refused, and what a policy says of it."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from builders import QUOTED, SAMPLES, House, a_desk

from documents.blocks import Clause
from documents.forms.policy_schedule import PolicySchedule
from documents.stated import read_stated
from kernel.db import books
from kernel.db.engine import transact
from kernel.finding import Effect
from underwriting.approve import approve
from underwriting.bind import bind
from underwriting.explained import (
    WAYS,
    Way,
    explanations,
    unexplained,
    unexplained_at_binding,
)
from underwriting.note_explanation import Explained, exemptions_of_quote, note_explanation
from underwriting.papers.wording import shown_sha256
from underwriting.product import Product
from underwriting.products import products
from underwriting.tables import QuoteRow

EVERY = pytest.mark.parametrize("line", products().values(), ids=list(products()))
NOON = datetime(2025, 3, 3, 2, tzinfo=UTC)


def by_hand(row: QuoteRow) -> str:
    """The hash of the exemption clauses, worked out with the standard library alone."""
    shown = [[clause.heading, clause.text] for clause in exemptions_of_quote(row)]
    text = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def an_explanation(row: QuoteRow, **changes: Any) -> Explained:
    made = Explained(
        wording_sha256=by_hand(row),
        way=Way.VIDEO,
        at=NOON,
        explained_by="柜员 0012",
        acknowledged_by="投保人代表",
        proof="VIDEO-20250303-17",
    )
    return replace(made, **changes)


def schedule_of(house: House, policy_id: str) -> PolicySchedule:
    papers = house.read(lambda s: books.documents(s, books.Subject("policy", policy_id)))
    (row,) = [one for one in papers if one.kind == "policy_schedule"]
    form = read_stated(row.stated)
    assert isinstance(form, PolicySchedule)
    return form


@EVERY
def test_every_product_marks_its_deductibles_and_coinsurance(line: Product) -> None:
    """What names a retention, a copay, a limit or an own share stands in an exemption clause."""
    told = ("免赔", "共保比例", "自行承担", "限额为限", "额度为限", "分项限额")
    for part in line.wording.split("## ")[1:]:
        heading, _, body = part.partition("\n")
        if any(word in body for word in told):
            assert heading.endswith("[exemption]"), heading


@EVERY
def test_what_was_explained_is_printed_and_leaves_nothing_open(line: Product, house: House) -> None:
    risk = line.risk.model_validate(dict(SAMPLES[line.code]), strict=False)
    row = house.quote(risk)
    house.do(note_explanation, row.id, an_explanation(row))
    bound = _bound(house, row)
    form = schedule_of(house, bound)
    (one,) = form.explanations
    assert one.clauses == tuple(c.heading for c in form.clauses if c.is_exemption)
    assert (one.way, one.proof) == ("录像 recorded on video", "VIDEO-20250303-17")
    assert one.wording_sha256 == by_hand(row)
    assert one.at == "2025-03-03T10:00:00+08:00"
    assert form.unexplained == ()
    assert house.read(lambda s: unexplained_at_binding(s, bound)) == ()


def _bound(house: House, row: QuoteRow) -> str:
    if row.state == "referred":
        house.do(approve, row.id, "looked into")
    return str(house.do(bind, row.id).id)


def test_binding_without_it_is_never_silent(house: House) -> None:
    policy = house.policy()
    (missing,) = house.read(lambda s: unexplained_at_binding(s, policy.id))
    assert (missing["code"], missing["effect"]) == ("exemptions-not-explained", "inform")
    form = schedule_of(house, policy.id)
    assert form.explanations == ()
    assert "可能不产生效力" in form.unexplained[0]
    assert "may have no effect" in form.unexplained[0]
    assert any(getattr(block, "lines", ()) == form.unexplained for block in form.blocks())


def test_clauses_that_were_left_out_are_named(house: House) -> None:
    row = house.quote()
    first, *others = (clause.heading for clause in exemptions_of_quote(row))
    recorded = house.do(note_explanation, row.id, an_explanation(row, clauses=(first,)))
    (found,) = unexplained(exemptions_of_quote(row), recorded)
    assert (found.code, found.effect) == ("exemptions-partly-explained", Effect.INFORM)
    assert all(heading in found.en for heading in others)
    assert first not in found.en
    more = an_explanation(row, clauses=tuple(others))
    recorded = house.do(note_explanation, row.id, more)
    assert len(recorded) == 2
    assert unexplained(exemptions_of_quote(row), recorded) == ()


def test_another_wording_is_not_what_was_explained(house: House) -> None:
    row = house.quote()
    recorded = house.do(note_explanation, row.id, an_explanation(row))
    changed = (Clause("责任免除 Exclusions", "另一文字。", is_exemption=True),)
    (found,) = unexplained(changed, recorded)
    assert found.code == "exemptions-explained-otherwise"
    assert unexplained((), ()) == ()


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"clauses": ("保险责任 Cover",)}, "no-such-clause", "clauses"),
        ({"wording_sha256": "0" * 64}, "another-wording", "wording_sha256"),
        ({"at": datetime(2025, 3, 3, 3, tzinfo=UTC)}, "invalid", "at"),
        ({"at": datetime(2025, 3, 2, 2, tzinfo=UTC)}, "invalid", "at"),
    ],
)
def test_what_is_wrong_is_refused(
    house: House, changes: dict[str, Any], code: str, field: str
) -> None:
    row = house.quote()
    refused = house.refuse(code, note_explanation, row.id, an_explanation(row, **changes))
    assert [fault.field for fault in refused.faults] == [field]


def test_a_bound_quote_is_too_late(house: House) -> None:
    row = house.quote()
    _bound(house, row)
    house.refuse("quote-not-open", note_explanation, row.id, an_explanation(row))


def test_the_record_is_an_event_that_seals_the_one_before(house: House) -> None:
    row = house.quote()
    house.do(note_explanation, row.id, an_explanation(row), actor="second")
    trail = house.read(lambda s: books.events(s, books.Subject("quote", row.id)))
    assert [event.kind for event in trail] == ["quoted", "exemptions_explained"]
    assert trail[1].actor == "second"
    assert trail[1].prev_hash == trail[0].hash
    assert trail[1].payload["wording_sha256"] == shown_sha256(exemptions_of_quote(row))


def test_it_is_written_on_the_quote_and_on_no_other(house: House) -> None:
    first, second = house.quote(), house.quote()
    act = note_explanation
    transact(
        house.engine, lambda s: act(s, first.id, an_explanation(first), desk=a_desk(QUOTED))
    )  # fmt: skip
    assert house.read(lambda s: explanations(s, second.id)) == ()
    assert set(WAYS) == set(Way)
