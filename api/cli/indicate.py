"""`zhibao indicate`: a range of price from patent numbers and a loan, without a database."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from pydantic import Field

from api.cli.speak import read_file
from api.schemas.indications import indication_answer
from api.schemas.split import PartyName, Ratio
from kernel.clock import SystemClock
from kernel.errors import invalid
from kernel.money import parse_minor
from kernel.sharing import Facts
from kernel.wire import Amount, Day
from underwriting.figures import house_figures
from underwriting.fits import fits_in_force
from underwriting.indicate import indication_on
from underwriting.indication.asked import IndicationAsked
from underwriting.inputs import Inputs
from underwriting.portfolio.exposures import Exposures
from underwriting.portfolio.limits import load_limits
from underwriting.preview import scheme_named
from underwriting.product import Asked, Risk
from underwriting.products import product
from underwriting.providers.edge import open_rights


class IndicationFile(IndicationAsked):
    """Patent numbers and a loan, with what a named scheme asks of the day."""

    on: Day | None = Field(None, description="Business date; today without it")
    balances: dict[PartyName, Amount] = Field(default_factory=dict)
    paid_this_year: dict[PartyName, Amount] = Field(default_factory=dict)
    ratios: dict[PartyName, Ratio] = Field(default_factory=dict)


def run_indicate(
    file: str, patents: Path | None, schemes: Path | None, counts: Path | None = None
) -> dict[str, Any]:
    """Return the indication on a file's numbers and loan.

    Args:
        file: JSON, or `-` for standard input.
        patents: CSV or JSON file of rights; None is refused.
        schemes: folder of further schemes, or None.
        counts: file of the house's own counts, or None.

    Raises:
        Invalid: a field is wrong, a number is unknown, or a fact is missing; each with its cure.
    """
    if patents is None:
        cure = "give --patents FILE, or set ZHIBAO_PATENTS"
        raise invalid("patents", "no source of patent facts is named", cure)
    request = read_file(IndicationFile, file)
    today: date = request.on or SystemClock().today()

    def inputs_of(risk: Risk) -> Inputs:
        line, asked = product(risk.product), risk.asked()
        return Inputs(
            product=line.code,
            risk=risk.model_dump(mode="json"),
            scheme=scheme_named(asked.scheme, schemes, may_replace=True),
            terms=line.terms,
            priors=house_figures(counts),
            fits=fits_in_force(line.code, today),
            facts=_facts(request, asked),
            exposures=Exposures.nothing(asked.amount.currency),
            limits=load_limits(),
            on=today,
        )

    found = indication_on(request, open_rights(patents), inputs_of, today)
    return indication_answer(found).model_dump(mode="json")


def _facts(request: IndicationFile, asked: Asked) -> Facts:
    currency = asked.amount.currency
    balances, paid = (
        {party: parse_minor(text, currency, f"{field}.{party}") for party, text in stated.items()}
        for field, stated in (
            ("balances", request.balances),
            ("paid_this_year", request.paid_this_year),
        )
    )
    return Facts(
        loan_minor=asked.amount.minor,
        ip_share=asked.ip_share,
        tier=asked.tier,
        balances=balances,
        paid_this_year=paid,
        ratios={measure: Fraction(value) for measure, value in request.ratios.items()},
    )
