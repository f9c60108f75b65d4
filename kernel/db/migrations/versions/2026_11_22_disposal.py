"""Disposal of a pledge, and recoveries that replay."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from kernel.db.append_only import protect, unprotect
from kernel.db.row import new_id

revision: str = "4a10c0de0014"
down_revision: str | None = "4a10c0de0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

GROWING = (
    "recovery_payment",
    "recovery_origin",
    "recovery_sharing",
    "disposal_expense",
    "disposal_listing",
    "disposal_valuation",
    "recourse_notice",
    "disposal_bid",
    "disposal_proceeds",
)
TABLES = (
    "disposal",
    "recovery_payment",
    "disposal_lot",
    "recovery_origin",
    "recovery_sharing",
    "subrogation",
    "disposal_expense",
    "disposal_listing",
    "disposal_valuation",
    "recourse_notice",
    "disposal_bid",
    "disposal_award",
    "disposal_proceeds",
)
"""In the order in which they are made: each refers to those before it only."""


def upgrade() -> None:
    """Apply the step; a recovery in the books has its first edition from what it says."""
    _create_disposal()
    _create_recovery_payment()
    _create_disposal_lot()
    _create_recovery_origin()
    _create_recovery_sharing()
    _create_subrogation()
    _create_disposal_expense()
    _create_disposal_listing()
    _create_disposal_valuation()
    _create_recourse_notice()
    _create_disposal_bid()
    _create_disposal_award()
    _create_disposal_proceeds()
    _first_editions()
    for table in GROWING:
        for statement in protect(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    """Take the step back; the editions of recoveries and every disposal are lost."""
    for table in GROWING:
        for statement in unprotect(table, op.get_bind().dialect.name):
            op.execute(statement)
    for table in reversed(TABLES):
        op.drop_table(table)


def _first_editions() -> None:
    """Write what recoveries in the books say as their first edition, costs carried on."""
    found = op.get_bind().execute(_RECOVERIES).mappings().all()
    carried: dict[str, int] = {}
    for row in found:
        before = carried.get(row["claim_id"], 0)
        unmet = max(0, before + row["costs_minor"] - row["gross_minor"])
        carried[row["claim_id"]] = unmet
        kept = {key: row[key] for key in row if key != "claim_id"}
        op.get_bind().execute(
            _EDITION, {**kept, "id": new_id("rs"), "carried_minor": before, "unmet_minor": unmet}
        )


_RECOVERIES = sa.text(
    "SELECT recovery.id AS recovery_id, recovery.claim_id, recovery.created_at,"
    " recovery.value_date, recovery.gross_minor, recovery.costs_minor, recovery.net_minor,"
    " recovery.surplus_minor, recovery.parts, settlement.id AS settlement_id,"
    " journal.booked_on FROM recovery"
    " JOIN settlement ON settlement.claim_id = recovery.claim_id"
    " AND settlement.created_at = (SELECT max(newest.created_at) FROM settlement AS newest"
    " WHERE newest.claim_id = recovery.claim_id)"
    " JOIN journal ON journal.key = 'recovery:' || recovery.id"
    " ORDER BY recovery.claim_id, recovery.sequence"
)
_EDITION = sa.text(
    "INSERT INTO recovery_sharing (id, created_at, recovery_id, edition, settlement_id,"
    " booked_on, why, value_date, gross_minor, costs_minor, carried_minor, unmet_minor,"
    " net_minor, surplus_minor, parts) VALUES (:id, :created_at, :recovery_id, 1,"
    " :settlement_id, :booked_on, 'recovered', :value_date, :gross_minor, :costs_minor,"
    " :carried_minor, :unmet_minor, :net_minor, :surplus_minor, :parts)"
)


def _create_disposal() -> None:
    _table(
        "disposal",
        _text("number"),
        _text("claim_id"),
        _text("currency"),
        _text("state"),
        _day("opened_on"),
        _yes("order_agreed"),
        _day("closed_on", nullable=True),
        _check("ck_disposal_state", "state IN ('open', 'closed')"),
        _refers("disposal", "claim_id", "claim.id"),
        _unique("disposal", "number"),
        changes=True,
    )


def _create_recovery_payment() -> None:
    _table(
        "recovery_payment",
        _text("claim_id"),
        _text("payee"),
        _text("currency"),
        _minor("amount_minor"),
        _text("reference"),
        _day("paid_on"),
        _day("booked_on"),
        _check("ck_recovery_payment_amount", "amount_minor <> 0"),
        _refers("recovery_payment", "claim_id", "claim.id"),
        _unique("recovery_payment", "claim_id", "reference"),
    )


def _create_disposal_lot() -> None:
    _table(
        "disposal_lot",
        _text("disposal_id"),
        _whole("position"),
        _text("number"),
        _text("kind"),
        _text("owner"),
        _yes("own"),
        _text("state"),
        _whole("turn"),
        _day("closed_on", nullable=True),
        _check("ck_disposal_lot_turn", "turn >= 0"),
        _refers("disposal_lot", "disposal_id", "disposal.id"),
        _unique("disposal_lot", "disposal_id", "number"),
        _unique("disposal_lot", "disposal_id", "position"),
        changes=True,
    )


def _create_recovery_origin() -> None:
    _table(
        "recovery_origin",
        _text("recovery_id"),
        _text("origin"),
        _check(
            "ck_recovery_origin_origin",
            "origin IN ('disposal', 'debtor', 'surety', 'court', 'set_off', 'third_party')",
        ),
        _refers("recovery_origin", "recovery_id", "recovery.id"),
        _unique("recovery_origin", "recovery_id"),
    )


def _create_recovery_sharing() -> None:
    _table(
        "recovery_sharing",
        _text("recovery_id"),
        _whole("edition"),
        _text("settlement_id"),
        _day("booked_on"),
        _text("why"),
        _day("value_date"),
        _minor("gross_minor"),
        _minor("costs_minor"),
        _minor("carried_minor"),
        _minor("unmet_minor"),
        _minor("net_minor"),
        _minor("surplus_minor"),
        _json("parts"),
        _check("ck_recovery_sharing_carried", "carried_minor >= 0 AND unmet_minor >= 0"),
        _check("ck_recovery_sharing_edition", "edition >= 1"),
        _check("ck_recovery_sharing_surplus", "surplus_minor BETWEEN 0 AND net_minor"),
        _refers("recovery_sharing", "recovery_id", "recovery.id"),
        _refers("recovery_sharing", "settlement_id", "settlement.id"),
        _unique("recovery_sharing", "recovery_id", "edition"),
    )


def _create_subrogation() -> None:
    _table(
        "subrogation",
        _text("claim_id"),
        _text("settlement_id"),
        _text("currency"),
        _minor("paid_minor"),
        _minor("received_minor"),
        _minor("taken_minor"),
        _day("taken_on"),
        _json("findings"),
        _day("registry_due", nullable=True),
        _day("registered_on", nullable=True),
        _text("registered_as"),
        _check("ck_subrogation_received", "received_minor >= 0"),
        _check("ck_subrogation_taken", "taken_minor BETWEEN 0 AND paid_minor"),
        _refers("subrogation", "claim_id", "claim.id"),
        _refers("subrogation", "settlement_id", "settlement.id"),
        _unique("subrogation", "claim_id"),
        changes=True,
    )


def _create_disposal_expense() -> None:
    _table(
        "disposal_expense",
        _text("disposal_id"),
        _maybe("lot_id"),
        _text("kind"),
        _text("reference"),
        _day("value_date"),
        _minor("asked_minor"),
        _minor("allowed_minor"),
        _text("why"),
        _maybe("recovery_id"),
        _check("ck_disposal_expense_allowed", "allowed_minor BETWEEN 0 AND asked_minor"),
        _refers("disposal_expense", "disposal_id", "disposal.id"),
        _refers("disposal_expense", "lot_id", "disposal_lot.id"),
        _refers("disposal_expense", "recovery_id", "recovery.id"),
        _unique("disposal_expense", "disposal_id", "reference"),
    )


def _create_disposal_listing() -> None:
    _table(
        "disposal_listing",
        _text("lot_id"),
        _whole("turn"),
        _text("venue"),
        _day("listed_on"),
        _minor("opens_at"),
        _minor("closes_at"),
        _minor("reserve_minor"),
        _minor("deposit_minor"),
        _check("ck_disposal_listing_deposit", "deposit_minor BETWEEN 0 AND reserve_minor"),
        _check("ck_disposal_listing_hours", "opens_at < closes_at"),
        _check("ck_disposal_listing_reserve", "reserve_minor > 0"),
        _refers("disposal_listing", "lot_id", "disposal_lot.id"),
        _unique("disposal_listing", "lot_id", "turn"),
    )


def _create_disposal_valuation() -> None:
    _table(
        "disposal_valuation",
        _text("lot_id"),
        _whole("sequence"),
        _text("appraiser"),
        _text("method"),
        _day("valued_on"),
        _minor("amount_minor"),
        _check("ck_disposal_valuation_amount", "amount_minor > 0"),
        _refers("disposal_valuation", "lot_id", "disposal_lot.id"),
        _unique("disposal_valuation", "lot_id", "sequence"),
    )


def _create_recourse_notice() -> None:
    _table(
        "recourse_notice",
        _text("subrogation_id"),
        _whole("position"),
        _text("role"),
        _text("name"),
        _text("share"),
        _minor("amount_minor"),
        _text("document_id"),
        _check("ck_recourse_notice_amount", "amount_minor >= 0"),
        _refers("recourse_notice", "document_id", "document.id"),
        _refers("recourse_notice", "subrogation_id", "subrogation.id"),
        _unique("recourse_notice", "document_id"),
        _unique("recourse_notice", "subrogation_id", "position"),
    )


def _create_disposal_bid() -> None:
    _table(
        "disposal_bid",
        _text("listing_id"),
        _whole("sequence"),
        _text("bidder"),
        _minor("amount_minor"),
        _minor("bid_at"),
        _yes("deposit_paid"),
        _check("ck_disposal_bid_amount", "amount_minor > 0"),
        _refers("disposal_bid", "listing_id", "disposal_listing.id"),
        _unique("disposal_bid", "listing_id", "sequence"),
    )


def _create_disposal_award() -> None:
    _table(
        "disposal_award",
        _text("lot_id"),
        _whole("sequence"),
        _text("way"),
        _maybe("bid_id"),
        _text("buyer"),
        _minor("price_minor"),
        _minor("deposit_minor"),
        _day("awarded_on"),
        _day("pay_by"),
        _text("state"),
        _check("ck_disposal_award_price", "price_minor > 0"),
        _check("ck_disposal_award_state", "state IN ('standing', 'paid', 'defaulted')"),
        _check("ck_disposal_award_way", "way IN ('auction', 'agreed_sale', 'licence')"),
        _refers("disposal_award", "bid_id", "disposal_bid.id"),
        _refers("disposal_award", "lot_id", "disposal_lot.id"),
        _unique("disposal_award", "bid_id"),
        _unique("disposal_award", "lot_id", "sequence"),
        changes=True,
    )


def _create_disposal_proceeds() -> None:
    _table(
        "disposal_proceeds",
        _text("award_id"),
        _text("recovery_id"),
        _text("kind"),
        _day("period_from", nullable=True),
        _day("period_to", nullable=True),
        _check("ck_disposal_proceeds_kind", "kind IN ('price', 'deposit', 'licence_fee')"),
        _check("ck_disposal_proceeds_period", "period_from <= period_to"),
        _refers("disposal_proceeds", "award_id", "disposal_award.id"),
        _refers("disposal_proceeds", "recovery_id", "recovery.id"),
        _unique("disposal_proceeds", "award_id", "period_from"),
        _unique("disposal_proceeds", "recovery_id"),
    )


def _table(name: str, *parts: sa.Column[Any] | sa.Constraint, changes: bool = False) -> None:
    """Make a table with the columns that every row has; `changes` counts its versions."""
    own: list[sa.Column[Any]] = [_text("id"), _minor("created_at")]
    own += [_whole("version")] if changes else []
    op.create_table(name, *own, *parts, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")))


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _maybe(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=True)


def _json(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _minor(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _yes(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _day(name: str, *, nullable: bool = False) -> sa.Column[date]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _check(name: str, words: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(words, name=op.f(name))


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))
