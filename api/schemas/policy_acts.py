"""The life of a policy on the wire: what comes in."""

from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from api.schemas.quotes import AnyRisk
from kernel.wire import Code, Day, Identifier, LongWords, Wire, Words
from underwriting.cancel import Cancellation
from underwriting.endorse import Change
from underwriting.history.proposal import Terms
from underwriting.reinstate import Reinstatement
from underwriting.renew import Renewal
from underwriting.rules.history_loan import Principal
from underwriting.rules.history_step import Statement


class StatementWire(Wire):
    """What somebody states or consents to, and where it is found."""

    by: Words
    on: Day
    reference: Words

    def statement(self) -> Statement:
        """Read it."""
        return Statement(self.by, self.on, self.reference)


class TermsRequest(Wire):
    """New terms: a whole risk, or the quote of them that a second person cleared."""

    risk: AnyRisk | None = None
    quote_id: Identifier | None = Field(None, description="As an answer to the same act gave it")
    reason: LongWords

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.risk is None) is (self.quote_id is None):
            raise PydanticCustomError("terms", "states a risk or names a quote: one of the two")
        return self

    @property
    def terms(self) -> Terms:
        """Read them."""
        return Terms(self.risk, self.quote_id)


class ChangeRequest(TermsRequest):
    """Other terms from a day on; they are stated for the whole period of cover."""

    effective_on: Day = Field(description="First day on which they hold")

    def asked(self) -> Change:
        """Read it as the act takes it."""
        return Change(self.terms, self.effective_on, self.reason)


class RenewalRequest(TermsRequest):
    """Terms of the next period; it begins on their own first day."""

    principal: Principal | None = Field(
        None, description="What becomes of the guaranteed loan: still_owed or repaid"
    )
    repaid: StatementWire | None = Field(None, description="Who confirms that it was repaid")

    def asked(self) -> Renewal:
        """Read it as the act takes it."""
        repaid = self.repaid.statement() if self.repaid else None
        return Renewal(self.terms, self.reason, self.principal, repaid)


class CancellationRequest(Wire):
    """An end before its time."""

    effective_on: Day = Field(description="First day without cover")
    ground: Code = Field(description="By whom and why", examples=["loan_repaid"])
    reason: LongWords
    consent: StatementWire | None = Field(None, description="Of the insured, where it is another")

    def asked(self) -> Cancellation:
        """Read it as the act takes it."""
        consent = self.consent.statement() if self.consent else None
        return Cancellation(self.effective_on, self.ground, self.reason, consent)


class ReinstatementRequest(Wire):
    """A cancelled policy shall be in force again."""

    reason: LongWords
    no_loss: StatementWire = Field(description="That nothing happened since cover ended")

    def asked(self) -> Reinstatement:
        """Read it as the act takes it."""
        return Reinstatement(self.reason, self.no_loss.statement())
