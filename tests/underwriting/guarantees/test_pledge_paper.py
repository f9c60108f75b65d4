"""The papers of the pledge behind a letter: issued in their time, signed, in the register."""

from datetime import date
from typing import Any

from guaranteeing import QUOTED, a_demand, a_use, an_end
from letter_stated import RIGHT
from sqlmodel import Session

from kernel.db import books
from kernel.db.engine import read
from underwriting.guarantees.register import lines
from underwriting.guarantees.stated import PledgePaperStated
from underwriting.issue_pledge_paper import issue_pledge_paper, pledge_sheets

FREED = {"kind": "release", "released": (RIGHT,), "grounds_zh": "已偿还", "grounds_en": "repaid"}
CERTIFICATE = PledgePaperStated(kind="certificate")


def released(**parts: Any) -> PledgePaperStated:
    return PledgePaperStated(**{**FREED, **parts})


def issue(issuer: Any, letter: Any, said: PledgePaperStated, on: date) -> None:
    def sheets(session: Session, *asked: Any, desk: Any, public_url: str) -> Any:
        del public_url
        return pledge_sheets(session, *asked, desk=desk)

    def keep(session: Session, *asked: Any, desk: Any, public_url: str) -> Any:
        del public_url
        return issue_pledge_paper(session, *asked, desk=desk)

    issuer.papered(sheets, keep, letter.id, said, on=on)


def kinds(issuer: Any, letter: Any) -> list[tuple[str, str]]:
    found = read(issuer.engine, lambda s: books.documents(s, books.Subject("letter", letter.id)))
    return [(one.kind, one.number) for one in found if one.kind.startswith("pledge")]


def test_a_certificate_is_signed_numbered_and_registered(issuer: Any) -> None:
    letter = issuer.accepted()
    issue(issuer, letter, CERTIFICATE, date(2025, 3, 10))
    issue(issuer, letter, CERTIFICATE, date(2025, 3, 11))
    number = letter.number
    assert kinds(issuer, letter) == [
        ("pledge_certificate", f"{number}-C1"), ("pledge_certificate", f"{number}-C2"),
    ]  # fmt: skip
    kept = read(issuer.engine, lambda s: lines(s, number))
    assert [one.status for one in kept if one.paper == "pledge_certificate"] == ["accepted"] * 2
    assert issuer.see(letter).state == "accepted"


def test_nothing_is_certified_of_a_draft(issuer: Any) -> None:
    letter = issuer.drafted()
    issuer.refuse("not-signed", pledge_sheets, letter.id, CERTIFICATE, on=QUOTED)


def test_a_right_is_freed_once_the_letter_ended_and_what_was_paid_is_settled(issuer: Any) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use("D1"))
    on = date(2025, 4, 14)
    issuer.refuse("still-secures", pledge_sheets, letter.id, released(), on=on)
    issuer.demand(letter, a_demand("C1"))
    issuer.pay(letter, "C1")
    issuer.release(letter, an_end(), date(2025, 6, 2))
    on = date(2025, 6, 3)
    refused = issuer.refuse("still-secures", pledge_sheets, letter.id, released(), on=on)
    assert [fault.field for fault in refused.faults] == ["settled_by"]
    issue(issuer, letter, released(settled_by="R-1"), on)
    assert kinds(issuer, letter) == [("pledge_release", f"{letter.number}-F1")]


def test_a_release_names_its_grounds_and_rights_of_the_letter(issuer: Any) -> None:
    letter = issuer.signed()
    issuer.revoke(letter, an_end(), QUOTED)
    bare = released(grounds_zh=None)
    issuer.refuse("grounds-missing", pledge_sheets, letter.id, bare, on=QUOTED)
    other = released(released=("ZL000000000000.0",))
    issuer.refuse("invalid", pledge_sheets, letter.id, other, on=QUOTED)
    issue(issuer, letter, released(), QUOTED)
    assert kinds(issuer, letter) == [("pledge_release", f"{letter.number}-F1")]
