"""ACT: a paper of the pledge behind a letter is signed and kept: its certificate, its release."""

from collections.abc import Sequence

from sqlmodel import Session

from documents.blocks import Label
from documents.render import Form
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, Invalid
from underwriting.guarantees import store
from underwriting.guarantees.account import paid_under
from underwriting.guarantees.drafting import foundation
from underwriting.guarantees.paper import Drawn, Sheet, check_same
from underwriting.guarantees.record import registered, told
from underwriting.guarantees.sheets import sheet
from underwriting.guarantees.stated import PledgePaperStated
from underwriting.guarantees.tables import LetterRow
from underwriting.letters.moves import ENDED, State
from underwriting.letters.terms import LetterTerms
from underwriting.papers.pledge_papers import pledge_certificate, pledge_release

UNSIGNED = frozenset({State.DRAFT.value, State.APPROVED.value, State.LAPSED.value})


def pledge_sheets(
    session: Session, letter_id: str, stated: PledgePaperStated, *, desk: Desk
) -> tuple[Sheet, ...]:
    """Return the paper, to be printed and signed.

    Raises:
        NotFound: there is no such letter.
        Conflict: `not-signed`: nothing is secured yet; `still-secures`: a right is to be released
            while the letter counts, or while what was paid under it is owed.
        Invalid: a release without grounds, or of a right that is not behind the letter.
    """
    row = store.letter(session, letter_id)
    terms = store.terms_of(store.version(session, row.id, row.edition))
    if row.state in UNSIGNED:
        fault = Fault("state", f"the letter is {row.state}", "sign the letter first")
        raise Conflict("not-signed", fault)
    filed = books.documents(session, books.Subject("letter", row.id))
    issued = sum(paper.kind == f"pledge_{stated.kind}" for paper in filed)
    mark = "C" if stated.kind == "certificate" else "F"
    number = f"{row.number}-{mark}{issued + 1}"
    make = _certificate if stated.kind == "certificate" else _release
    return (sheet(make(session, row, terms, stated, number, desk=desk), terms, number),)


def issue_pledge_paper(
    session: Session,
    letter_id: str,
    stated: PledgePaperStated,
    papers: Sequence[Drawn],
    *,
    desk: Desk,
) -> LetterRow:
    """Keep the signed paper and write it into the register.

    Raises:
        As `pledge_sheets`; Conflict `changed-meanwhile`.
    """
    row = store.letter(session, letter_id, lock=True)
    check_same(papers, pledge_sheets(session, row.id, stated, desk=desk))
    registered(session, row, row.edition, row.state, desk=desk, papers=papers)
    payload = {
        "number": papers[0].sheet.number,
        "rights": list(stated.released),
        "settled_by": stated.settled_by,
    }
    told(session, row, f"pledge_{stated.kind}", payload, desk=desk)
    return row


def _certificate(
    session: Session,
    row: LetterRow,
    terms: LetterTerms,
    stated: PledgePaperStated,
    number: str,
    *,
    desk: Desk,
) -> Form:
    del stated
    arrears = foundation(session, row.policy_id).risk.arrears
    checked = arrears.checked_on if arrears else None
    return pledge_certificate(terms, number=number, on=desk.on, arrears_checked_on=checked)


def _release(
    session: Session,
    row: LetterRow,
    terms: LetterTerms,
    stated: PledgePaperStated,
    number: str,
    *,
    desk: Desk,
) -> Form:
    if stated.grounds_zh is None or stated.grounds_en is None:
        fault = Fault("grounds_zh", "a release says why", "give grounds_zh and grounds_en")
        raise Invalid("grounds-missing", fault)
    if row.state not in ENDED:
        fault = Fault("state", f"the letter is {row.state}", "release the letter first")
        raise Conflict("still-secures", fault)
    if paid_under(session, row) and stated.settled_by is None:
        cure = "name the importer's repayment, or the waiver, in settled_by"
        raise Conflict("still-secures", Fault("settled_by", "what was paid is owed", cure))
    grounds = Label(stated.grounds_zh, stated.grounds_en)
    return pledge_release(
        terms, number=number, on=desk.on, grounds=grounds, released=stated.released
    )
