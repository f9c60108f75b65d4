"""ACT: issue the account of one party of a scheme for a period, from the books."""

from sqlmodel import Session

from claims.account import Account, losses, premiums, recoveries
from claims.papers.bordereau import bordereau
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import invalid
from kernel.sharing import Scheme
from underwriting.filing import file_once
from underwriting.store import DocumentRow


def issue_bordereau(session: Session, of: Account, scheme: Scheme, *, desk: Desk) -> DocumentRow:
    """File the account of a party; the same content is the same paper.

    Raises:
        Invalid: the scheme has no such party, or the period is upside down or not over.
    """
    assert of.scheme == scheme.code, "the account is of this scheme"
    if of.party not in scheme.parties:
        known = ", ".join(scheme.parties)
        raise invalid("party", f"{of.party!r} is no party of {scheme.code}", f"use one of {known}")
    if of.closes_on < of.opens_on:
        raise invalid("closes_on", "is before the period opens", "end it later")
    if of.closes_on > desk.on:
        raise invalid("closes_on", "lies ahead: more may still be booked", "end it by today")
    form = bordereau(
        of,
        scheme,
        premiums(session, of),
        losses(session, of),
        recoveries(session, of),
        number=f"BX-{of.opens_on:%Y%m%d}-{of.closes_on:%Y%m%d}-{of.party}",
        insurer=desk.insurer,
        on=desk.on,
    )
    return file_once(session, books.Subject("scheme", of.scheme), form, desk=desk)
