"""Papers that are asked for, on the wire."""

from enum import StrEnum

from pydantic import Field

from kernel.wire import Code, Currency, Day, Wire


class QuotePaper(StrEnum):
    """Papers of a quote."""

    PROPOSAL = "proposal"
    QUOTE_LETTER = "quote_letter"


class PolicyPaper(StrEnum):
    """Papers of a policy."""

    COVER_NOTE = "cover_note"
    PREMIUM_NOTE = "premium_note"


class ClaimPaper(StrEnum):
    """Papers of a claim."""

    REQUEST_FOR_PAPERS = "request_for_papers"
    DECISION_LETTER = "decision_letter"
    SUBROGATION_ASSIGNMENT = "subrogation_assignment"


class QuotePaperRequest(Wire):
    """Which paper of a quote."""

    kind: QuotePaper


class PolicyPaperRequest(Wire):
    """Which paper of a policy."""

    kind: PolicyPaper


class ClaimPaperRequest(Wire):
    """Which paper of a claim."""

    kind: ClaimPaper


class BordereauRequest(Wire):
    """Whose account, and of when."""

    party: Code = Field(description="A party of the scheme")
    currency: Currency
    opens_on: Day
    closes_on: Day = Field(description="Not after today: what is closed is counted")
