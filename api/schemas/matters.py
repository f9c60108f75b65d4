"""A fought matter on the wire: what is asked, answered, reserved, concluded, joined."""

from typing import Literal

from pydantic import Field

from api.schemas.claim_growth import MAX_ITEMS, ItemRequest, items_of
from claims.answer_budget import BudgetAnswer
from claims.appoint_counsel import CounselWanted
from claims.budget_stage import BudgetWanted
from claims.conclude_matter import Outcome
from claims.join_claim import LaterDemand
from claims.propose_settlement import SettlementWanted
from claims.reserve_rights import Reservation
from claims.rules.conduct.reserved import Ground
from kernel.money import Money
from kernel.wire import Code, Day, LongWords, MoneyWire, Wire, Words

MAX_GROUNDS = 30


class CounselRequest(Wire):
    """Counsel that the insured asks for."""

    name: Words
    source: Literal["panel", "off_panel"] = Field(description="off_panel: of its own choice")

    def wanted(self) -> CounselWanted:
        """Return it as the act takes it."""
        return CounselWanted(self.name, self.source)


class CounselAnswerRequest(Wire):
    """The answer to it."""

    consented: bool
    reason: LongWords | None = Field(None, description="Asked for where it is refused")


class BudgetRequest(Wire):
    """A budget of one stage, on top of those before."""

    stage: Code = Field(description="Such as first_instance; GET of the matter lists them")
    amount: MoneyWire
    words: Words

    def wanted(self) -> BudgetWanted:
        """Return it in minor units."""
        return BudgetWanted(self.stage, self.amount.money("amount.amount"), self.words)


class BudgetAnswerRequest(Wire):
    """The answer to a budget."""

    consented: MoneyWire = Field(description="Nought is a refusal")
    reason: LongWords | None = Field(None, description="Asked for where it is not all of it")
    spent_too: bool = Field(False, description="Does it cover what was spent above before?")

    def answer(self) -> BudgetAnswer:
        """Return it in minor units."""
        given = self.consented.money("consented.amount")
        return BudgetAnswer(given, self.reason or "", self.spent_too)


class GroundWire(Wire):
    """A ground that is reserved."""

    code: Code = Field(description="Of the finding")
    clause: Words
    words: Words
    words_zh: Words


class ReservationRequest(Wire):
    """A reservation of rights."""

    grounds: tuple[GroundWire, ...] = Field(min_length=1, max_length=MAX_GROUNDS)
    known_on: Day = Field(description="The day on which the first ground was known")
    method: Code = Field(description="registered_post, courier, in_person, notary or electronic")
    proof: Code | None = Field(None, description="Number of the slip; it protects once shown")

    def reservation(self) -> Reservation:
        """Return it as the act takes it."""
        grounds = tuple(
            Ground(one.code, one.clause, one.words, one.words_zh) for one in self.grounds
        )
        return Reservation(grounds, self.known_on, self.method, self.proof or "")


class ProofRequest(Wire):
    """What shows that it was sent."""

    proof: Code


class ReservationEndRequest(Wire):
    """How a reservation ends."""

    end: Literal["lifted", "decided"]
    reason: LongWords


class SettlementRequest(Wire):
    """A settlement that consent is asked for."""

    counterparty: Words
    payer: Literal["insurer", "insured", "both"] = Field(description="Who is to pay it")
    amount: MoneyWire
    terms: LongWords
    merits: LongWords = Field(description="Opinion of counsel on the merits")

    def wanted(self) -> SettlementWanted:
        """Return it in minor units."""
        return SettlementWanted(
            self.counterparty, self.payer, self.amount.money("amount.amount"), self.terms,
            self.merits,
        )  # fmt: skip


class SettlementAnswerRequest(Wire):
    """The answer to a settlement; without an amount it is a refusal."""

    consented: MoneyWire | None = None
    reason: LongWords | None = Field(None, description="A refusal without one is a finding")

    def minor(self) -> Money | None:
        """Return the amount consented to."""
        return None if self.consented is None else self.consented.money("consented.amount")


class OutcomeRequest(Wire):
    """How the matter ended."""

    reference: Code = Field(description="Of the agreement or judgment")
    on: Day
    amount: MoneyWire
    settlement: int | None = Field(None, ge=1, le=99, description="Number within the claim")
    judged: bool = Field(False, description="Is it a judgment in force?")

    def outcome(self) -> Outcome:
        """Return it in minor units."""
        amount = self.amount.money("amount.amount")
        return Outcome(self.reference, self.on, amount, self.settlement, self.judged)


class LaterDemandRequest(Wire):
    """A later demand of the same cause."""

    reference: Code
    made_on: Day
    counterparty: Words
    words: Words
    items: tuple[ItemRequest, ...] = Field(min_length=1, max_length=MAX_ITEMS)

    def demand(self) -> LaterDemand:
        """Return it in minor units."""
        items = items_of(self.items)
        return LaterDemand(self.reference, self.made_on, self.counterparty, self.words, items)
