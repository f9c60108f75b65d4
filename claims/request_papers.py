"""ACT: all that is missing is asked for, once; more only where a new fact asks for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from claims.facts import Case, case_of, missing_papers
from claims.rules.asked import Asked, asked, listed, with_requests
from claims.rules.lifecycle import State, move
from claims.tables import ClaimRow
from kernel.db import books
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, Invalid
from underwriting.store import add


@dataclass(frozen=True, slots=True)
class NewFact:
    """What was not known when papers were first asked for.

    Attributes:
        words: what it is.
        known_on: the day on which the insurer learned of it.
    """

    words: str
    known_on: date


@dataclass(frozen=True, slots=True)
class Request:
    """What an adjuster asks for.

    Attributes:
        papers: codes; the first request asks for all that is missing, whatever is named.
        extra: code -> name, Chinese and English, of papers that the policy does not list.
        fact: what a later request follows from.
    """

    papers: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    fact: NewFact | None = None


def request_papers(session: Session, claim_id: str, request: Request, *, desk: Desk) -> ClaimRow:
    """Ask for papers (Insurance Law art. 22): the clocks stand still until the last one is here.

    Raises:
        NotFound: there is no such claim.
        Invalid: a paper is not one of the claim's, or stands on the list already; or the day of
            the new fact lies ahead.
        Conflict: the claim is decided; `nothing-missing`; `asked-once`, where a paper could have
            been asked for the first time, or is awaited.
    """
    case = case_of(session, claim_id, lock=True)
    row = case.claim
    state = move(row.state, State.PAPERS_REQUESTED)
    _check(case, request, desk)
    earlier = asked(row.file)
    codes = _later(case, request, earlier) if earlier else _first(case, request)
    fact = request.fact.words if request.fact else ""
    kept = {name: value for name, value in row.file.items() if name != "completed_on"}
    if request.extra:
        kept["extra_papers"] = {**row.file.get("extra_papers", {}), **request.extra}
    row.file = with_requests(kept, (*earlier, Asked(desk.on, codes, fact)))
    row.state = state
    say_asked(session, case, codes, fact, desk=desk)
    return add(session, row)


def say_asked(
    session: Session, case: Case, codes: tuple[str, ...], fact: str, *, desk: Desk
) -> None:
    """Note a request and send it out."""
    subject = books.Subject("claim", case.claim.id)
    payload = {"papers": list(codes)} | ({"fact": fact} if fact else {})
    books.note(session, subject, "papers_requested", payload, actor=desk.actor, at=desk.at)
    books.enqueue(session, subject, "papers_requested", payload, at=desk.at)


def _check(case: Case, request: Request, desk: Desk) -> None:
    wanted = listed(case.contract.papers, case.claim.file)
    faults = [
        Fault("papers", f"{code!r} is no paper of this claim", f"use one of {', '.join(wanted)}")
        for code in request.papers
        if code not in wanted
    ]
    faults += [
        Fault(f"extra.{code}", "stands on the list already", "name it among `papers`")
        for code in request.extra
        if code in wanted
    ]
    if request.fact and request.fact.known_on > desk.on:
        faults.append(Fault("fact.known_on", "lies ahead", "give the day it was learned of"))
    if faults:
        raise Invalid("invalid", *faults)


def _first(case: Case, request: Request) -> tuple[str, ...]:
    codes = (*missing_papers(case), *request.extra)
    if not codes:
        raise _nothing()
    return codes


def _later(case: Case, request: Request, earlier: tuple[Asked, ...]) -> tuple[str, ...]:
    """Return what may be asked for now, after an earlier request."""
    codes = tuple(dict.fromkeys((*request.papers, *request.extra)))
    if not codes:
        raise _unnamed(case, earlier)
    if faults := list(_asked_before(case, request, codes, earlier)):
        raise Conflict("asked-once", *faults)
    return codes


def _asked_before(
    case: Case, request: Request, codes: tuple[str, ...], earlier: tuple[Asked, ...]
) -> Iterator[Fault]:
    first, out = earlier[0].asked_on, _out(earlier)
    for code in codes:
        if code in case.claim.file["papers"]:
            cure = "reject it with a reason if it is not what is needed"
            yield Fault(f"papers.{code}", "is here", cure)
        elif code in out:
            problem = f"was asked for on {out[code]} and is awaited"
            yield Fault(f"papers.{code}", problem, "wait for it; the clock stands still")
        elif request.fact is None or request.fact.known_on < first:
            problem = f"could have been asked for on {first}, when papers were"
            cure = f"name the new fact it follows from, learned of on or after {first}"
            yield Fault(f"papers.{code}", problem, cure)


def _out(earlier: tuple[Asked, ...]) -> dict[str, date]:
    """Return code -> when it was asked for, of the papers that were not answered yet."""
    return {code: one.asked_on for one in earlier if not one.answered_on for code in one.papers}


def _unnamed(case: Case, earlier: tuple[Asked, ...]) -> Conflict:
    """Refuse a later request that names no paper, by what is awaited or missing."""
    here = case.claim.file["papers"]
    out = {code: day for code, day in _out(earlier).items() if code not in here}
    if out:
        awaited = ", ".join(f"{code} since {day}" for code, day in out.items())
        cure = "wait for them, the clock stands still; or name what a new fact needs"
        return Conflict("asked-once", Fault("papers", f"are awaited: {awaited}", cure))
    if missing := missing_papers(case):
        cure = f"name what a new fact needs of {', '.join(missing)}"
        return Conflict("asked-once", Fault("papers", "names none", cure))
    return _nothing()


def _nothing() -> Conflict:
    fault = Fault("papers", "nothing is missing", "assess the claim, or name what a new fact needs")
    return Conflict("nothing-missing", fault)
