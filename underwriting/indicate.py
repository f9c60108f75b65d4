"""ACT: a range of price from numbers of rights and a loan alone; nothing is saved, nobody bound."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session

from kernel.desk import Desk
from kernel.errors import Fault, Invalid
from underwriting.indication.asked import IndicationAsked
from underwriting.indication.assumed import fixed, ranges
from underwriting.indication.indication import Indication, Variant
from underwriting.indication.variants import variants
from underwriting.inputs import Inputs
from underwriting.preview import gather
from underwriting.product import Risk
from underwriting.products import product
from underwriting.providers import PatentProvider, RightDraft, draft, record_findings
from underwriting.valued import value

LINE = "pledge_guarantee"
"""The product that an indication is given for."""


def indicate(
    session: Session,
    client_id: str,
    asked: IndicationAsked,
    provider: PatentProvider,
    *,
    desk: Desk,
    schemes_folder: Path | None = None,
    counts: Path | None = None,
) -> Indication:
    """Price what is asked with today's facts, at every combination of what is assumed.

    Raises:
        Invalid: a number is not known to the provider, or its record lacks owner or days.
        As `gather`.
    """

    def inputs_of(risk: Risk) -> Inputs:
        return gather(
            session, client_id, risk, desk=desk, schemes_folder=schemes_folder, counts=counts
        )

    return indication_on(asked, provider, inputs_of, desk.on)


def indication_on(
    asked: IndicationAsked,
    provider: PatentProvider,
    inputs_of: Callable[[Risk], Inputs],
    on: date,
) -> Indication:
    """The same, with whatever gives the facts of the day; they are asked once for a scheme."""
    drafts, line = _drafts(asked, provider, on), product(LINE)
    ranged = ranges(asked, line.terms)
    of_scheme: dict[str, Inputs] = {}
    priced = []
    for choice, proposal in variants(asked, drafts, ranged, on):
        risk = _checked(line.risk, proposal)
        scheme = risk.asked().scheme
        if scheme not in of_scheme:
            of_scheme[scheme] = inputs_of(risk)
        own = replace(of_scheme[scheme], risk=risk.model_dump(mode="json"))
        priced.append(Variant(choice, value(line, own)))
    return Indication(
        on=on,
        variants=tuple(sorted(priced, key=lambda one: one.premium.minor)),
        assumptions=(*ranged, *fixed(asked, drafts)),
        drafts=drafts,
        record_findings=tuple(f for one in drafts for f in record_findings(one.record, on)),
    )


def _drafts(asked: IndicationAsked, provider: PatentProvider, on: date) -> tuple[RightDraft, ...]:
    found = [provider.right(right.number, right.office, on=on) for right in asked.rights]
    faults = [
        Fault(f"rights[{place}].number", f"is not in {provider.source} as of {on}",
              "look at the number and the office, or bring the record in")
        for place, record in enumerate(found)
        if record is None
    ]  # fmt: skip
    if faults:
        raise Invalid("no-such-right", *faults)
    return tuple(draft(record, on) for record in found if record is not None)


def _checked(form: type[Risk], proposal: dict[str, Any]) -> Risk:
    return form.model_validate(proposal, strict=False)
