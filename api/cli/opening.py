"""What stands behind the parties before the first loss of a tape, from a JSON file."""

from fractions import Fraction
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field

from api.cli.speak import read_file
from api.schemas.split import PartyName, Ratio
from claims.rules.tape.in_turn import Opening
from kernel.money import parse_minor
from kernel.sharing import Portfolio
from kernel.wire import Amount, Code, Wire

_MOST: Final = 50

Amounts = Annotated[dict[PartyName, Amount], Field(default_factory=dict, max_length=_MOST)]
Year = Annotated[str, Field(pattern=r"^(19|20)[0-9]{2}$")]


class OpenPortfolio(Wire):
    """What a cap per portfolio counts."""

    volume: Amount
    paid: Amount


class OpeningFile(Wire):
    """Balances, payments of years, a portfolio and ratios, as they stand before the tape."""

    balances: Amounts
    paid_in_year: dict[Year, dict[PartyName, Amount]] = Field(
        default_factory=dict, max_length=_MOST
    )
    portfolio: OpenPortfolio | None = None
    ratios: dict[Code, Ratio] = Field(default_factory=dict, max_length=_MOST)


def read_opening(file: Path | None, currency: str) -> Opening:
    """Read an opening; without a file nothing is stated.

    Raises:
        Invalid: the file or an amount in it cannot be read.
    """
    if file is None:
        return Opening()
    form = read_file(OpeningFile, str(file))
    return Opening(
        balances={
            party: parse_minor(text, currency, f"balances.{party}")
            for party, text in form.balances.items()
        },
        paid_in_year={
            (party, int(year)): parse_minor(text, currency, f"paid_in_year.{year}.{party}")
            for year, paid in form.paid_in_year.items()
            for party, text in paid.items()
        },
        portfolio=_portfolio(form.portfolio, currency) if form.portfolio else None,
        ratios={name: Fraction(text) for name, text in form.ratios.items()},
    )


def _portfolio(stated: OpenPortfolio, currency: str) -> Portfolio:
    return Portfolio(
        parse_minor(stated.volume, currency, "portfolio.volume"),
        parse_minor(stated.paid, currency, "portfolio.paid"),
    )
