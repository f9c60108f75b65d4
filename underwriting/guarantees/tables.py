"""What is kept of letters of guarantee: terms, use, demands. Written by acts from checked values.

Editions keep their terms for ever and change their
standing only; uses and the register only grow.
"""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from kernel.db.row import FrozenJson, Minor, Record, Row


class LetterRow(Row, table=True):
    """A letter, with its account as it stands.

    Attributes:
        number: printed on it; at most 16 characters, the last a check character.
        year: of the number.
        sequence: of the number, within the year.
        state: one of `letters.moves.State`.
        limit_minor: most that is guaranteed at a time, by the terms in force.
        reserved_minor: open for declarations whose tax is neither paid nor paid by us.
        drawn_minor: paid to customs and not reinstated.
        edition: version of the terms in force; before acceptance the one that is proposed.
        record_no: under which customs keeps it; None before acceptance.
        accepted_on: by customs.
    """

    number: str
    year: int
    sequence: int
    policy_id: str = Field(foreign_key="policy.id")
    client_id: str = Field(foreign_key="party.id")
    state: str
    currency: str
    limit_minor: int = Field(sa_type=Minor)
    reserved_minor: int = Field(default=0, sa_type=Minor)
    drawn_minor: int = Field(default=0, sa_type=Minor)
    edition: int
    usable_from: date
    usable_until: date
    claim_until: date
    record_no: str | None = None
    accepted_on: date | None = None

    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("year", "sequence"),
        Index(None, "policy_id"),
        Index(None, "client_id", "created_at"),
        CheckConstraint("length(number) <= 16", name="number"),
        CheckConstraint("limit_minor >= 0", name="limit"),
        CheckConstraint("reserved_minor >= 0", name="reserved"),
        CheckConstraint("drawn_minor >= 0", name="drawn"),
        CheckConstraint("reserved_minor + drawn_minor <= limit_minor", name="available"),
        CheckConstraint("edition >= 1", name="edition"),
    )


class LetterVersionRow(Row, table=True):
    """One edition of a letter's terms. What it says is never changed, only how it stands.

    Attributes:
        edition: 1 as issued, then one more with each amendment.
        kind: `letter`, `amendment` or `extension`.
        state: `draft`, `approved`, `signed`, `sent`, `accepted`, `refused`, `withdrawn`.
        terms: the whole of them, as `kernel.plain` writes them.
        content_hash: of the terms; its first 16 digits stand in the code on the paper.
        maker: who drafted it; another person approves.
        approver: who approved it.
        file_sha256: of the signed paper.
        signer: serial of the certificate that signed it.
        reason: of the change, or of a refusal.
    """

    letter_id: str = Field(foreign_key="letter.id")
    edition: int
    kind: str
    state: str
    terms: dict[str, Any] = Field(sa_type=FrozenJson)
    content_hash: str
    maker: str
    approver: str | None = None
    file_sha256: str | None = None
    signer: str | None = None
    reason: str = ""

    __table_args__ = (
        UniqueConstraint("letter_id", "edition"),
        Index(None, "file_sha256"),
        CheckConstraint("edition >= 1", name="edition"),
        CheckConstraint("length(content_hash) = 64", name="content_hash"),
        CheckConstraint("length(file_sha256) = 64", name="file_sha256"),
        CheckConstraint("approver <> maker", name="four_eyes"),
    )


class LetterDeclarationRow(Row, table=True):
    """What a declaration holds of a letter: the columns are those of `letters.declared.Declared`.

    Attributes:
        number: of the declaration, unique within the letter.
        district: code of the customs district that released the goods.
        declared_on: its day.
    """

    letter_id: str = Field(foreign_key="letter.id")
    number: str
    district: str
    declared_on: date
    reserved_minor: int = Field(default=0, sa_type=Minor)
    demanded_minor: int = Field(default=0, sa_type=Minor)
    added_minor: int = Field(default=0, sa_type=Minor)
    beyond_minor: int = Field(default=0, sa_type=Minor)
    released_minor: int = Field(default=0, sa_type=Minor)
    paid_minor: int = Field(default=0, sa_type=Minor)
    paid_beyond_minor: int = Field(default=0, sa_type=Minor)
    refused: bool = False

    __table_args__ = (
        UniqueConstraint("letter_id", "number"),
        CheckConstraint(
            "0 <= added_minor AND added_minor <= demanded_minor"
            " AND demanded_minor <= reserved_minor",
            name="demanded",
        ),
        CheckConstraint("released_minor >= 0", name="released"),
        CheckConstraint("paid_minor >= 0", name="paid"),
        CheckConstraint("beyond_minor >= 0 AND paid_beyond_minor >= 0", name="beyond"),
    )


