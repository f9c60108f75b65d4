"""What anyone may know who holds a letter: how it stands, its amount, districts and days.

Nothing of the debtor, the policy or the pledge. Who names another content hash than that of the
letter is told so, and nothing else.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session

from kernel.desk import Desk
from kernel.errors import NotFound
from underwriting.guarantees import store
from underwriting.guarantees.register import AMENDED, STANDS, standing
from underwriting.guarantees.stands import status_of
from underwriting.guarantees.tables import LetterVersionRow
from underwriting.letters.moves import IN_FORCE
from underwriting.letters.number import number_problem

SHORTEST = 16
"""Digits of the content hash that a paper's code holds."""


class Found(StrEnum):
    """What is said of a number and a content hash."""

    GENUINE = "genuine"
    REPLACED = "replaced"
    ENDED = "not_in_force"
    MISMATCH = "not_the_letter_you_hold"
    UNCOMPARED = "hash_not_given"


@dataclass(frozen=True, slots=True)
class Shown:
    """One edition of a letter, as the world may see it.

    Attributes:
        version: of the terms.
        newest: the version in force, or that ended.
        status: how it stands in the register.
        in_force: may it be relied on?
        since: instant from which it stands so.
        amount: as text, with two decimals.
        currency: of the amount.
        districts: codes and names of the beneficiaries: code, Chinese, English.
        guarantor_zh: who undertakes to pay.
        guarantor_en: the same in Latin letters.
        usable_until: last day on which a declaration may use it.
        claim_until: last day of demand.
        file_sha256: of the whole signed file.
        demonstration: was it signed by a self-made authority?
    """

    version: int
    newest: int
    status: str
    in_force: bool
    since: datetime
    amount: str
    currency: str
    districts: tuple[tuple[str, str, str], ...]
    guarantor_zh: str
    guarantor_en: str
    usable_until: date
    claim_until: date
    file_sha256: str
    demonstration: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer to a number and a content hash; `shown` is None where they do not fit."""

    number: str
    found: Found
    shown: Shown | None


def checked(session: Session, number: str, content: str | None, *, desk: Desk) -> Checked | None:
    """Return what is found of a letter; None where no such letter was ever signed.

    `content` is at least 16 digits of the content hash on the paper; None, or fewer, compares
    nothing: a code that was copied in part is no forgery.
    """
    number = number.upper()
    if number_problem(number):
        return None
    try:
        row = store.letter_named(session, number)
    except NotFound:
        return None
    signed = [one for one in store.versions(session, row.id) if one.file_sha256]
    if not signed:
        return None
    newest = row.edition
    if content is None or len(content) < SHORTEST:
        current = next((one for one in signed if one.edition == newest), signed[-1])
        return Checked(number, Found.UNCOMPARED, _shown(session, current, newest, desk=desk))
    held = [one for one in signed if _is_of(one, content)]
    if not held:
        return Checked(number, Found.MISMATCH, None)
    shown = _shown(session, held[-1], newest, desk=desk)
    return Checked(number, _found(shown), shown)


def _is_of(version: LetterVersionRow, content: str) -> bool:
    return version.content_hash.startswith(content.lower())


def _found(shown: Shown) -> Found:
    if shown.status == AMENDED:
        return Found.REPLACED
    return Found.GENUINE if shown.status in STANDS else Found.ENDED


def _shown(session: Session, version: LetterVersionRow, newest: int, *, desk: Desk) -> Shown:
    terms = store.terms_of(version)
    line = standing(session, terms.number, version.edition)
    assert line is not None, "what is signed stands in the register"
    assert version.file_sha256 is not None, "what is signed has a file"
    status = status_of(session, line, desk=desk)
    return Shown(
        version=version.edition,
        newest=newest,
        status=status,
        in_force=status in IN_FORCE,
        since=line.created_at,
        amount=terms.amount.text,
        currency=terms.amount.currency,
        districts=tuple((one.code, one.zh, one.en) for one in terms.beneficiaries),
        guarantor_zh=terms.guarantor.party.zh,
        guarantor_en=terms.guarantor.party.en,
        usable_until=terms.usable_until,
        claim_until=terms.claim_until,
        file_sha256=version.file_sha256,
        demonstration=terms.demonstration,
    )
