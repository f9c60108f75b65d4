"""The request for papers, filled from a claim whose papers were asked for."""

from datetime import date
from typing import Final

from claims.facts import Case, day
from claims.rules.clocks import ASSESS_DAYS, ClaimFile, deadlines
from documents.forms.claim_receipt import Deadline, Paper
from documents.forms.request_for_papers import RequestForPapers
from kernel.period import add_days

CLAUSE: Final = "保险法第二十二条 Insurance Law art. 22"


def request_for_papers(case: Case, *, number: str, insurer: str) -> RequestForPapers:
    """Return the request as it was made: what came in later is missing in it still."""
    claim = case.claim
    asked_on, known_on = day(claim.file, "requested_on"), day(claim.file, "known_on")
    assert asked_on is not None, "papers were asked for"
    assert known_on is not None, "a notice states when the bank knew"
    clocks = deadlines(ClaimFile(known_on, claim.notified_on, requested_on=asked_on))
    (limitation,) = (clock for clock in clocks if clock.code == "limitation")
    assert limitation.due is not None, "limitation never stands still"
    return RequestForPapers(
        number=number,
        insurer_name=insurer,
        issued_on=asked_on,
        claim_number=claim.number,
        policy_number=case.policy.number,
        addressee=case.bank,
        debtor=case.contract.policyholder,
        event_on=claim.default_date,
        notified_on=claim.notified_on,
        papers=_papers(case, asked_on),
        answer_by=limitation.due,
        days_left=max(0, (add_days(claim.notified_on, ASSESS_DAYS) - asked_on).days),
        deadlines=tuple(
            Deadline(f"{clock.zh} {clock.en}", clock.clause, clock.due)
            for clock in clocks
            if clock.due
        ),
    )


def _papers(case: Case, asked_on: date) -> tuple[Paper, ...]:
    """Return every paper of the policy, as it stood on the day of the request."""
    received, asked = case.claim.file["papers"], case.claim.file["requested"]
    return tuple(
        Paper(name, CLAUSE, None if code in asked else day(received, code) or asked_on)
        for code, name in case.contract.papers.items()
    )
