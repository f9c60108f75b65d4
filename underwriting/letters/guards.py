"""What the table of moves cannot say: what hangs on a day, a district, or the beneficiary's word.

Each guard lets pass or raises `Conflict` with its code; none changes anything.
"""

from datetime import date

from kernel.errors import Conflict, Fault
from kernel.money import Money
from underwriting.letters.moves import IN_FORCE, State
from underwriting.letters.terms import LetterTerms


def check_usable(terms: LetterTerms, on: date) -> None:
    """Let a declaration of a day use the letter, from its first usable day to its last.

    Raises:
        Conflict: `not-usable`.
    """
    if not terms.usable_from <= on <= terms.usable_until:
        words = f"{on} is not from {terms.usable_from} to {terms.usable_until}"
        raise _no("not-usable", "on", words, "use a letter that is usable on that day")


def check_claimable(terms: LetterTerms, on: date, *, last: date | None = None) -> None:
    """Let a demand pass that came in time.

    `last` is the last day of demand where it is later than `claim_until`, because that day was
    no working day: see `clocks.last_day_of_demand`.

    Raises:
        Conflict: `claim-too-late`.
    """
    until = max(terms.claim_until, last or terms.claim_until)
    if on > until:
        words = f"came on {on}, and demands end on {until}"
        raise _no("claim-too-late", "received_on", words, "nothing: the letter has expired")


def check_named(terms: LetterTerms, declaration: str) -> None:
    """Let a declaration use a single letter only where it is named there.

    Raises:
        Conflict: `declaration-not-named`.
    """
    named = [one.number for one in terms.declarations]
    if terms.mode == "single" and declaration not in named:
        words = f"{declaration} is not the letter's declaration"
        cure = f"use the letter for {', '.join(named)}"
        raise _no("declaration-not-named", "declaration", words, cure)


def check_district(terms: LetterTerms, code: str) -> None:
    """Let a customs district use or demand only where it is a beneficiary.

    Raises:
        Conflict: `district-not-beneficiary`.
    """
    known = [one.code for one in terms.beneficiaries]
    if code not in known:
        cure = f"beneficiaries are {', '.join(known)}; have the letter amended for another"
        raise _no("district-not-beneficiary", "district", f"{code} is no beneficiary", cure)


def check_revocable(terms: LetterTerms, current: str, *, written_release: bool) -> None:
    """Let a letter be revoked: freely before it is in force, then only as customs releases it.

    A letter takes effect when customs accepts it, or when it leaves the house where its terms
    say so; from then on it is irrevocable (rules on independent guarantees, art. 4).

    Raises:
        Conflict: `irrevocable`.
    """
    at_issue = terms.effective_on == "issue" and current == State.SENT
    if (current in IN_FORCE or at_issue) and not written_release:
        words = f"is irrevocable: it is {current}"
        raise _no("irrevocable", "state", words, "bring the beneficiary's written release")


def check_releasable(left: Money, reserved: Money, *, written_release: bool) -> None:
    """Let a letter be released as the beneficiary writes, or when all of it was paid out.

    `left` is the limit less what was paid for good, `reserved` what is open of it. A letter in
    force is irrevocable: the guarantor's own word does not end it while anything is left (rules
    on independent guarantees, arts 4 and 11).

    Raises:
        Conflict: `still-open`, or `irrevocable`.
    """
    if written_release or not left.minor:
        return
    cure = "bring the beneficiary's written release, or wait for the last day of demand"
    if reserved.minor:
        raise _no("still-open", "released_by", f"{reserved} is still reserved", cure)
    words = f"is missing, and {left} of the letter is left"
    raise _no("irrevocable", "released_by", words, cure)


def check_expired(
    terms: LetterTerms, on: date, *, open_demands: int, last: date | None = None
) -> None:
    """Let a letter expire on the day after its last day of demand, once demands are answered.

    Raises:
        Conflict: `not-expired` or `demand-open`.
    """
    until = max(terms.claim_until, last or terms.claim_until)
    if on <= until:
        raise _no("not-expired", "on", f"customs may demand until {until}", "wait until then")
    if open_demands:
        words = f"{open_demands} demands that came in time are not answered"
        raise _no("demand-open", "state", words, "pay or refuse them first")


def _no(code: str, field: str, problem: str, cure: str) -> Conflict:
    return Conflict(code, Fault(field, problem, cure))
