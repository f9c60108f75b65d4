"""Papers of a claim and its clocks on the wire."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from api.schemas.common import Answer
from claims.request_papers import NewFact, Request
from claims.rules.asked import Asked
from claims.rules.clocks import Deadline
from claims.uploads.checklist import Listed, Version
from claims.uploads.store import ClaimPaperRow, PaperRejectionRow
from kernel.wire import Code, Day, LongWords, Wire, Words

_MOST = 50

PaperCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,63}$")]


class FactRequest(Wire):
    """What was not known when papers were first asked for."""

    words: LongWords
    known_on: Day = Field(description="The day on which the insurer learned of it")

    def fact(self) -> NewFact:
        """Return it as the act takes it."""
        return NewFact(self.words, self.known_on)


class PapersRequest(Wire):
    """What an adjuster asks for; the first request asks for all that is missing."""

    papers: tuple[Code, ...] = Field((), max_length=_MOST, description="Codes on the list")
    extra: dict[PaperCode, Words] = Field(
        default_factory=dict,
        max_length=_MOST,
        description="Code -> name, Chinese and English, of papers that the policy does not list",
    )
    fact: FactRequest | None = Field(None, description="What a later request follows from")

    def request(self) -> Request:
        """Return it as the act takes it."""
        return Request(self.papers, self.extra, self.fact.fact() if self.fact else None)


class RejectionRequest(Wire):
    """Why a paper is not what is needed."""

    reason: Words
    fact: FactRequest | None = Field(
        None, description="For a paper that was here when papers were asked for"
    )


class FileSent(BaseModel):
    """What a file is, for the key under which it is kept once."""

    sha256: str


class RejectionAnswer(Answer):
    """A paper rejected: it is missing again."""

    code: str
    sequence: int
    through: int = Field(description="Last version it rejects; 0 where the paper was only ticked")
    rejected_on: date
    reason: str
    fact: str
    actor: str


class VersionAnswer(Answer):
    """A file that came as a paper."""

    version: int
    sha256: str
    size: int
    form: str = Field(description="What its bytes are: pdf, png, jpg, xlsx, docx, ofd, csv, txt")
    media_type: str
    received_on: date
    actor: str = Field(description="Who sent it")
    rejected: RejectionAnswer | None
    content: str = Field(description="Path of the content")


class ListedPaper(Answer):
    """A paper on the list of a claim."""

    code: str
    name: str
    name_zh: str
    needed: bool = Field(
        description="Is it missing, so that the claim waits for it? False too where what alone "
        "it is needed for is not claimed"
    )
    needed_when: str | None = Field(
        description="When alone it is needed; null: whatever is claimed"
    )
    needed_when_zh: str | None
    why: str
    why_zh: str
    received_on: date | None = Field(description="Since when it is here; null is missing")
    asked_on: date | None = Field(description="When it was last asked for")
    versions: tuple[VersionAnswer, ...]
    rejections: tuple[RejectionAnswer, ...]


class AskedAnswer(Answer):
    """One request for papers."""

    asked_on: date
    papers: tuple[str, ...]
    fact: str
    answered_on: date | None = Field(description="When the last of them came; null is awaited")
    stops_clock: bool


class ClaimPapersAnswer(Answer):
    """The papers of a claim, and what was asked for."""

    papers: tuple[ListedPaper, ...]
    requests: tuple[AskedAnswer, ...]
    complete_on: date | None


class ReceivedAnswer(Answer):
    """A paper came in."""

    code: str
    version: int
    sha256: str
    received_on: date
    missing: tuple[str, ...] = Field(description="Codes of the papers still missing")


class ClockAnswer(Answer):
    """A clock of a claim."""

    code: str
    words: str
    words_zh: str
    clause: str
    whose: str
    due: date | None = Field(description="Last day; null while the clock stands still")
    last_day: date | None = Field(description="The same where that is a day of rest")
    done_on: date | None
    late: bool
    days_left: int | None = Field(description="Below nought where late; null where done")
    stands_since: date | None
    consequence: str
    consequence_zh: str


class ClocksAnswer(Answer):
    """Every clock of a claim on a business day."""

    on: date
    clocks: tuple[ClockAnswer, ...]


def listed_answer(claim_id: str, one: Listed) -> ListedPaper:
    """Return a paper of the list with its versions."""
    return ListedPaper(
        code=one.code,
        name=one.en,
        name_zh=one.zh,
        needed=one.needed and one.received_on is None,
        needed_when=one.when and one.when[1],
        needed_when_zh=one.when and one.when[0],
        why=one.why[1],
        why_zh=one.why[0],
        received_on=one.received_on,
        asked_on=one.asked_on,
        versions=tuple(_version(claim_id, version) for version in one.versions),
        rejections=tuple(map(rejection_answer, one.rejections)),
    )


def asked_answer(one: Asked) -> AskedAnswer:
    """Return a request for papers."""
    return AskedAnswer(
        asked_on=one.asked_on,
        papers=one.papers,
        fact=one.fact,
        answered_on=one.answered_on,
        stops_clock=one.stops,
    )


def received_answer(row: ClaimPaperRow, missing: list[str]) -> ReceivedAnswer:
    """Return what came in, and what is still missing."""
    return ReceivedAnswer(
        code=row.code,
        version=row.sequence,
        sha256=row.sha256,
        received_on=row.received_on,
        missing=tuple(missing),
    )


def rejection_answer(row: PaperRejectionRow) -> RejectionAnswer:
    """Return a rejection."""
    names = RejectionAnswer.model_fields
    return RejectionAnswer(**{name: getattr(row, name) for name in names})


def clock_answer(one: Deadline, on: date, last_day: date | None) -> ClockAnswer:
    """Return a clock as it stands on a day."""
    zh, en = one.consequence
    names = ("code", "clause", "whose", "due", "done_on", "stands_since")
    return ClockAnswer(
        **{name: getattr(one, name) for name in names},
        words=one.en,
        words_zh=one.zh,
        last_day=last_day,
        late=one.late(on),
        days_left=one.days_left(on),
        consequence=en,
        consequence_zh=zh,
    )


def _version(claim_id: str, one: Version) -> VersionAnswer:
    row = one.row
    return VersionAnswer(
        version=row.sequence,
        sha256=row.sha256,
        size=one.size,
        form=one.form,
        media_type=one.media_type,
        received_on=row.received_on,
        actor=row.actor,
        rejected=rejection_answer(one.rejected) if one.rejected else None,
        content=f"/v1/claims/{claim_id}/papers/{row.code}/{row.sha256}",
    )
