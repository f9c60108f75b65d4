"""Transcripts of a loan account on the wire: as they are sent, and what was found of them."""

import base64
import binascii
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from api.schemas.common import Answer, Finding, money
from claims.overdue.store import TranscriptRow
from claims.read_transcript import Transcript
from claims.rules.transcript.findings import Signed
from claims.rules.transcript.form import AccountForm
from claims.rules.transcript.line import LineKind, Statement, StatementLine
from kernel.errors import Fault, Invalid, invalid
from kernel.wire import Day, MoneyWire, Wire, Words

MOST_LINES = 5000
MOST_BASE64 = 950_000

Base64 = Annotated[
    str, StringConstraints(max_length=MOST_BASE64, pattern=r"^[A-Za-z0-9+/]+={0,2}$")
]


class LineForm(Wire):
    """One line of the account; a debit adds to what is owed, a credit takes off it."""

    on: Day
    kind: LineKind
    debit: MoneyWire | None = None
    credit: MoneyWire | None = None
    balance: MoneyWire | None = None

    def faults(self, place: str, currency: str) -> Iterator[Fault]:
        """Yield what is wrong with it by itself."""
        given = [one for one in (self.debit, self.credit, self.balance) if one is not None]
        if any(one.currency != currency for one in given):
            yield Fault(place, f"is not in {currency}", "give it in the loan's currency")
            return
        moved = [one.money(place).minor for one in (self.debit, self.credit) if one is not None]
        side = self.credit if self.kind is LineKind.REPAYMENT else self.debit
        if len(moved) != 1 or not moved[0] or side is None:
            cure = "state a credit for a repayment, else a debit, above nought"
            yield Fault(place, "does not move one way", cure)

    def line(self, row: int) -> StatementLine:
        """Read it; checked by `faults` first."""
        debit, credit_, balance = (
            None if one is None else one.money().minor
            for one in (self.debit, self.credit, self.balance)
        )
        return StatementLine(row, self.on, self.kind, debit or 0, credit_ or 0, balance)


class SignedForm(Wire):
    """Who signed the transcript for the bank."""

    by: Words = Field(description="Name and post")
    on: Day


class FileForm(Wire):
    """The bank's file."""

    name: Words
    base64: Base64 = Field(description="CSV in UTF-8 or GB18030, or XLSX")
    columns: dict[str, Words] = Field(
        default_factory=dict, max_length=5, description="Column -> its heading in this file"
    )

    def content(self) -> bytes:
        """Return its bytes.

        Raises:
            Invalid: it is no base64.
        """
        try:
            return base64.b64decode(self.base64, validate=True)
        except binascii.Error:
            raise invalid("file.base64", "is no base64", "encode the file's bytes") from None


class TranscriptRequest(Wire):
    """A bank's statement of the loan account: its file, or its lines."""

    file: FileForm | None = None
    lines: Annotated[tuple[LineForm, ...], Field(max_length=MOST_LINES)] | None = None
    account: AccountForm = Field(default_factory=AccountForm)
    signed: SignedForm | None = Field(None, description="Left out: unsigned, which is a finding")

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.file is None) == (not self.lines):
            sent = "is missing, and lines too" if self.file is None else "is sent with lines"
            wrong = {"field": "file", "cure": "send the bank's file, or its lines: one of the two"}
            raise PydanticCustomError("one_of_two", sent, wrong)
        return self

    def transcript(self, currency: str) -> Transcript:
        """Return what was sent, with every line that is wrong named.

        Raises:
            Invalid: lines that cannot be, or a file that is no base64.
        """
        signed = None if self.signed is None else Signed(self.signed.by, self.signed.on)
        if self.file is not None:
            return Transcript(
                self.account, self.file.content(), self.file.name, self.file.columns, signed=signed
            )
        lines = self.lines or ()
        faults = [
            fault
            for place, one in enumerate(lines)
            for fault in one.faults(f"lines[{place}]", currency)
        ]
        if faults:
            raise Invalid("transcript", *faults[:100])
        read = Statement(tuple(one.line(row) for row, one in enumerate(lines, 1)))
        return Transcript(self.account, lines=read, signed=signed)


class ComparedAnswer(Answer):
    """One kind of charge on one day: the bank's figure, and worked out again."""

    on: date
    kind: str
    bank: MoneyWire
    ours: MoneyWire
    agreed: bool
    bank_more: MoneyWire
    bank_less: MoneyWire


class StrippedAnswer(Answer):
    """A line of the statement that no claim is paid for."""

    row: int
    on: date
    kind: str
    amount: MoneyWire


class TranscriptAnswer(Answer):
    """A transcript: what was read, compared, stripped, and is ready to be claimed."""

    id: str
    overdue_id: str
    sequence: int
    name: str
    sha256: str
    encoding: str
    received_on: date
    signed_by: str | None
    signed_on: date | None
    lines: int = Field(description="How many were read")
    assumed: tuple[str, ...] = Field(description="Terms that neither policy nor bank states")
    claimed: dict[str, MoneyWire] = Field(description="Unpaid by line of a claim")
    interest_to_default: MoneyWire
    interest_in_waiting: MoneyWire
    interest_until: date
    overdue_since: date | None = Field(description="As worked out")
    closes_on: date
    compared: tuple[ComparedAnswer, ...]
    stripped: tuple[StrippedAnswer, ...]
    findings: tuple[Finding, ...]
    created_at: datetime


def transcript_answer(row: TranscriptRow, currency: str) -> TranscriptAnswer:
    """Return a transcript with what was found of it."""
    plain = ("id", "overdue_id", "sequence", "name", "sha256", "encoding", "received_on",
             "signed_by", "signed_on", "assumed", "findings", "created_at")  # fmt: skip
    found = row.found
    return TranscriptAnswer.model_validate(
        {
            **{name: getattr(row, name) for name in plain},
            **found_answer(found, currency),
            "lines": len(row.lines),
        }
    )


def found_answer(found: dict[str, Any], currency: str) -> dict[str, Any]:
    """Return what was found of a transcript as it crosses the wire."""
    return {
        **{name: found[name] for name in ("interest_until", "overdue_since", "closes_on")},
        "claimed": {line: money(minor, currency) for line, minor in found["claimed"].items()},
        "interest_to_default": money(found["interest_to_default"], currency),
        "interest_in_waiting": money(found["interest_in_waiting"], currency),
        "compared": tuple(_compared(one, currency) for one in found["compared"]),
        "stripped": tuple(
            StrippedAnswer(
                row=one["row"], on=one["on"], kind=one["kind"], amount=money(one["minor"], currency)
            )
            for one in found["stripped"]
        ),
    }


def _compared(one: dict[str, Any], currency: str) -> ComparedAnswer:
    more = one["differs_by"]
    return ComparedAnswer(
        on=one["on"],
        kind=one["kind"],
        bank=money(one["bank"], currency),
        ours=money(one["ours"], currency),
        agreed=not more,
        bank_more=money(max(0, more), currency),
        bank_less=money(max(0, -more), currency),
    )
