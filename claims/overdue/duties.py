"""What waits for somebody on an overdue loan: notice, letters of demand, waiting period, claim."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlmodel import Session

from claims.overdue import store
from claims.overdue.tables import DunningRow, OverdueRow
from claims.rules.duty import Duty
from claims.rules.overdue import OPEN, State, Step, dunning, stands
from kernel.period import add_days

_ZH = {Step.BANK: "银行书面催收并取得送达证明", Step.JOINT: "银行与保险人联合催收并取得送达证明"}
_EN = {
    Step.BANK: "demand payment in writing, with proof of service",
    Step.JOINT: "demand payment together with the insurer, with proof of service",
}


def duties(session: Session, claim_id: str, on: date) -> tuple[Duty, ...]:
    """Return the duties of the overdue case that a claim came of; none where it came of none."""
    row = store.overdue_of_claim(session, claim_id)
    return () if row is None else duties_of(row, store.letters(session, row.id), on)


def duties_of(row: OverdueRow, letters: Sequence[DunningRow], on: date) -> tuple[Duty, ...]:
    """Return what is awaited on a case, or was done; nothing new is asked once it has ended."""
    return (*_notice(row), *_letters(row, letters, on), *_waiting(row, on), *_claim(row, on))


def _notice(row: OverdueRow) -> Iterator[Duty]:
    yield Duty(
        "overdue_notice", "bank", "通知保险人逾期", "notify the insurer of the overdue",
        "保险条款 wording: notice; 保险法 Insurance Law art. 21", row.notice_by, row.notified_on,
    )  # fmt: skip


def _letters(row: OverdueRow, letters: Sequence[DunningRow], on: date) -> Iterator[Duty]:
    """Yield a duty for each step; one that an ended case never came to is not asked."""
    open_ = stands(row.state, row.claim_by, on) in OPEN
    for step in Step:
        rule = dunning()["steps"][step.value]
        served = [one.served_on for one in letters if one.step == step and one.served_on]
        if served or open_:
            yield Duty(
                f"dunning_{step.value}", "bank", _ZH[step], _EN[step], rule["source"],
                add_days(row.since, rule["due_days"]), served[0] if served else None,
            )  # fmt: skip
    for one in letters:
        paid = row.ended_on if row.state == State.CURED else None
        if open_ or paid:
            yield Duty(
                f"pay_demand_{one.sequence}", "firm", "清偿逾期款项", "pay what is overdue",
                f"催收函 letter {one.number}", one.pay_by, paid,
            )  # fmt: skip


def _waiting(row: OverdueRow, on: date) -> Iterator[Duty]:
    if row.state in (*OPEN, State.CLAIMED):
        ended = row.waiting_ends if on > row.waiting_ends else None
        yield Duty(
            "waiting_period", "insurer", "等待期届满", "let the waiting period end",
            "保险条款 wording: cover", row.waiting_ends, ended,
        )  # fmt: skip


def _claim(row: OverdueRow, on: date) -> Iterator[Duty]:
    if stands(row.state, row.claim_by, on) in (*OPEN, State.LAPSED) or row.claim_id:
        done = row.ended_on if row.state == State.CLAIMED else None
        yield Duty(
            "claim", "bank", "提出索赔", "claim, or report that it was paid",
            "保险法 Insurance Law art. 26", row.claim_by, done,
        )  # fmt: skip
