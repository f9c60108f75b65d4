"""Recourse, disposals and recoveries, read from the books as they are answered."""

from sqlmodel import Session

from api.schemas.common import Finding, money
from api.schemas.disposal_answers import (
    AwardAnswer,
    BidAnswer,
    DisposalAnswer,
    ExpenseAnswer,
    ListingAnswer,
    LotAnswer,
    NoticeAnswer,
    ProceedsAnswer,
    SubrogationAnswer,
    ValuationAnswer,
)
from claims.disposal import lots
from claims.disposal.course import why_void
from claims.disposal.ended import results
from claims.disposal.lots import DisposalListingRow, DisposalLotRow, DisposalRow
from claims.disposal.recourse import notices, subrogation_of
from claims.rules.disposal.moves import STEPS, Lot
from claims.rules.disposal.result import WORDS, Result
from underwriting.store import missing


def subrogation_answer(session: Session, claim_id: str) -> SubrogationAnswer:
    """Return what passed to the insurer on a claim.

    Raises:
        NotFound: nothing did.
    """
    row = subrogation_of(session, claim_id)
    if row is None:
        raise missing("subrogation", "claim_id")
    told = tuple(
        NoticeAnswer(
            role=one.role,
            name=one.name,
            share=one.share or None,
            amount=money(one.amount_minor, row.currency),
            document_id=one.document_id,
        )
        for one in notices(session, row.id)
    )
    return SubrogationAnswer(
        claim_id=claim_id,
        taken_on=row.taken_on,
        paid=money(row.paid_minor, row.currency),
        received=money(row.received_minor, row.currency),
        taken=money(row.taken_minor, row.currency),
        findings=tuple(Finding(**one) for one in row.findings),
        notices=told,
        registry_due=row.registry_due,
        registered_on=row.registered_on,
        registered_as=row.registered_as or None,
    )


def disposal_answer(session: Session, row: DisposalRow, *, house: bool) -> DisposalAnswer:
    """Return a disposal with all its lots; bidders and buyers are named to the `house` only."""
    unit = row.currency
    ended = results(session, row)
    every = tuple(
        _lot(session, one, unit, ended.get(one.number), house=house)
        for one in lots.lots(session, row.id)
    )
    spent = lots.expenses(session, row.id)
    valued = [one.valuations[-1].amount.money().minor for one in every if one.valuations]
    fetched = [each.gross.money().minor for one in every for each in one.proceeds]
    plain = ("id", "number", "claim_id", "state", "opened_on", "closed_on", "order_agreed")
    return DisposalAnswer(
        **{name: getattr(row, name) for name in plain},
        lots=every,
        expenses=tuple(
            ExpenseAnswer(
                kind=one.kind,
                reference=one.reference,
                value_date=one.value_date,
                lot_id=one.lot_id,
                asked=money(one.asked_minor, unit),
                allowed=money(one.allowed_minor, unit),
                why_not_more=one.why or None,
                recovery_id=one.recovery_id,
            )
            for one in spent
        ),
        appraised=money(sum(valued), unit),
        fetched=money(sum(fetched), unit),
        spent=money(sum(now for _, now in lots.costs_now(session, row.id)), unit),
    )


def _lot(
    session: Session, row: DisposalLotRow, unit: str, ended: Result | None, *, house: bool
) -> LotAnswer:
    words_zh, words, next_zh, next_en = STEPS[Lot(row.state)]
    became_zh, became = WORDS[ended] if ended else (None, None)
    plain = ("id", "position", "number", "kind", "owner", "own", "state")
    return LotAnswer(
        **{name: getattr(row, name) for name in plain},
        words=words,
        words_zh=words_zh,
        next_step=next_en,
        next_step_zh=next_zh,
        result=ended.value if ended else None,
        result_words=became,
        result_words_zh=became_zh,
        valuations=tuple(
            ValuationAnswer(
                appraiser=one.appraiser,
                method=one.method,
                valued_on=one.valued_on,
                amount=money(one.amount_minor, unit),
            )
            for one in lots.valuations(session, row.id)
        ),
        listings=tuple(
            _listing(session, one, unit, house=house) for one in lots.listings(session, row.id)
        ),
        awards=_awards(session, row, unit, house=house),
        proceeds=_proceeds(session, row, unit),
    )


def _listing(session: Session, row: DisposalListingRow, unit: str, *, house: bool) -> ListingAnswer:
    bids = tuple(
        BidAnswer(
            bidder=one.bidder if house else None,
            amount=money(one.amount_minor, unit),
            at=one.bid_at,
            void_because=why_void(one, row) or None,
        )
        for one in lots.bids(session, row.id)
    )
    plain = ("turn", "venue", "listed_on", "opens_at", "closes_at")
    return ListingAnswer(
        **{name: getattr(row, name) for name in plain},
        reserve=money(row.reserve_minor, unit),
        deposit=money(row.deposit_minor, unit),
        bids=bids,
    )


def _awards(
    session: Session, row: DisposalLotRow, unit: str, *, house: bool
) -> tuple[AwardAnswer, ...]:
    return tuple(
        AwardAnswer(
            way=one.way,
            buyer=one.buyer if house else None,
            price=money(one.price_minor, unit),
            awarded_on=one.awarded_on,
            pay_by=one.pay_by,
            state=one.state,
        )
        for one in lots.awards(session, row.id)
    )


def _proceeds(session: Session, row: DisposalLotRow, unit: str) -> tuple[ProceedsAnswer, ...]:
    return tuple(
        ProceedsAnswer(
            kind=one.kind,
            recovery_id=recovery.id,
            reference=recovery.reference,
            value_date=recovery.value_date,
            gross=money(recovery.gross_minor, unit),
            period_from=one.period_from,
            period_to=one.period_to,
        )
        for one, recovery, _ in lots.proceeds(session, row.id)
    )
