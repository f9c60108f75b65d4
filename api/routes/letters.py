"""Letters of guarantee: drafted, approved by a second person, signed, sent, answered, amended."""

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.deps import At, Key
from api.letter_life import once_on_letter
from api.route import HouseRoute
from api.schemas import letter_answers as wire
from api.schemas.common import After, Limit, Listing, PathId, ReasonRequest, listing
from api.schemas.letters import AcceptanceRequest, LetterRequest, RefusalRequest
from api.schemas.sent import Sent
from api.sealing import signer_of
from api.sight import letter_seen, policy_seen
from kernel.desk import Desk
from underwriting.draft_letter import draft_letter as draft
from underwriting.draft_letter import preview_letter as preview
from underwriting.guarantees import store
from underwriting.guarantees.stated import ChangeStated

router = APIRouter(route_class=HouseRoute, tags=["letters"])


@router.post(
    "/v1/letters/preview",
    operation_id="preview_letter",
    summary="See what a letter would say, and what refuses it",
    response_model=wire.PreviewAnswer,
)
def preview_letter(office: At, sent: Sent[LetterRequest]) -> Response:
    """Every ground on which it may not be issued, at once; nothing is written."""
    desk = office.desk()

    def act(session: Session) -> BaseModel:
        policy_seen(session, office.actor, sent.policy_id)
        made = signer_of(office.house).demonstration
        found = preview(session, sent.policy_id, sent.letter, desk=desk, demonstration=made)
        return wire.preview_answer(*found)

    return office.read(act)


@router.post(
    "/v1/letters",
    operation_id="draft_letter",
    summary="Draft a letter under a bound policy",
    status_code=201,
    response_model=wire.LetterAnswer,
)
def draft_letter(office: At, key: Key, sent: Sent[LetterRequest]) -> Response:
    """Terms come from the policy, names in Latin letters from the request.

    A letter that customs refused is drafted again in the same way: as its next edition.
    """
    made = signer_of(office.house).demonstration

    def act(session: Session, desk: Desk) -> BaseModel:
        row = draft(session, sent.policy_id, sent.letter, desk=desk, demonstration=made)
        return wire.letter_answer(row)

    return office.once(key, sent, act)


@router.get(
    "/v1/letters",
    operation_id="list_letters",
    summary="List letters",
    response_model=Listing[wire.LetterAnswer],
)
def list_letters(office: At, limit: Limit = 50, after: After = None) -> Response:
    """Newest first; a client sees its own."""

    def act(session: Session) -> BaseModel:
        only = office.actor.only_client
        rows = store.letters(session, client_id=only, after=after, limit=limit + 1)
        return listing(rows, limit, wire.letter_answer)

    return office.read(act)


@router.get(
    "/v1/letters/{letter_id}",
    operation_id="read_letter",
    summary="Read a letter with all its editions",
    response_model=wire.LetterFileAnswer,
)
def read_letter(office: At, letter_id: PathId) -> Response:
    """Its account, what may be done with it now, and the terms of each edition."""

    def act(session: Session) -> BaseModel:
        row = letter_seen(session, office.actor, letter_id)
        editions = tuple(map(wire.edition_answer, store.versions(session, row.id)))
        return wire.LetterFileAnswer(letter=wire.letter_answer(row), editions=editions)

    return office.read(act)


@router.post(
    "/v1/letters/{letter_id}/approval",
    operation_id="approve_letter",
    summary="Approve the newest edition",
    response_model=wire.LetterAnswer,
)
def approve_letter(office: At, key: Key, letter_id: PathId, sent: Sent[ReasonRequest]) -> Response:
    """Another person than its drafter, with the authority for its amount."""
    return once_on_letter(office, key, "approve", letter_id, sent)


@router.post(
    "/v1/letters/{letter_id}/return",
    operation_id="send_back_letter",
    summary="Send the approved newest edition back to its draft",
    response_model=wire.LetterAnswer,
)
def send_back_letter(
    office: At, key: Key, letter_id: PathId, sent: Sent[ReasonRequest]
) -> Response:
    """Before it is signed; it is approved anew, or withdrawn."""
    return once_on_letter(office, key, "send_back", letter_id, sent)


@router.post(
    "/v1/letters/{letter_id}/signature",
    operation_id="sign_letter",
    summary="Sign the newest edition",
    response_model=wire.LetterAnswer,
)
def sign_letter(office: At, key: Key, letter_id: PathId) -> Response:
    """Its papers are printed, signed, filed, and entered into the register."""
    return once_on_letter(office, key, "sign", letter_id, None)


@router.post(
    "/v1/letters/{letter_id}/sending",
    operation_id="send_letter",
    summary="Send the newest edition to customs",
    response_model=wire.LetterAnswer,
)
def send_letter(office: At, key: Key, letter_id: PathId) -> Response:
    """The message in the outbox names the day by which customs decides."""
    return once_on_letter(office, key, "send", letter_id, None)


@router.post(
    "/v1/letters/{letter_id}/acceptance",
    operation_id="accept_letter",
    summary="Record that customs accepted the newest edition",
    response_model=wire.LetterAnswer,
)
def accept_letter(
    office: At, key: Key, letter_id: PathId, sent: Sent[AcceptanceRequest]
) -> Response:
    """From then on it is in force, and replaces the edition before it."""
    return once_on_letter(office, key, "accept", letter_id, sent)


@router.post(
    "/v1/letters/{letter_id}/refusal",
    operation_id="refuse_letter",
    summary="Record that customs refused the newest edition",
    response_model=wire.LetterAnswer,
)
def refuse_letter(office: At, key: Key, letter_id: PathId, sent: Sent[RefusalRequest]) -> Response:
    """A letter is corrected by another draft; one in force goes on without the amendment."""
    return once_on_letter(office, key, "refuse", letter_id, sent)


@router.post(
    "/v1/letters/{letter_id}/amendments",
    operation_id="amend_letter",
    summary="Draft an amendment or extension",
    status_code=201,
    response_model=wire.EditionAnswer,
)
def amend_letter(office: At, key: Key, letter_id: PathId, sent: Sent[ChangeStated]) -> Response:
    """A new edition that is approved, signed, sent and accepted as the letter was.

    With later days alone it is an extension, which also answers a demand that asked for it.
    """
    return once_on_letter(office, key, "amend", letter_id, sent)


@router.post(
    "/v1/letters/{letter_id}/withdrawal",
    operation_id="withdraw_letter",
    summary="Withdraw a letter or an amendment that is not in force",
    response_model=wire.LetterAnswer,
)
def withdraw_letter(office: At, key: Key, letter_id: PathId, sent: Sent[ReasonRequest]) -> Response:
    """What customs has accepted is not withdrawn; see release and revocation."""
    return once_on_letter(office, key, "withdraw", letter_id, sent)
