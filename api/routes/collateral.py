"""The watch over rights, obligors and banks: events in, what they hit, who is on the list."""

from fractions import Fraction
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At, Key, Office
from api.route import HouseRoute
from api.schemas import collateral as wire
from api.schemas.common import Limit, Listing, PathId
from api.schemas.sent import Sent
from api.schemas.watch_answers import npl_answer, on_list_answer, watch_answer
from api.sight import party_seen, policy_seen
from kernel.desk import Desk
from kernel.wire import Day
from underwriting.loan_events.bank_npl import bank_npl
from underwriting.loan_events.listed import watch_list
from underwriting.loan_events.noted import noted_rows
from underwriting.loan_events.rights import right_name
from underwriting.loan_events.watched import watched
from underwriting.note_collateral import ToNote, note_collateral
from underwriting.pledge.forms import RegisterId
from underwriting.state_npl import state_npl
from underwriting.watch.kinds import On, watch_kinds

router = APIRouter(route_class=HouseRoute, tags=["watch"])

Number = Annotated[str, Path(min_length=1, max_length=100, description="Number of the right")]
Register = Annotated[RegisterId, Path(description="Number of the obligor in its register")]
OfficeCode = Annotated[str, Query(pattern=r"^[A-Z]{2}$", description="Office of the right")]
ValidOn = Annotated[Day | None, Query(description="At the end of this day; today if left out")]


@router.get(
    "/v1/watch-kinds",
    operation_id="list_watch_kinds",
    summary="List what is watched",
    response_model=Listing[wire.WatchKindAnswer],
)
def list_watch_kinds(office: At) -> Response:
    """Every kind with the clause it hits, its effect on cover, its cure and the days for it."""
    items = tuple(map(wire.kind_answer, watch_kinds().values()))
    return office.read(lambda _: Listing[wire.WatchKindAnswer](items=items, next=None))


@router.post(
    "/v1/rights/{number}/events",
    operation_id="note_right",
    summary="Note something of a right",
    status_code=201,
    response_model=wire.NotedAnswer,
)
def note_right(
    office: At, key: Key, number: Number, sent: Sent[wire.RightNoteRequest]
) -> Response:  # fmt: skip
    """The clause it hits, the last day for the cure, and every policy that it hits."""
    name = right_name(sent.office, number)
    return _note(office, key, sent, On.RIGHT, name)


@router.get(
    "/v1/rights/{number}/events",
    operation_id="list_right_events",
    summary="List what was noted of a right",
    response_model=Listing[wire.WatchEventAnswer],
)
def list_right_events(office: At, number: Number, at_office: OfficeCode = "CN") -> Response:
    """Everything that was noted of it, in the order in which it became known."""

    def act(session: Session) -> BaseModel:
        rows = noted_rows(session, On.RIGHT, right_name(at_office, number))
        items = tuple(map(wire.watch_event_answer, rows))
        return Listing[wire.WatchEventAnswer](items=items, next=None)

    return office.read(act)


@router.post(
    "/v1/obligors/{register_id}/events",
    operation_id="note_obligor",
    summary="Note something of an obligor",
    status_code=201,
    response_model=wire.NotedAnswer,
)
def note_obligor(
    office: At, key: Key, register_id: Register, sent: Sent[wire.NoteRequest]
) -> Response:
    """Revenue, arrears, suits: what it does to the grade, and every policy that it hits."""
    return _note(office, key, sent, On.OBLIGOR, register_id)


@router.get(
    "/v1/policies/{policy_id}/watch",
    operation_id="read_policy_watch",
    summary="Read how closely a policy is watched",
    response_model=wire.WatchAnswer,
)
def read_policy_watch(office: At, policy_id: PathId, valid_on: ValidOn = None) -> Response:
    """Its level and what moved it, what is open with its cure, and its rights scored again."""
    day, counts = valid_on or office.desk().on, office.house.settings.own_counts

    def act(session: Session) -> BaseModel:
        policy = policy_seen(session, office.actor, policy_id)
        return watch_answer(watched(session, policy, day, counts=counts))

    return office.read(act)


@router.get(
    "/v1/watch-list",
    operation_id="list_watched",
    summary="List the policies that are watched",
    response_model=Listing[wire.OnListAnswer],
)
def list_watched(office: At, limit: Limit = 50) -> Response:
    """Policies in force that are not green, gravest first; a client sees its own."""
    on, client = office.desk().on, office.actor.only_client

    def act(session: Session) -> BaseModel:
        found = watch_list(session, on, client_id=client, limit=limit)
        items = tuple(map(on_list_answer, found))
        return Listing[wire.OnListAnswer](items=items, next=None)

    return office.read(act)


@router.get(
    "/v1/banks/{bank_id}/npl",
    operation_id="read_bank_npl",
    summary="Read a bank's bad pledge loans",
    response_model=wire.BankNplAnswer,
)
def read_bank_npl(office: At, bank_id: PathId, valid_on: ValidOn = None) -> Response:
    """Its pledge loans against its own ratio and the tolerance of three points."""
    day = valid_on or office.desk().on

    def act(session: Session) -> BaseModel:
        party_seen(session, office.actor, bank_id)
        return npl_answer(bank_id, bank_npl(session, bank_id, day))

    return office.read(act)


@router.post(
    "/v1/banks/{bank_id}/npl",
    operation_id="state_bank_npl",
    summary="State a bank's own bad-loan ratio",
    response_model=wire.BankNplAnswer,
)
def state_bank_npl(
    office: At, key: Key, bank_id: PathId, sent: Sent[wire.NplRequest]
) -> Response:  # fmt: skip
    """The ratio over all its loans; answered with where its pledge loans stand by it."""

    def act(session: Session, desk: Desk) -> BaseModel:
        state_npl(session, bank_id, Fraction(sent.ratio), sent.as_of, sent.source, desk=desk)
        return npl_answer(bank_id, bank_npl(session, bank_id, desk.on))

    return office.once(key, sent, act)


def _note(
    office: Office, key: str, sent: wire.NoteRequest, subject: On, name: str
) -> Response:  # fmt: skip
    def act(session: Session, desk: Desk) -> BaseModel:
        told = ToNote(
            subject=subject,
            name=name,
            key=sent.key,
            kind=sent.kind,
            happened_on=sent.happened_on,
            told_by=sent.told_by,
            note=sent.note,
            family=getattr(sent, "family", None),
        )
        return wire.noted_answer(note_collateral(session, told, desk=desk))

    return office.once(key, sent, act)
