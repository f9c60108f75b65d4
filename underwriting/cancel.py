"""ACT: a policy ends before its time; what was not earned goes back, as its terms have it."""

import json
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlmodel import Session

from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from kernel.finding import Effect, Finding
from kernel.money import Money, round_half_up
from underwriting import store
from underwriting.guarantees.resting import check_no_letter
from underwriting.history.done import NOTHING_OUTSIDE, Done, Outside, commit, foresee
from underwriting.history.on_the_day import check_time, return_terms_of, terms_on
from underwriting.history.record import Draft
from underwriting.history.store import History, history, kept_json
from underwriting.rules.contract import Contract
from underwriting.rules.history import Kept, Kind, in_force
from underwriting.rules.history_segments import Segment, segments
from underwriting.rules.history_step import Statement
from underwriting.rules.returns import Ground, ground_named, kept

_RESCINDS = ("refund", "nothing")


@dataclass(frozen=True, slots=True)
class Cancellation:
    """A cancellation as it is asked for.

    Attributes:
        effective_on: first day without cover.
        ground: code of it, as in `rules/returns.toml`: by whom and why.
        reason: in words.
        consent: of the insured, where it is not the policyholder.
    """

    effective_on: date
    ground: str
    reason: str
    consent: Statement | None = None


def cancel(
    session: Session,
    policy_id: str,
    asked: Cancellation,
    *,
    desk: Desk,
    keep: bool = True,
    outside: Outside = NOTHING_OUTSIDE,
) -> Done:
    """Cancel a policy; with `keep` false, only say what would come of it.

    Before cover begins it is as good as cancelled on its first day.

    Raises:
        NotFound: there is no such policy.
        Invalid: the ground is none, or the day is not one for it.
        Conflict: nothing is in force on the day; it is cancelled already; a claim or a letter
            is open; the insured has not consented.
    """
    found = history(session, policy_id, lock=keep)
    outside.check()
    _check_cancelled(found)
    check_no_letter(session, policy_id)
    day = max(asked.effective_on, found.policy.starts_on)
    now = terms_on(found, day)
    check_time(found, day, desk)
    terms = return_terms_of(found, day)
    ground = ground_named(terms, asked.ground)
    _check_consent(now.contract, ground, asked.consent)
    _check_rescission(now.contract, ground, day)
    keeps = kept(
        terms,
        ground.method,
        now.contract.period,
        day,
        least=_least(session, found, now),
        currency=found.policy.currency,
        exhausted=Fraction(found.policy.paid_minor, now.contract.sum_insured.minor),
    )
    draft = _draft(asked, ground, day, keeps)
    step = foresee(found, draft, desk=desk)
    findings = (_said(ground), *_dropped(found, day))
    if not keep:
        return Done(committed=False, policy=found.policy, step=step, findings=findings)
    return commit(session, found, draft, step, findings, desk=desk)


def _check_cancelled(found: History) -> None:
    for one in in_force(found.past):
        if one.kind is Kind.CANCELLATION:
            words = f"is cancelled from {one.effective_on}"
            cure = "reverse that cancellation first, if another is meant"
            raise Conflict("cancelled-already", Fault("policy", words, cure))


def _check_consent(contract: Contract, ground: Ground, consent: Statement | None) -> None:
    if ground.consent and contract.insured != "policyholder" and consent is None:
        cure = "record who consents for the insured, when, and where it is found"
        fault = Fault("consent", "the insured is not the policyholder and must consent", cure)
        raise Conflict("consent-missing", fault)


def _check_rescission(contract: Contract, ground: Ground, day: date) -> None:
    """Refuse to rescind from a later day than the first: what is rescinded never covered."""
    if ground.method in _RESCINDS and day != contract.period.start:
        words = f"{ground.code} takes all cover away from its first day"
        raise invalid("effective_on", words, f"name {contract.period.start}")


def _least(session: Session, found: History, now: Segment) -> int:
    """Return the tariff's least premium with tax, as it was when the period was priced."""
    quote_id = found.row(now.transaction_id).quote_id
    assert quote_id is not None, "terms are priced by a quote"
    tariff = json.loads(store.quote(session, quote_id).receipt)["inputs"]["terms"]
    currency, price = found.policy.currency, now.price
    net = Money.of(tariff["minimum"][currency], currency).minor
    if price.total == price.tax:
        return 0
    return round_half_up(Fraction(net * price.total, price.total - price.tax))


def _draft(asked: Cancellation, ground: Ground, day: date, keeps: Kept) -> Draft:
    return Draft(
        kind=Kind.CANCELLATION,
        effective_on=day,
        reason=asked.reason,
        kept=keeps,
        agreed={
            "ground": {"code": ground.code, "by": ground.by, "method": ground.method},
            "kept": kept_json(keeps),
            "consent": asked.consent.json() if asked.consent else None,
        },
    )


def _said(ground: Ground) -> Finding:
    return Finding(ground.code, Effect.INFORM, ground.en, ground.zh, ground.clause, "none needed")


def _dropped(found: History, day: date) -> tuple[Finding, ...]:
    """Return a finding for each version that would have begun later and no longer does."""
    return tuple(
        Finding(
            "dropped", Effect.INFORM,
            f"the terms agreed from {one.start} no longer begin",
            f"原定 {one.start} 起生效的条款不再生效",
            "what is cancelled ends with all that was to follow", "none needed",
        )
        for one in segments(in_force(found.past))
        if one.start > day
    )  # fmt: skip
