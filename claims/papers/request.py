"""The request for papers, filled from a claim whose papers were asked for."""

from typing import Final

from claims.facts import Case, day, needed_papers
from claims.papers.receipt import only
from claims.rules.asked import Asked, asked, listed
from claims.rules.clocks import ASSESS_DAYS, ClaimFile, deadlines
from claims.rules.pauses import Pause, in_hand
from documents.forms.claim_receipt import Deadline, Paper
from documents.forms.request_for_papers import RequestForPapers

CLAUSE: Final = "保险法第二十二条 Insurance Law art. 22"


def request_for_papers(case: Case, *, number: str, insurer: str) -> RequestForPapers:
    """Return the newest request as it was made: what came in later is missing in it still.

    A request after the first follows from a new fact, which stands beside each of its papers.
    """
    claim = case.claim
    *earlier, newest = asked(claim.file)
    known_on = day(claim.file, "known_on")
    assert known_on is not None, "a notice states when the bank knew"
    before = tuple(Pause(one.asked_on, one.answered_on) for one in earlier if one.stops)
    pauses = (*before, Pause(newest.asked_on))
    clocks = deadlines(ClaimFile(known_on, claim.notified_on, pauses=pauses))
    (limitation,) = (clock for clock in clocks if clock.code == "limitation")
    assert limitation.due is not None, "limitation never stands still"
    left = in_hand(claim.notified_on, ASSESS_DAYS, pauses, newest.asked_on)
    return RequestForPapers(
        number=number,
        insurer_name=insurer,
        issued_on=newest.asked_on,
        claim_number=claim.number,
        policy_number=case.policy.number,
        addressee=case.bank,
        debtor=case.contract.policyholder,
        event_on=claim.default_date,
        notified_on=claim.notified_on,
        papers=_papers(case, newest),
        answer_by=limitation.due,
        days_left=max(0, left),
        deadlines=tuple(
            Deadline(f"{clock.zh} {clock.en}", clock.clause, clock.due)
            for clock in clocks
            if clock.due
        ),
    )


def _papers(case: Case, newest: Asked) -> tuple[Paper, ...]:
    """Return every paper of the claim, as it stood on the day of the request."""
    names = listed(case.contract.papers, case.claim.file)
    fact = f"；新事实 new fact: {newest.fact}" if newest.fact else ""
    return tuple(
        Paper(name, CLAUSE + fact, None)
        if code in newest.papers
        else _other(case, code, name, newest)
        for code, name in names.items()
    )


def _other(case: Case, code: str, name: str, newest: Asked) -> Paper:
    """Return a paper that the request does not ask for: it is here, or is not needed."""
    since = day(case.claim.file["papers"], code)
    if since is None and code not in needed_papers(case):
        return Paper(name, CLAUSE, None, only(case, code))
    return Paper(name, CLAUSE, since or newest.asked_on)
