"""The open door: anyone checks a letter by its number and content code, or by its file."""

from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api.answers import content_of, respond
from api.house import House
from api.public import PublicRoute, file_sent
from api.schemas.verify import CheckedAnswer, VerdictAnswer, checked_answer, verdict_answer
from api.sealing import verdict_on
from api.verify_page import POLICY, form_page, letter_page, unknown_page, verdict_page
from kernel.db.engine import read
from kernel.errors import Fault, NotFound
from underwriting.guarantees.public import checked
from underwriting.rules.levels import LEVELS

router = APIRouter(route_class=PublicRoute, tags=["verify"], include_in_schema=False)

Code = Annotated[str | None, Query(description="Content code on the paper, 16 digits or more")]
_HTML = "text/html; charset=utf-8"
_LONGEST = 16


@router.get("/verify", operation_id="show_check", summary="The page that asks for a file")
def show_check() -> Response:
    """A form for one file."""
    return _page(form_page())


@router.get(
    "/verify/{number}",
    operation_id="check_letter",
    summary="Check a letter by its number and content code",
    response_model=CheckedAnswer,
)
def check_letter(request: Request, number: str, c: Code = None) -> Response:
    """A page for browsers, JSON for programs; nothing of the debtor is in either."""
    house: House = request.app.state.house
    shown = number[:_LONGEST]
    desk = house.desk("anyone", LEVELS[0])
    found = None
    if shown == number:
        found = read(house.engine, lambda session: checked(session, shown, c, desk=desk))
    if found is None:
        if _browses(request):
            return _page(unknown_page(shown), status=404)
        cure = "copy it from the paper, and do not rely on a paper that is not found"
        raise NotFound("no-such-letter", Fault("number", "is not in the register", cure))
    if _browses(request):
        return _page(letter_page(found))
    return respond(content_of(checked_answer(found)))


@router.post(
    "/verify",
    operation_id="check_file",
    summary="Check a file: is it ours, unchanged and in force?",
    response_model=VerdictAnswer,
)
async def check_file(request: Request) -> Response:
    """Every test by name, passed or failed; the file is not kept."""
    content = await file_sent(request)
    state = request.app.state
    verdict = await run_in_threadpool(state.door.bench.do, verdict_on, state.house, content)
    digest = sha256(content).hexdigest()
    if _browses(request):
        return _page(verdict_page(verdict, digest))
    return respond(content_of(verdict_answer(verdict, digest)))


def _browses(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _page(content: bytes, status: int = 200) -> Response:
    headers = {"Content-Security-Policy": POLICY}
    return respond(content, status=status, media_type=_HTML, headers=headers)
