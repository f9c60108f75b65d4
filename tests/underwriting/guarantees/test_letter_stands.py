"""What a file is worth on a day: nothing that ended, lapsed or was never accepted stands."""

from datetime import date
from typing import Any

import pytest
from builders import a_desk
from guaranteeing import QUOTED, a_demand, a_use, an_end, signer, stated
from sqlmodel import Session

from documents.sealing import DEMONSTRATION
from kernel.db import books
from kernel.db.engine import read, transact
from kernel.errors import Conflict
from underwriting.amend_letter import amend_letter
from underwriting.answer_letter import refuse_letter
from underwriting.approve_letter import approve_letter
from underwriting.end_letter import expire_letter, release_sheets, withdraw_letter
from underwriting.guarantees import store
from underwriting.guarantees.public import Found, checked
from underwriting.guarantees.stands import registered
from underwriting.guarantees.stated import ChangeStated
from underwriting.send_letter import send_letter
from underwriting.sign_letter import sheets_to_sign, sign_letter

SPRING = date(2025, 4, 1)


def standing(issuer: Any, letter: Any, kind: str, on: date) -> list[tuple[bool, str]]:
    """Return for each paper of a kind whether it may be relied on, and its status."""

    def act(session: Session) -> list[tuple[bool, str]]:
        papers = books.documents(session, books.Subject("letter", letter.id))
        found = [
            registered(session, one.sha256 or "", desk=a_desk(on))
            for one in papers
            if one.kind == kind
        ]
        return [(one.in_force, one.status) for one in found if one]

    return read(issuer.engine, act)


def amended(issuer: Any, letter: Any, on: date = SPRING, **change: Any) -> None:
    """An amendment or extension drafted, approved and signed."""
    said = {"reason": "less is imported", "consent": "C-1", **change}
    asked = ChangeStated.model_validate(said, strict=False)
    issuer.do(amend_letter, letter.id, asked, on=on)
    issuer.do(approve_letter, letter.id, "in order", actor="second", on=on)
    issuer.papered(sheets_to_sign, sign_letter, letter.id, on=on)


LESS = {"amount": {"amount": "2500000.00", "currency": "CNY"}}


def test_an_amendment_that_is_withdrawn_is_worth_nothing(issuer: Any) -> None:
    letter = issuer.accepted()
    amended(issuer, letter, **LESS)
    issuer.do(send_letter, letter.id, on=SPRING)
    both = [(True, "accepted"), (True, "sent")]
    assert standing(issuer, letter, "customs_letter", SPRING) == both
    issuer.do(withdraw_letter, letter.id, "not needed", on=SPRING)
    one = [(True, "accepted"), (False, "lapsed")]
    assert standing(issuer, letter, "customs_letter", SPRING) == one
    assert standing(issuer, letter, "letter_amendment", SPRING) == [(False, "lapsed")]


def test_a_signed_amendment_can_be_withdrawn_before_it_is_sent(issuer: Any) -> None:
    letter = issuer.accepted()
    amended(issuer, letter, **LESS)
    assert standing(issuer, letter, "letter_amendment", SPRING) == [(False, "signed")]
    issuer.do(withdraw_letter, letter.id, "not needed", on=SPRING)
    amended(issuer, letter, **LESS)


def test_a_refused_amendment_is_worth_nothing(issuer: Any) -> None:
    letter = issuer.accepted()
    amended(issuer, letter, **LESS)
    issuer.do(send_letter, letter.id, on=SPRING)
    issuer.do(refuse_letter, letter.id, ("no",), SPRING, on=SPRING)
    assert standing(issuer, letter, "letter_amendment", SPRING) == [(False, "refused")]
    assert standing(issuer, letter, "customs_letter", SPRING)[0] == (True, "accepted")


@pytest.mark.parametrize("end", ["released", "expired"])
def test_an_open_amendment_ends_with_its_letter(issuer: Any, end: str) -> None:
    letter = issuer.accepted()
    amended(issuer, letter, **LESS)
    issuer.do(send_letter, letter.id, on=SPRING)
    on = date(2026, 9, 10)
    if end == "released":
        issuer.release(letter, an_end(), on)
    else:
        issuer.do(expire_letter, letter.id, on=on)
    assert standing(issuer, letter, "customs_letter", on) == [(False, end), (False, "lapsed")]
    assert standing(issuer, letter, "letter_amendment", on) == [(False, "lapsed")]


