"""What waits for somebody in a fought matter."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session

from claims import store as claims
from claims.counsel import store
from claims.counsel.tables import ConsentAskedRow, CounselRow, ReservationRow, StageBudgetRow
from claims.rules.conduct.terms import answer_days, reservation_days
from claims.rules.duty import Duty
from claims.rules.lifecycle import ENDED
from claims.rules.timeline.words import called

_INSURER = "insurer"
_OURS = "insured"
"""How a matter is fought is between the house and the insured; no seat sees it."""
_OUTLIVES = "end_reservation"
"""A reservation is lifted, or turned into the decision, after the claim was decided too."""


def duties(session: Session, claim_id: str, on: date) -> tuple[Duty, ...]:
    """Return the duties of a matter, open and done; of a decided one only what can be done."""
    del on  # each is open until it is done
    found = _every(session, claim_id)
    if claims.claim(session, claim_id).state not in ENDED:
        return found
    return tuple(one for one in found if one.done_on or one.code.startswith(_OUTLIVES))


def _every(session: Session, claim_id: str) -> tuple[Duty, ...]:
    return (
        *map(_counsel, store.counsel(session, claim_id)),
        *map(_budget, store.budgets(session, claim_id)),
        *(duty for row in store.reservations(session, claim_id) for duty in _reserved(row)),
        *(duty for row in store.consents(session, claim_id) for duty in _settled(row)),
    )


def _counsel(row: CounselRow) -> Duty:
    return Duty(
        f"answer_counsel_{row.sequence}", _INSURER, f"答复律师聘请：{row.name}",
        f"answer for counsel {row.name}", answer_days("counsel").clause, row.answer_by,
        row.answered_on, seen=_OURS,
    )  # fmt: skip


def _budget(row: StageBudgetRow) -> Duty:
    zh, en = called("stage", row.stage)
    return Duty(
        f"answer_budget_{row.sequence}", _INSURER, f"答复阶段预算：{zh}",
        f"answer for the budget of this stage: {en}", answer_days("budget").clause, row.answer_by,
        row.answered_on, seen=_OURS,
    )  # fmt: skip


def _reserved(row: ReservationRow) -> Iterator[Duty]:
    yield Duty(
        f"reserve_rights_{row.sequence}", _INSURER, f"发出权利保留通知 {row.number}",
        f"reserve rights, {row.number}", reservation_days().clause, row.due_on, row.sent_on,
    )  # fmt: skip
    if row.proof is None and row.state == "reserved":
        yield Duty(
            f"prove_reservation_{row.sequence}", _INSURER, f"补正送达凭证 {row.number}",
            f"show that {row.number} was sent", reservation_days().clause, row.due_on,
        )  # fmt: skip
    yield Duty(
        f"{_OUTLIVES}_{row.sequence}", _INSURER, f"撤回权利保留或作出决定 {row.number}",
        f"lift {row.number} or decide", reservation_days().clause, None, row.ended_on,
    )  # fmt: skip


def _settled(row: ConsentAskedRow) -> Iterator[Duty]:
    clause = answer_days("settlement").clause
    yield Duty(
        f"answer_settlement_{row.sequence}", _INSURER, f"答复和解请求 {row.number}",
        f"answer for settlement {row.number}", clause, row.answer_by, row.answered_on,
        seen=_OURS,
    )  # fmt: skip
    if row.state == "consented":
        yield Duty(
            f"conclude_settlement_{row.sequence}", "firm", f"签订和解协议 {row.number}",
            f"conclude settlement {row.number}", clause, None, row.concluded_on,
            seen=_OURS,
        )  # fmt: skip
