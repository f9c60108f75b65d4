"""The houses."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "72a4be7c3241"
down_revision: str | None = "df427b67ad53"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "party",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("register_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("register_id", name=op.f("uq_party_register_id")),
    )
    op.create_table(
        "pool",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("scheme_code", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("contributed_minor", sa.BigInteger(), nullable=False),
        sa.Column("drawn_minor", sa.BigInteger(), nullable=False),
        sa.Column("portfolio_minor", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("drawn_minor <= contributed_minor", name=op.f("ck_pool_balance")),
        sa.CheckConstraint("drawn_minor >= 0", name=op.f("ck_pool_drawn")),
        sa.CheckConstraint("portfolio_minor >= 0", name=op.f("ck_pool_portfolio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool")),
        sa.UniqueConstraint(
            "scheme_code", "party", "currency", name=op.f("uq_pool_scheme_code_party_currency")
        ),
    )
    op.create_table(
        "pool_year",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("scheme_code", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("paid_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("paid_minor >= 0", name=op.f("ck_pool_year_paid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool_year")),
        sa.UniqueConstraint(
            "scheme_code",
            "party",
            "currency",
            "year",
            name=op.f("uq_pool_year_scheme_code_party_currency_year"),
        ),
    )
    op.create_table(
        "access",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_access_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_access_token_sha256")),
    )
    op.create_table(
        "measure",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("scheme_code", sa.String(), nullable=False),
        sa.Column("bank_id", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("ratio", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["party.id"], name=op.f("fk_measure_bank_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint(
            "scheme_code",
            "bank_id",
            "measure",
            "as_of",
            name=op.f("uq_measure_scheme_code_bank_id_measure_as_of"),
        ),
    )
    op.create_table(
        "quote",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("bank_id", sa.String(), nullable=False),
        sa.Column("borrower_register_id", sa.String(), nullable=False),
        sa.Column("scheme_code", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("loan_minor", sa.BigInteger(), nullable=False),
        sa.Column("sum_insured_minor", sa.BigInteger(), nullable=False),
        sa.Column("premium_minor", sa.BigInteger(), nullable=False),
        sa.Column("quoted_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("receipt_sha256", sa.String(), nullable=False),
        sa.CheckConstraint("loan_minor > 0", name=op.f("ck_quote_loan")),
        sa.CheckConstraint("premium_minor >= 0", name=op.f("ck_quote_premium")),
        sa.ForeignKeyConstraint(["bank_id"], ["party.id"], name=op.f("fk_quote_bank_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
        sa.UniqueConstraint("number", name=op.f("uq_quote_number")),
    )
    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_quote_bank_id_created_at"), ["bank_id", "created_at"], unique=False
        )

    op.create_table(
        "policy",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("quote_id", sa.String(), nullable=False),
        sa.Column("bank_id", sa.String(), nullable=False),
        sa.Column("borrower_register_id", sa.String(), nullable=False),
        sa.Column("scheme_code", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("sum_insured_minor", sa.BigInteger(), nullable=False),
        sa.Column("premium_minor", sa.BigInteger(), nullable=False),
        sa.Column("paid_minor", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("scheme_text", sa.Text(), nullable=False),
        sa.Column("scheme_sha256", sa.String(), nullable=False),
        sa.CheckConstraint("paid_minor <= sum_insured_minor", name=op.f("ck_policy_limit")),
        sa.CheckConstraint("paid_minor >= 0", name=op.f("ck_policy_paid")),
        sa.ForeignKeyConstraint(["bank_id"], ["party.id"], name=op.f("fk_policy_bank_id")),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name=op.f("fk_policy_quote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy")),
        sa.UniqueConstraint("number", name=op.f("uq_policy_number")),
        sa.UniqueConstraint("quote_id", name=op.f("uq_policy_quote_id")),
    )
    with op.batch_alter_table("policy", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_policy_bank_id_created_at"), ["bank_id", "created_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_policy_borrower_register_id"), ["borrower_register_id"], unique=False
        )

    op.create_table(
        "claim",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("policy_id", sa.String(), nullable=False),
        sa.Column("bank_id", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("default_date", sa.Date(), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("approved", sa.Text(), nullable=True),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("reserve_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("reserve_minor >= 0", name=op.f("ck_claim_reserve")),
        sa.ForeignKeyConstraint(["bank_id"], ["party.id"], name=op.f("fk_claim_bank_id")),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_claim_policy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("number", name=op.f("uq_claim_number")),
        sa.UniqueConstraint(
            "policy_id", "default_date", name=op.f("uq_claim_policy_id_default_date")
        ),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_claim_bank_id_created_at"), ["bank_id", "created_at"], unique=False
        )

    op.create_table(
        "recovery",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("value_date", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("costs_minor", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("surplus_minor", sa.BigInteger(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.CheckConstraint("costs_minor >= 0", name=op.f("ck_recovery_costs")),
        sa.CheckConstraint("gross_minor >= 0", name=op.f("ck_recovery_gross")),
        sa.CheckConstraint(
            "surplus_minor BETWEEN 0 AND net_minor", name=op.f("ck_recovery_surplus")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_recovery_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery")),
        sa.UniqueConstraint("claim_id", "reference", name=op.f("uq_recovery_claim_id_reference")),
        sa.UniqueConstraint("claim_id", "sequence", name=op.f("uq_recovery_claim_id_sequence")),
    )
    op.create_table(
        "settlement",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("eligible_minor", sa.BigInteger(), nullable=False),
        sa.Column("ineligible_minor", sa.BigInteger(), nullable=False),
        sa.Column("uncovered_minor", sa.BigInteger(), nullable=False),
        sa.Column("paid_to_bank_minor", sa.BigInteger(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("split", sa.Text(), nullable=False),
        sa.Column("tranches", sa.Text(), nullable=False),
        sa.Column("costs_carried_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("ineligible_minor >= 0", name=op.f("ck_settlement_ineligible")),
        sa.CheckConstraint(
            "paid_to_bank_minor BETWEEN 0 AND eligible_minor", name=op.f("ck_settlement_paid")
        ),
        sa.CheckConstraint(
            "uncovered_minor BETWEEN 0 AND eligible_minor", name=op.f("ck_settlement_uncovered")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_settlement_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
        sa.UniqueConstraint("claim_id", name=op.f("uq_settlement_claim_id")),
    )
    op.create_table(
        "call",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("settlement_id", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("payee", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_call_amount")),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlement.id"], name=op.f("fk_call_settlement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("settlement_id", "party", name=op.f("uq_call_settlement_id_party")),
    )
    op.create_table(
        "share",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("settlement_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("due_minor", sa.BigInteger(), nullable=False),
        sa.Column("paid_minor", sa.BigInteger(), nullable=False),
        sa.Column("given_back_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "given_back_minor BETWEEN 0 AND paid_minor", name=op.f("ck_share_given_back")
        ),
        sa.CheckConstraint("paid_minor >= 0", name=op.f("ck_share_paid")),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlement.id"], name=op.f("fk_share_settlement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
        sa.UniqueConstraint("settlement_id", "party", name=op.f("uq_share_settlement_id_party")),
    )


def downgrade() -> None:
    """Undo the step; refuse where that would lose what was recorded."""
    op.drop_table("share")
    op.drop_table("call")
    op.drop_table("settlement")
    op.drop_table("recovery")
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_bank_id_created_at"))

    op.drop_table("claim")
    with op.batch_alter_table("policy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_policy_borrower_register_id"))
        batch_op.drop_index(batch_op.f("ix_policy_bank_id_created_at"))

    op.drop_table("policy")
    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quote_bank_id_created_at"))

    op.drop_table("quote")
    op.drop_table("measure")
    op.drop_table("access")
    op.drop_table("pool_year")
    op.drop_table("pool")
    op.drop_table("party")