class LetterUseRow(Record, table=True):
    """One event of use; the account is the sum of them.

    Attributes:
        seq: 1, 2, 3 … within the letter.
        declaration: number of the declaration; empty for what concerns the whole letter.
        event: one of `letters.usage.Use`.
        reference: names one of several such events of a declaration; empty for the only one.
        district: customs district that the event comes from.
        taxes: kinds of tax.
        amount_minor: tax that it is about; the new limit where it is an amendment.
        surcharge_minor: late surcharge that it is about.
        reserved_change_minor: how it moved what is reserved.
        drawn_change_minor: how it moved what is drawn.
        limit_minor: the account after it.
        reserved_minor: likewise.
        drawn_minor: likewise.
        happened_on: the day that counts.
        actor: who recorded it.
    """

    letter_id: str = Field(foreign_key="letter.id")
    seq: int
    declaration: str
    event: str
    reference: str
    district: str
    taxes: list[str] = Field(sa_type=FrozenJson)
    amount_minor: int = Field(sa_type=Minor)
    surcharge_minor: int = Field(sa_type=Minor)
    reserved_change_minor: int = Field(sa_type=Minor)
    drawn_change_minor: int = Field(sa_type=Minor)
    limit_minor: int = Field(sa_type=Minor)
    reserved_minor: int = Field(sa_type=Minor)
    drawn_minor: int = Field(sa_type=Minor)
    happened_on: date
    actor: str

    __table_args__ = (
        UniqueConstraint("letter_id", "declaration", "event", "reference"),
        UniqueConstraint("letter_id", "seq"),
        CheckConstraint("surcharge_minor >= 0", name="surcharge"),
        CheckConstraint("reserved_minor >= 0", name="reserved"),
        CheckConstraint("drawn_minor >= 0", name="drawn"),
        CheckConstraint("reserved_minor + drawn_minor <= limit_minor", name="available"),
    )


class LetterDemandRow(Row, table=True):
    """Customs' demand for payment, and what was answered.

    Attributes:
        reference: customs' own number of it, unique within the letter.
        declaration: number of the declaration whose tax is unpaid.
        district: code of the customs district that demands.
        state: `received`, `suspended`, `extended`, `refused` or `paid`.
        held: does it hold what is reserved? One that asks for more than is open does not.
        tax_minor: tax demanded.
        surcharge_minor: surcharge demanded.
        papers: what was presented with it.
        received_on: by us.
        refuse_by: last day of the one notice of refusal.
        pay_by: last day of payment.
        extend_to: the later day of demand that customs asks for in place of payment.
        suspended_until: last day of the answer to that.
        paid_minor: paid on it, surcharge included.
        answered_on: paid, extended or refused.
        grounds: of the refusal, all of them.
    """

    letter_id: str = Field(foreign_key="letter.id")
    reference: str
    declaration: str
    district: str
    state: str
    held: bool
    currency: str
    tax_minor: int = Field(sa_type=Minor)
    surcharge_minor: int = Field(sa_type=Minor)
    papers: list[str] = Field(sa_type=FrozenJson)
    received_on: date
    refuse_by: date
    pay_by: date
    extend_to: date | None = None
    suspended_until: date | None = None
    paid_minor: int = Field(default=0, sa_type=Minor)
    answered_on: date | None = None
    grounds: list[dict[str, str]] = Field(default_factory=list, sa_type=FrozenJson)

    __table_args__ = (
        UniqueConstraint("letter_id", "reference"),
        CheckConstraint("tax_minor >= 0", name="tax"),
        CheckConstraint("surcharge_minor >= 0", name="surcharge"),
        CheckConstraint("paid_minor >= 0", name="paid"),
    )


class LetterRegisterRow(Record, table=True):
    """One line of the register of letters: it is one chain for the whole installation.

    Attributes:
        sequence: 1, 2, 3 … over all letters.
        letter: number of the letter.
        edition: of its terms.
        paper: kind of the paper; empty where only the standing changed.
        file_sha256: of the whole signed file; empty likewise.
        content_hash: of the terms.
        signer: serial of the certificate that signed; empty likewise.
        status: of the letter from here on.
        reason: why, in words; empty where there is nothing to say.
        prev_hash: of the line before, 64 zeros for the first.
        hash: see `register.line_hash`.
    """

    sequence: int
    letter: str
    edition: int
    paper: str
    file_sha256: str
    content_hash: str
    signer: str
    status: str
    reason: str
    prev_hash: str
    hash: str

    __table_args__ = (
        UniqueConstraint("sequence"),
        Index(None, "letter", "sequence"),
        Index(None, "file_sha256"),
        CheckConstraint("sequence >= 1", name="sequence"),
        CheckConstraint("length(hash) = 64 AND length(prev_hash) = 64", name="hash"),
        CheckConstraint("length(file_sha256) IN (0, 64)", name="file_sha256"),
    )


class LetterRegisterHeadRow(Row, table=True):
    """How far the register has come: the one row that every writer of a line must win."""

    sequence: int
    hash: str