def test_a_letter_ends_by_its_date_though_nobody_records_it(issuer: Any) -> None:
    letter = issuer.accepted()
    last, after = date(2026, 9, 9), date(2026, 9, 10)
    assert standing(issuer, letter, "customs_letter", last) == [(True, "accepted")]
    assert standing(issuer, letter, "customs_letter", after) == [(False, "expired")]

    def seen(on: date) -> Any:
        version = read(issuer.engine, lambda s: store.version(s, letter.id, 1))
        return read(
            issuer.engine,
            lambda s: checked(s, letter.number, version.content_hash, desk=a_desk(on)),
        )

    assert (seen(last).found, seen(last).shown.in_force) == (Found.GENUINE, True)
    assert (seen(after).found, seen(after).shown.status) == (Found.ENDED, "expired")


def test_a_letter_that_customs_never_accepted_is_over_with_its_use(issuer: Any) -> None:
    letter = issuer.signed()
    issuer.do(send_letter, letter.id, on=QUOTED)
    assert standing(issuer, letter, "customs_letter", date(2026, 3, 9)) == [(True, "sent")]
    assert standing(issuer, letter, "customs_letter", date(2026, 3, 10)) == [(False, "expired")]


def test_no_letter_ends_over_an_open_demand(issuer: Any) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use("D1"))
    issuer.demand(letter, a_demand("C1"))
    on = date(2025, 4, 8)
    end = an_end(released_by="C-9")
    papers = read(
        issuer.engine,
        lambda s: release_sheets(
            s, letter.id, end, desk=a_desk(on), public_url="https://letters.example"
        ),
    )
    assert papers
    with pytest.raises(Conflict) as refused:
        issuer.release(letter, end, on)
    assert refused.value.code == "demand-open"


def test_a_paper_is_signed_by_whom_it_names(issuer: Any) -> None:
    """A letter drafted for a house's own key is not signed by the demonstration authority."""
    letter = issuer.drafted(demonstration=False)
    issuer.do(approve_letter, letter.id, "in order", actor="second", on=QUOTED)
    with pytest.raises(Conflict) as refused:
        issuer.papered(sheets_to_sign, sign_letter, letter.id, on=QUOTED)
    assert refused.value.code == "signer-changed"
    assert signer().demonstration
    assert DEMONSTRATION


def test_an_amendment_is_signed_when_nothing_more_is_declared(issuer: Any) -> None:
    """What counts then is the last day of demand, not the last of use."""
    letter, on = issuer.accepted(), date(2026, 4, 1)
    amended(issuer, letter, on=on, **LESS)
    assert standing(issuer, letter, "letter_amendment", on) == [(False, "signed")]


def test_a_letter_in_force_ends_on_customs_word_only(issuer: Any) -> None:
    letter, on = issuer.accepted(), date(2025, 6, 2)
    with pytest.raises(Conflict) as refused:
        issuer.release(letter, an_end(released_by=None), on)
    assert refused.value.code == "irrevocable"
    issuer.release(letter, an_end(), on)


def test_a_letter_that_took_effect_on_issue_is_not_withdrawn(issuer: Any) -> None:
    said = stated(effective_on="issue")
    letter = issuer.signed(letter=issuer.drafted(stated=said))
    issuer.do(send_letter, letter.id, on=QUOTED)
    issuer.refuse("irrevocable", withdraw_letter, letter.id, "a slip", on=QUOTED)


def test_a_code_copied_in_part_is_no_forgery(issuer: Any) -> None:
    letter = issuer.accepted()
    version = read(issuer.engine, lambda s: store.version(s, letter.id, 1))

    def found(number: str, code: str | None) -> Any:
        return read(issuer.engine, lambda s: checked(s, number, code, desk=a_desk(SPRING)))

    whole = version.content_hash
    assert found(letter.number.lower(), whole[:16]).found == Found.GENUINE
    assert found(letter.number, whole[:12]).found == Found.UNCOMPARED
    assert found(letter.number, "0" * 16).found == Found.MISMATCH


def test_the_audit_sees_a_register_that_says_otherwise(issuer: Any) -> None:
    from underwriting.guarantees.audit import verify_letters  # noqa: PLC0415 - one test asks
    from underwriting.guarantees.register import Line, append  # noqa: PLC0415 - as above

    letter = issuer.accepted()
    version = read(issuer.engine, lambda s: store.version(s, letter.id, 1))
    line = Line(letter=letter.number, edition=1, content_hash=version.content_hash, status="sent")

    at = a_desk(SPRING).at
    transact(issuer.engine, lambda s: append(s, line, at=at) and None)
    (fault,) = read(issuer.engine, verify_letters)
    assert "stands as sent in the register" in fault.problem
