"""What is known beside the terms when a letter is to be issued."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from kernel.money import Money

CreditClass = Literal["advanced", "ordinary", "discredited"]
IssuerKind = Literal["bank", "insurer", "finance_company", "guarantee_company", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Facts that decide whether a letter may be issued. None is not known, and never nothing.

    Attributes:
        highest_tax: highest tax that could be open at once under the letter.
        last_due: last day on which covered tax can fall due.
        debtor_credit: class that customs gave the importer.
        issuer_kind: what the guarantor is licensed as.
        usable_months: most months that the tariff lets a letter be used.
        pledged: does a pledge stand behind the letter?
        pledge_registered_on: day of the register's entry, the last where there are several; the
            arrears are checked before the first.
        arrears_checked_on: day of the tax office's certificate.
        arrears: tax that it says is owed; nothing owed is stated as 0.
        accepted_rights: numbers of the rights that underwriting took as pledge.
        required: least amount by a regime whose customs sets one: see `bond` and
            `reference_amount`; unused where the law sets a highest amount instead.
    """

    highest_tax: Money
    last_due: date
    debtor_credit: CreditClass | None
    issuer_kind: IssuerKind
    usable_months: int
    pledged: bool
    pledge_registered_on: date | None = None
    arrears_checked_on: date | None = None
    arrears: Money | None = None
    accepted_rights: tuple[str, ...] = ()
    required: Money | None = None
