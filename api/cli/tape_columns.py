"""Which column of a tape of losses holds what."""

from dataclasses import dataclass, fields
from typing import Final

from kernel.errors import Fault, Invalid

LINES: Final = ("principal", "interest", "costs")
"""Lines of a loss, in the order of `kernel.sharing.Loss`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where the table keeps what; None where it does not.

    Attributes:
        principal: unpaid principal; a blank or nought is no loss.
        interest: unpaid ordinary interest.
        costs: of enforcement.
        loan: the insured loan.
        on: day of the settlement, by which losses are taken in turn.
        by: what vintages are counted by.
        ip_share: part of the loan that IP secures, such as 0.8.
        tier: of the borrower.
    """

    principal: str
    loan: str
    interest: str | None = None
    costs: str | None = None
    on: str | None = None
    by: str | None = None
    ip_share: str | None = None
    tier: str | None = None

    def named(self) -> dict[str, str]:
        """Return option -> column of all that are given."""
        every = {f"--columns {name}": getattr(self, name) for name in self.__slots__}
        return {option: column for option, column in every.items() if column is not None}


def columns_of(text: str) -> Columns:
    """Read `name=column` pairs set apart by commas.

    Raises:
        Invalid: a name is unknown or stands twice, or principal or loan is missing.

    >>> columns_of("principal=lost, loan=lent").loan
    'lent'
    """
    known = [one.name for one in fields(Columns)]
    cure = f"write principal=COLUMN,loan=COLUMN and any of {', '.join(known[2:])}"
    given: dict[str, str] = {}
    faults = []
    for pair in text.split(","):
        name, _, column = (part.strip() for part in pair.partition("="))
        if name not in known or not column or name in given:
            faults.append(Fault("--columns", f"{pair.strip()!r} cannot be read", cure))
        given[name] = column
    faults += [
        Fault("--columns", f"{name} is missing", cure)
        for name in ("principal", "loan")
        if name not in given
    ]
    if faults:
        raise Invalid("columns-not-read", *faults)
    return Columns(**given)
