"""The timeline of a claim: its events as sentences, and the duties of every part of it."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlmodel import Session

from claims import demanded
from claims.calls import duties as of_calls
from claims.counsel import duties as of_counsel
from claims.disposal import duties as of_disposal
from claims.facts import Case
from claims.overdue import duties as of_overdue
from claims.overdue.store import overdue_of_claim
from claims.room import duties as of_room
from claims.room.view import View, heard
from claims.rules.duty import Duty
from claims.rules.timeline import Open, Telling, in_order, tell
from claims.rules.timeline.words import Names
from claims.uploads import duties as of_uploads
from kernel.clock import business_date
from kernel.db import books
from kernel.db.tables import EventRow
from kernel.sharing import UNCOVERED

_PARTS: Final = (of_overdue, of_uploads, demanded, of_counsel, of_calls, of_disposal, of_room)
"""Every part of a claim in which somebody may have to do something."""

_ROLES: Final = {
    "bank": ("银行", "the bank"),
    "insured": ("被保险人", "the insured"),
    "insurer": ("保险人", "the insurer"),
    "pool": ("风险补偿资金", "the public fund"),
    "appraiser": ("评估机构", "the appraiser"),
    "guarantor": ("担保机构", "the guarantor"),
    "reinsurer": ("再保险人", "the reinsurer"),
}


def story(session: Session, case: Case, view: View) -> tuple[Telling, ...]:
    """Return all that happened on a claim that a viewer may hear, in order.

    It begins with the overdue loan that the claim came of.
    """
    names = names_of(case)
    told = (
        tell(event.kind, business_date(event.created_at), noted, names)
        for event in _events(session, case)
        if (noted := heard(event.kind, event.payload, view)) is not None
    )
    return tuple(told)


def waiting(session: Session, claim_id: str, on: date) -> tuple[Open, ...]:
    """Return all that is open on a claim on a day, the next deadline first."""
    return in_order(all_duties(session, claim_id, on), on)


def all_duties(session: Session, claim_id: str, on: date) -> tuple[Duty, ...]:
    """Return the duties of every part of a claim, open and done."""
    return tuple(duty for part in _PARTS for duty in part.duties(session, claim_id, on))


def names_of(case: Case) -> Names:
    """Return what the codes of a claim are called."""
    parties = {party: party_name(case, party) for party in case.scheme.scheme.parties}
    words = {**case.contract.papers, **case.kind.lines}
    return Names(
        case.claim.currency,
        {
            **{code: split_name(said) for code, said in words.items()},
            **{one["code"]: (one["words_zh"], one["words"]) for one in case.claim.findings},
            "insured": _ROLES["insured"],
            **parties,
            UNCOVERED: ("未获分担部分", "the part that nobody bears"),
        },
    )


def party_name(case: Case, party: str) -> tuple[str, str]:
    """Return what a party of the scheme is called: by its role, with its code where two share it.

    `insurer` and `insurer_b` are of one role; a code alone would not be read aloud.
    """
    roles = case.scheme.scheme.roles
    role = roles[party].value
    zh, en = _ROLES.get(role, (role, f"the {role}"))
    alone = sum(one.value == role for one in roles.values()) == 1
    return (zh, en) if alone else (f"{zh} {party}", f"{en} {party}")


def split_name(words: str) -> tuple[str, str]:
    """Split `中文 English` at the first blank after which no Chinese letter comes.

    >>> split_name("本金 principal")
    ('本金', 'principal')
    >>> split_name("principal")
    ('principal', 'principal')
    """
    last = max((place for place, letter in enumerate(words) if letter >= "\u2e80"), default=-1)
    cut = words.find(" ", last + 1)
    if last < 0 or cut < 0:
        return words, words
    return words[:cut].strip(), words[cut:].strip()


def _events(session: Session, case: Case) -> Iterator[EventRow]:
    """Yield what was noted on the overdue case that the claim came of, then on the claim."""
    overdue = overdue_of_claim(session, case.claim.id)
    if overdue is not None:
        for event in books.events(session, books.Subject("policy", case.policy.id)):
            if event.payload.get("overdue_id") == overdue.id:
                yield event
    yield from books.events(session, books.Subject("claim", case.claim.id))
