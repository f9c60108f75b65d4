"""ACT: an approved letter or amendment is signed; its papers were made before, outside."""

from collections.abc import Sequence

from sqlmodel import Session

from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from underwriting.approve_letter import need_of
from underwriting.guarantees import store
from underwriting.guarantees.paper import Drawn, Sheet, check_same
from underwriting.guarantees.pledged_elsewhere import check_pledged_once
from underwriting.guarantees.record import become, registered, stands, told
from underwriting.guarantees.register import LETTER
from underwriting.guarantees.sheets import edition_sheets
from underwriting.guarantees.tables import LetterRow
from underwriting.letters.moves import IN_FORCE, State, move
from underwriting.rules.need import check_level


def sheets_to_sign(
    session: Session, letter_id: str, *, desk: Desk, public_url: str
) -> tuple[Sheet, ...]:
    """Return the papers of the newest edition, to be printed and signed.

    Raises:
        NotFound: there is no such letter.
        NotPermitted: `above-authority`.
        Conflict: the edition is not approved, or can no longer be used; or
            `pledge-behind-another-letter`.
    """
    row = store.letter(session, letter_id)
    version = store.newest(session, row.id)
    move(version.state, State.SIGNED)
    terms = store.terms_of(version)
    field, last = ("usable_until", terms.usable_until)
    if version.kind != "letter":  # an extension may come when nothing more is declared
        field, last = ("claim_until", terms.claim_until)
    if desk.on > last:
        fault = Fault(field, "lies behind", "withdraw it and draft another")
        raise Conflict("not-usable", fault)
    check_level(desk.authority, need_of(session, row, terms))
    if version.kind == "letter":  # an extension that answers a demand waits for no other letter
        check_pledged_once(session, terms)
    return edition_sheets(session, row, version, on=desk.on, public_url=public_url)


def sign_letter(
    session: Session, letter_id: str, papers: Sequence[Drawn], *, desk: Desk, public_url: str
) -> LetterRow:
    """Keep the signed papers of the newest edition and write them into the register.

    Raises:
        As `sheets_to_sign`; Conflict `changed-meanwhile`.
    """
    row = store.letter(session, letter_id, lock=True)
    check_same(papers, sheets_to_sign(session, row.id, desk=desk, public_url=public_url))
    version = store.newest(session, row.id)
    stands(session, version, State.SIGNED)
    issued = next(paper for paper in papers if paper.kind == LETTER)
    version.file_sha256, version.signer = issued.sha256, issued.signer
    if row.state in IN_FORCE:
        registered(session, row, version.edition, State.SIGNED.value, desk=desk, papers=papers)
    else:
        become(session, row, State.SIGNED, desk=desk, papers=papers)
    payload = {"edition": version.edition, "file_sha256": issued.sha256, "signer": issued.signer}
    told(session, row, "signed", payload, desk=desk)
    return row
