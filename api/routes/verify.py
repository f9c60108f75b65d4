"""The open door: anyone checks a letter by its number and content code, or by its file."""

from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from api.answers import content_of, respond
from api.house import House
from api.public import PublicRoute, browses, file_sent, page
from api.schemas.verify import CheckedAnswer, VerdictAnswer, checked_answer, verdict_answer
from api.sealing import verdict_on
from api.verify_page import form_page, letter_page, unknown_page, verdict_page
from api.verify_shown import CHECKED, FILE_SENT, PAGE, VERDICT
from kernel.db.engine import read
from kernel.errors import Fault, NotFound
from underwriting.guarantees.public import checked

router = APIRouter(route_class=PublicRoute, tags=["verify"])

Code = Annotated[str | None, Query(description="Content code on the paper, 16 digits or more")]
Number = Annotated[str, Path(description="Number on the paper", examples=["CGL2600000001E"])]
_LONGEST = 16


@router.get(
    "/verify",
    operation_id="show_check",
    summary="The page that asks for a file",
    response_class=HTMLResponse,
    responses=PAGE,
)
def show_check(request: Request) -> Response:
    """A form for one file."""
    return page(form_page(sandbox=_sandbox(request)))


@router.get(
    "/verify/{number}",
    operation_id="check_letter",
    summary="Check a letter by its number and content code",
    response_model=CheckedAnswer,
    responses=CHECKED,
)
def check_letter(request: Request, number: Number, c: Code = None) -> Response:
    """A page for browsers, JSON for programs; nothing of the debtor is in either."""
    house: House = request.app.state.house
    shown = number[:_LONGEST]
    desk = house.visitor()
    found = None
    if shown == number:
        found = read(house.engine, lambda session: checked(session, shown, c, desk=desk))
    if found is None:
        if browses(request):
            return page(unknown_page(shown, sandbox=_sandbox(request)), status=404)
        cure = "copy it from the paper, and do not rely on a paper that is not found"
        raise NotFound("no-such-letter", Fault("number", "is not in the register", cure))
    if browses(request):
        return page(letter_page(found, sandbox=_sandbox(request)))
    return respond(content_of(checked_answer(found, sandbox=_sandbox(request))))


@router.post(
    "/verify",
    operation_id="check_file",
    summary="Check a file: is it ours, unchanged and in force?",
    response_model=VerdictAnswer,
    responses=VERDICT,
    openapi_extra=FILE_SENT,
)
async def check_file(request: Request) -> Response:
    """Every test by name, passed or failed; the file is not kept."""
    content = await file_sent(request)
    state = request.app.state
    verdict = await run_in_threadpool(state.door.bench.do, verdict_on, state.house, content)
    digest = sha256(content).hexdigest()
    if browses(request):
        return page(verdict_page(verdict, digest))
    return respond(content_of(verdict_answer(verdict, digest)))


def _sandbox(request: Request) -> bool:
    house: House = request.app.state.house
    return house.settings.sandbox
