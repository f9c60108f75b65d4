"""ACT: a paper that came is not what is needed: it is missing again, and the sender learns why."""

from sqlmodel import Session

from claims.facts import Case, case_of
from claims.request_papers import NewFact
from claims.rules.asked import Asked, asked, with_requests
from claims.rules.lifecycle import OPEN, State, move
from claims.uploads import store
from claims.uploads.tables import PaperRejectionRow
from claims.uploads.tick import untick
from kernel.db import books
from kernel.db.page import append
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from underwriting.store import add


def reject_paper(
    session: Session,
    claim_id: str,
    code: str,
    reason: str,
    *,
    desk: Desk,
    fact: NewFact | None = None,
) -> PaperRejectionRow:
    """Reject every version of a paper that came so far.

    Before papers were asked for, it is asked for with the others. After that the sender is told
    at once; the clocks stand still for the first rejection of a paper, and for no other. A paper
    that was here when the others were asked for is rejected on a new fact only.

    Raises:
        NotFound: there is no such claim.
        Invalid: no reason is given.
        Conflict: `claim-decided`; `paper-not-here`; `asked-once`, where what is wrong with it could
            have been said when the others were asked for.
    """
    case = case_of(session, claim_id, lock=True)
    before = tuple(one for one in store.rejections(session, claim_id) if one.code == code)
    earlier = asked(case.claim.file)
    _check(case, code, reason)
    _check_once(case, code, earlier, fact)
    row = append(
        session,
        PaperRejectionRow(
            id=new_id("pr"),
            created_at=desk.at,
            claim_id=claim_id,
            code=code,
            sequence=len(before) + 1,
            through=len(store.versions_of(session, claim_id, code)),
            rejected_on=desk.on,
            reason=reason,
            fact=fact.words if fact else "",
            actor=desk.actor,
        ),
    )
    untick(case.claim, code)
    if earlier:
        _ask_again(case, row, desk)
    add(session, case.claim)
    _say(session, row, desk)
    return row


def _check(case: Case, code: str, reason: str) -> None:
    if not reason.strip():
        raise invalid("reason", "is empty", "say what is wrong with the paper")
    if case.claim.state not in OPEN:
        fault = Fault("state", f"the claim is {case.claim.state}", "revise or reopen it first")
        raise Conflict("claim-decided", fault)
    if code not in case.claim.file["papers"]:
        fault = Fault("code", "is not here", "reject a paper that came")
        raise Conflict("paper-not-here", fault)


def _check_once(case: Case, code: str, earlier: tuple[Asked, ...], fact: NewFact | None) -> None:
    if not earlier:
        return
    first, since = earlier[0].asked_on, case.claim.file["papers"][code]
    if since < first.isoformat() and (fact is None or fact.known_on < first):
        problem = f"was here since {since}, when papers were asked for on {first}"
        cure = f"name the new fact, learned of on or after {first}"
        raise Conflict("asked-once", Fault("fact", problem, cure))


def _ask_again(case: Case, row: PaperRejectionRow, desk: Desk) -> None:
    again = Asked(desk.on, (row.code,), row.fact or row.reason, stops=row.sequence == 1)
    claim = case.claim
    claim.file = with_requests(claim.file, (*asked(claim.file), again))
    claim.state = move(claim.state, State.PAPERS_REQUESTED)


def _say(session: Session, row: PaperRejectionRow, desk: Desk) -> None:
    subject = books.Subject("claim", row.claim_id)
    payload = {"paper": row.code, "through": row.through, "reason": row.reason}
    if row.fact:
        payload["fact"] = row.fact
    books.note(session, subject, "paper_rejected", payload, actor=desk.actor, at=desk.at)
    books.enqueue(session, subject, "paper_rejected", payload, at=desk.at)
