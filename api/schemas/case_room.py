"""The case room on the wire: the timeline, seats, signatures, dissent."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from api.schemas.common import Answer, Finding, money
from claims.room.store import (
    DissentRow,
    SeatRow,
    ShareSignatureRow,
)
from kernel.wire import Code, Identifier, LongWords, MoneyWire, Wire, Words

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class ToldAnswer(Answer):
    """One thing that happened, as a sentence."""

    kind: str
    on: date
    zh: str
    en: str


class OpenAnswer(Answer):
    """Something that waits for somebody."""

    code: str
    whose: str
    who_zh: str = Field(description="Whose turn it is, by name")
    who_en: str
    zh: str
    en: str
    clause: str
    due: date | None
    late: bool
    days_left: int | None
    said_zh: str = Field(description="All of it as a sentence, to be read aloud")
    said_en: str


class TimelineAnswer(Answer):
    """All that happened with a claim, in order, and all that is open."""

    claim_id: str
    number: str
    state: str
    state_zh: str
    state_en: str
    as_of: date
    next: OpenAnswer | None = Field(description="What is due next: whose turn it is, by when")
    open: tuple[OpenAnswer, ...] = Field(description="The next deadline first")
    happened: tuple[ToldAnswer, ...]


class SeatRequest(Wire):
    """Who speaks for a party of a scheme."""

    scheme: Code
    party: Code = Field(description="Of the scheme: a pool, an appraiser, a guarantor")
    party_id: Identifier = Field(description="Of the registered party that sits there")


class SeatAnswer(Answer):
    """A registered party that speaks for a party of a scheme."""

    id: str
    scheme: str
    party: str
    party_id: str


class CaseLine(Answer):
    """A case as a seat finds it in its list."""

    claim_id: str
    number: str
    state: str
    scheme: str
    parties: tuple[str, ...] = Field(description="Yours, of the scheme")
    default_date: date
    notified_on: date


class RoomPaper(Answer):
    """A paper of the case, by name; its bytes are not shown here."""

    code: str
    zh: str
    en: str
    received_on: str | None


class RoomCall(Answer):
    """A call: one's own in full, another's as amount and state."""

    party: str
    direction: str
    amount: MoneyWire
    state: str
    id: str | None = None
    payee: str | None = None
    paid: MoneyWire | None = None
    disputed: MoneyWire | None = None
    clause: str | None = None
    due_on: date | None = None
    cure_until: date | None = None


class RoomShare(Answer):
    """What one party bears; what another got back is between it and the house."""

    party: str
    role: str
    due: MoneyWire = Field(description="By the layers, before fuses and caps")
    paid: MoneyWire = Field(description="Borne in the end")
    given_back: MoneyWire | None = Field(description="Null where it is another's")


class RoomSettlement(Answer):
    """A settlement with everybody's share, and what is signed of it."""

    id: str
    sequence: int
    purpose: str
    settled_on: date
    eligible: MoneyWire
    uncovered: MoneyWire
    shares: tuple[RoomShare, ...]
    sha256: str = Field(description="What a party signs of it")


class RoomRecovery(Answer):
    """A recovery; a seat finds its own part of it."""

    sequence: int
    value_date: date
    net: MoneyWire
    parts: dict[str, MoneyWire]


class RoomValuation(Answer):
    """A value of a right, and who stands for it."""

    appraiser: str
    method: str
    on: date
    value: MoneyWire


class RoomRight(Answer):
    """A right behind the case."""

    number: str
    state: str | None = Field(description="Of its lot in a disposal; null before there is one")
    valuations: tuple[RoomValuation, ...] = Field(
        description="At underwriting, then as a lot; of the seats an appraiser's alone sees them"
    )
    price: MoneyWire | None = Field(description="Sold or licensed for; null before that")


class RoomAnswer(Answer):
    """A case as the caller may see it."""

    claim_id: str
    number: str
    state: str
    scheme: str
    yours: tuple[str, ...] = Field(description="The parties that you speak for")
    default_date: date
    notified_on: date
    asked: dict[str, MoneyWire]
    approved: dict[str, MoneyWire] | None
    findings: tuple[Finding, ...]
    papers: tuple[RoomPaper, ...]
    settlement: RoomSettlement | None
    calls: tuple[RoomCall, ...]
    recoveries: tuple[RoomRecovery, ...]
    rights: tuple[RoomRight, ...] = Field(description="Pledged or insured")
    reserve: MoneyWire | None = Field(description="The house's; null for everybody else")


class SignatureRequest(Wire):
    """A party signs its own share of the settlement that stands."""

    party: Code
    sequence: int = Field(ge=1, le=10_000, description="Of the settlement")
    sha256: Sha256 = Field(description="Of the settlement, as the case room shows it")
    name: Words = Field(description="Of the person who signs")


class SignatureAnswer(Answer):
    """A share that was signed."""

    id: str
    settlement_id: str
    party: str
    amount: MoneyWire
    sha256: str
    name: str
    signed_on: date


class DissentRequest(Wire):
    """A party does not agree with the settlement that stands."""

    party: Code
    sequence: int = Field(ge=1, le=10_000, description="Of the settlement")
    reason: LongWords
    clause: Words | None = Field(None, description="The term relied on; a dispute needs one")
    name: Words = Field(description="Of the person who says it")
    disputes: MoneyWire | None = Field(
        None, description="Of the party's call, in dispute from now on; left out disputes nothing"
    )


class DissentAnswer(Answer):
    """A dissent that was kept."""

    id: str
    settlement_id: str
    party: str
    reason: str
    clause: str
    call_id: str | None
    name: str
    said_on: date
    stands: bool = Field(
        description="False once the party has signed that settlement after all, which takes the"
        " place of its dissent"
    )


def seat_answer(row: SeatRow) -> SeatAnswer:
    """Return a seat."""
    return SeatAnswer(id=row.id, scheme=row.scheme_code, party=row.party, party_id=row.party_id)


def signature_answer(row: ShareSignatureRow, currency: str) -> SignatureAnswer:
    """Return a signature; `currency` is the claim's."""
    plain = ("id", "settlement_id", "party", "sha256", "name", "signed_on")
    return SignatureAnswer(
        **{name: getattr(row, name) for name in plain}, amount=money(row.amount_minor, currency)
    )


def dissent_answer(row: DissentRow, *, stands: bool = True) -> DissentAnswer:
    """Return a dissent; one that was just said stands."""
    plain = (name for name in DissentAnswer.model_fields if name != "stands")
    return DissentAnswer(**{name: getattr(row, name) for name in plain}, stands=stands)
