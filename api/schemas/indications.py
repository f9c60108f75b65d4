"""Indications on the wire: a range of price, not binding."""

from datetime import date
from typing import Any

from pydantic import Field

from api.schemas.common import Answer, Finding
from kernel.wire import Identifier, MoneyWire, Wire
from underwriting.indication.asked import IndicationAsked
from underwriting.indication.indication import WORDS, WORDS_ZH, Indication, Variant
from underwriting.providers import RightDraft


class IndicationRequest(Wire):
    """Patent numbers and a loan."""

    client_id: Identifier | None = Field(
        None, description="The bank that lends; left out by a bank itself"
    )
    asked: IndicationAsked


class EndAnswer(Answer):
    """One end of the range, and what it was priced at."""

    premium: MoneyWire
    rate_per_year: float = Field(description="Over the sum insured and the years of cover")
    sum_insured: MoneyWire
    outcome: str
    at: dict[str, str] = Field(description="Assumed field -> the value taken")


class AssumptionAnswer(Answer):
    """One thing that was not stated and was taken."""

    field: str
    values: tuple[str, ...]
    words: str
    words_zh: str
    source: str
    grade: str
    cure: str
    narrows: MoneyWire | None = Field(
        description="By how much the range surely narrows once it is stated; null for one value"
    )


class RightAnswer(Answer):
    """A right of the indication, as its record has it."""

    number: str
    office: str
    as_of: date
    source: str
    missing: tuple[str, ...] = Field(description="What the record does not say")
    derived: dict[str, str]
    fields: dict[str, Any] = Field(description="The draft of a pledged right, for a quote")


class IndicationAnswer(Answer):
    """A range of price, not binding, with every assumption."""

    binding: bool
    words: str
    words_zh: str
    on: date
    low: EndAnswer
    high: EndAnswer
    outcomes: tuple[str, ...]
    assumptions: tuple[AssumptionAnswer, ...]
    findings: tuple[Finding, ...] = Field(description="Found whatever is assumed")
    depends: tuple[Finding, ...] = Field(description="Found under some assumptions only")
    rights: tuple[RightAnswer, ...]
    scheme: str
    tariff: str
    fit_ids: tuple[str, ...]


def indication_answer(found: Indication) -> IndicationAnswer:
    """Return an indication."""
    valued = found.high.valued
    return IndicationAnswer(
        binding=False,
        words=WORDS,
        words_zh=WORDS_ZH,
        on=found.on,
        low=_end(found.low),
        high=_end(found.high),
        outcomes=found.outcomes,
        assumptions=tuple(_assumption(found, place) for place in range(len(found.assumptions))),
        findings=tuple(one.json() for one in found.always),
        depends=tuple(one.json() for one in found.sometimes),
        rights=tuple(_right(one) for one in found.drafts),
        scheme=valued.inputs.scheme.scheme.code,
        tariff=valued.inputs.terms["version"],
        fit_ids=(valued.inputs.priors.fit_id, *valued.loss.fit_ids),
    )


def _end(variant: Variant) -> EndAnswer:
    return EndAnswer(
        premium=MoneyWire.of(variant.premium),
        rate_per_year=float(f"{variant.yearly:.12g}"),
        sum_insured=MoneyWire.of(variant.valued.contract.sum_insured),
        outcome=variant.valued.outcome.value,
        at=dict(variant.choice),
    )


def _assumption(found: Indication, place: int) -> AssumptionAnswer:
    one = found.assumptions[place]
    ranged = len(one.values) > 1
    return AssumptionAnswer(
        field=one.field, values=one.values, words=one.en, words_zh=one.zh,
        source=one.source, grade=one.grade, cure=one.cure,
        narrows=MoneyWire.of(found.worth(one.field)) if ranged else None,
    )  # fmt: skip


def _right(one: RightDraft) -> RightAnswer:
    return RightAnswer(
        number=one.record.number,
        office=one.record.office,
        as_of=one.record.as_of,
        source=one.record.source,
        missing=tuple(missing.field for missing in one.missing),
        derived=dict(one.derived),
        fields=dict(one.fields),
    )
