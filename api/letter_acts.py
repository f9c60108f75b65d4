"""The acts on a letter by their names: form, papers to sign, answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from pydantic import BaseModel
from sqlmodel import Session

from api.schemas import letter_answers as wire
from api.schemas.common import ReasonRequest
from api.schemas.letters import (
    AcceptanceRequest,
    DemandRefusalRequest,
    PaymentRequest,
    RefusalRequest,
)
from api.sealing import Papers
from kernel.desk import Desk
from kernel.working_days import Calendar
from underwriting.amend_letter import amend_letter
from underwriting.answer_letter import accept_letter, refuse_letter
from underwriting.approve_letter import approve_letter
from underwriting.end_letter import (
    expire_letter,
    release_letter,
    release_sheets,
    revocation_sheets,
    revoke_letter,
    withdraw_letter,
)
from underwriting.guarantees import store
from underwriting.guarantees.open_demands import days_of
from underwriting.guarantees.paper import Sheet
from underwriting.guarantees.stated import (
    ChangeStated,
    DemandStated,
    EndStated,
    PledgePaperStated,
    UseStated,
)
from underwriting.guarantees.store import LetterDemandRow
from underwriting.issue_pledge_paper import issue_pledge_paper, pledge_sheets
from underwriting.pay_demand import pay_demand, payment_sheets
from underwriting.receive_demand import receive_demand
from underwriting.refuse_demand import refusal_sheets, refuse_demand
from underwriting.reserve_tax import release_tax, reserve_tax
from underwriting.send_back_letter import send_back_letter
from underwriting.send_letter import send_letter
from underwriting.sign_letter import sheets_to_sign, sign_letter


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a letter.

    Attributes:
        letter_id: which.
        sent: the checked form; None where the act takes none.
        number: of a demand; empty where the act is about none.
        url: where the world reaches the installation.
    """

    letter_id: str
    sent: Any
    number: str
    url: str


@dataclass(frozen=True, slots=True)
class Act:
    """One act: the form that its file holds, and what does and answers it."""

    form: type[BaseModel] | None
    act: Callable[..., BaseModel]


def _use(act: Callable[..., Any]) -> Callable[..., BaseModel]:
    return lambda s, a, d: wire.use_answer(act(s, a.letter_id, a.sent, desk=d), _unit(a.sent))


def _unit(sent: UseStated) -> str:
    return sent.amount.currency


def _bare(act: Callable[..., Any]) -> Callable[..., BaseModel]:
    return lambda s, a, d: wire.letter_answer(act(s, a.letter_id, desk=d))


def _said(act: Callable[..., Any], *names: str) -> Callable[..., BaseModel]:
    """An act that takes the fields of its form one by one."""
    return lambda s, a, d: wire.letter_answer(
        act(s, a.letter_id, *(getattr(a.sent, name) for name in names), desk=d)
    )


def _ended(act: Callable[..., Any]) -> Callable[..., BaseModel]:
    return lambda s, a, d, papers: wire.letter_answer(
        act(s, a.letter_id, a.sent, papers, desk=d, public_url=a.url)
    )


def _signed(session: Session, asked: Asked, desk: Desk, papers: Papers) -> BaseModel:
    done = sign_letter(session, asked.letter_id, papers, desk=desk, public_url=asked.url)
    return wire.letter_answer(done)


def _answered(act: Callable[..., Any], field: str) -> Callable[..., BaseModel]:
    return lambda s, a, d, papers: demanded(
        s,
        act(s, a.letter_id, a.number, getattr(a.sent, field), papers, desk=d, public_url=a.url),
        d.calendar,
    )


def _payment(asked: Asked, desk: Desk, act: Callable[..., Any]) -> Callable[..., Any]:
    return partial(act, desk=desk, public_url=asked.url, waiver=asked.sent.waiver)


def _paid(session: Session, asked: Asked, desk: Desk, papers: Papers) -> BaseModel:
    pay = _payment(asked, desk, pay_demand)
    done = pay(session, asked.letter_id, asked.number, asked.sent.account, papers)
    return demanded(session, done, desk.calendar)


def demanded(session: Session, row: LetterDemandRow, calendar: Calendar) -> wire.DemandAnswer:
    """Return a demand with its days as they are counted today."""
    terms = store.terms_in_force(session, store.letter(session, row.letter_id))
    return wire.demand_answer(row, days_of(row, terms.demands, calendar))


def _sheets(make: Callable[..., tuple[Sheet, ...]]) -> Callable[..., tuple[Sheet, ...]]:
    return lambda s, a, d: make(s, a.letter_id, a.sent, desk=d, public_url=a.url)


def _notice(make: Callable[..., tuple[Sheet, ...]], field: str) -> Callable[..., tuple[Sheet, ...]]:
    return lambda s, a, d: make(
        s, a.letter_id, a.number, getattr(a.sent, field), desk=d, public_url=a.url
    )


ACTS: Final[Mapping[str, Act]] = {
    "approve": Act(ReasonRequest, _said(approve_letter, "reason")),
    "sign": Act(None, _signed),
    "send": Act(None, _bare(send_letter)),
    "accept": Act(AcceptanceRequest, _said(accept_letter, "record_no", "on")),
    "refuse": Act(RefusalRequest, _said(refuse_letter, "reasons", "on")),
    "reserve": Act(UseStated, _use(reserve_tax)),
    "tax_paid": Act(UseStated, _use(release_tax)),
    "demand": Act(
        DemandStated,
        lambda s, a, d: demanded(s, receive_demand(s, a.letter_id, a.sent, desk=d), d.calendar),
    ),
    "pay": Act(PaymentRequest, _paid),
    "refuse_demand": Act(DemandRefusalRequest, _answered(refuse_demand, "grounds")),
    "amend": Act(
        ChangeStated,
        lambda s, a, d: wire.edition_answer(amend_letter(s, a.letter_id, a.sent, desk=d)),
    ),
    "release": Act(EndStated, _ended(release_letter)),
    "revoke": Act(EndStated, _ended(revoke_letter)),
    "pledge_paper": Act(
        PledgePaperStated,
        lambda s, a, d, papers: wire.letter_answer(
            issue_pledge_paper(s, a.letter_id, a.sent, papers, desk=d)
        ),
    ),
    "send_back": Act(ReasonRequest, _said(send_back_letter, "reason")),
    "withdraw": Act(ReasonRequest, _said(withdraw_letter, "reason")),
    "expire": Act(None, _bare(expire_letter)),
}

PAPERED: Final[Mapping[str, Callable[..., tuple[Sheet, ...]]]] = {
    "sign": lambda s, a, d: sheets_to_sign(s, a.letter_id, desk=d, public_url=a.url),
    "pay": lambda s, a, d: _payment(a, d, payment_sheets)(s, a.letter_id, a.number, a.sent.account),
    "refuse_demand": _notice(refusal_sheets, "grounds"),
    "release": _sheets(release_sheets),
    "revoke": _sheets(revocation_sheets),
    "pledge_paper": lambda s, a, d: pledge_sheets(s, a.letter_id, a.sent, desk=d),
}
"""Acts whose papers are printed and signed before."""
