"""Breaches of each rule of issue, each alone: terms or evidence with the ground they must have."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from letters_sample import (
    DEBTOR,
    DECLARING,
    GUARANTOR,
    PLEDGED,
    REGISTERING,
    a_letter,
    a_single_letter,
)

from kernel.money import Money
from underwriting.letters.refusals import Evidence, refusals
from underwriting.letters.terms import LetterTerms, Surcharge

DAY = timedelta(days=1)
LETTER = a_letter()
SINGLE = a_single_letter()
RATE = LETTER.surcharge.rate_per_day


def cny(yuan: int) -> Money:
    return Money(yuan * 100, "CNY")


EVIDENCE = Evidence(
    highest_tax=cny(5_000_000),
    last_due=date(2028, 2, 27),
    debtor_credit="ordinary",
    issuer_kind="insurer",
    usable_months=12,
    pledged=True,
    pledge_registered_on=date(2026, 11, 16),
    arrears_checked_on=date(2026, 11, 16),
    arrears=cny(0),
    accepted_rights=(PLEDGED.number,),
)


def codes(terms: LetterTerms, **known: Any) -> list[str]:
    return [one.code for one in refusals(terms, replace(EVIDENCE, **known))]


def demands(**changes: Any) -> Any:
    return replace(LETTER.demands, **changes)


def surcharge(rate: Fraction = RATE, limit: Money | None = None) -> Surcharge:
    return Surcharge(rate_per_day=rate, limit=limit, source="tariff-law-2024")


def as_guarantor(**changes: str) -> Any:
    return replace(GUARANTOR, party=replace(GUARANTOR.party, **changes))


MOST_SURCHARGE = round(500_000_000 * 0.0005 * (LETTER.claim_until - LETTER.usable_from).days)

TERMS: list[tuple[str, LetterTerms]] = [
    ("above-highest-tax", a_letter(amount=Money(500_000_001, "CNY"))),
    ("amount-nothing", a_letter(amount=cny(0))),
    ("surcharge-rate", a_letter(surcharge=surcharge(Fraction(1, 1000)))),
    ("surcharge-limit", a_letter(surcharge=surcharge(limit=cny(0)))),
    ("surcharge-limit", a_letter(surcharge=surcharge(limit=Money(MOST_SURCHARGE + 1, "CNY")))),
    ("surcharge-not-covered", a_letter(surcharge=surcharge(limit=cny(1)), taxes=("duty",))),
    ("foreign-currency", a_letter(surcharge=surcharge(limit=Money(1, "USD")))),
    ("claim-until-too-early", a_letter(claim_until=EVIDENCE.last_due)),
    ("usable-too-long", a_letter(usable_until=date(2027, 11, 23))),
    ("usable-before-issue", a_letter(issued_on=LETTER.usable_from + DAY)),
    ("days-out-of-order", a_letter(usable_from=LETTER.usable_until + DAY)),
    ("guarantor-is-debtor", a_letter(guarantor=as_guarantor(zh=DEBTOR.zh))),
    ("guarantor-is-debtor", a_letter(guarantor=as_guarantor(register_id=DEBTOR.register_id))),
    ("party-number", a_letter(debtor=replace(DEBTOR, register_id="9" * 18))),
    ("district-twice", a_letter(beneficiaries=(REGISTERING, DECLARING, DECLARING))),
    ("declaring-district-missing", a_letter(beneficiaries=(REGISTERING,))),
    ("registering-district-missing", a_letter(beneficiaries=(DECLARING,))),
    ("rules-for-independent", a_letter(rules="URDG")),
    ("no-demand-paper", a_letter(demands=demands(papers=()))),
    ("demand-days", a_letter(demands=demands(days=4))),
    ("demand-days", a_letter(demands=demands(examination_days=0))),
    ("revolving-with-declaration", a_letter(declarations=SINGLE.declarations)),
    ("no-taxes", a_letter(taxes=())),
    ("taxes-twice", a_letter(taxes=("duty", "duty"))),
    ("no-purposes", a_letter(purposes=())),
    ("purposes-twice", a_letter(purposes=("payment_term", "payment_term"))),
    ("letter-number", a_letter(number="CGL2600000001F")),
    ("number-too-long", a_letter(number="CGL26000000000001")),
    ("english-missing", a_letter(court_en="")),
    ("english-character", a_letter(place_en="Chéngdu")),
    ("right-expires", a_letter(security=(replace(PLEDGED, expires=date(2028, 5, 30)),))),
    ("pledge-not-registered", a_letter(security=(replace(PLEDGED, registration=None),))),
    ("pledge-not-registered", a_letter(security=(replace(PLEDGED, registered_on=None),))),
    ("pledge-after-issue", a_letter(security=(replace(PLEDGED, registered_on=date(2026, 12, 1)),))),
    ("right-not-accepted", a_letter(security=(replace(PLEDGED, number="ZL1"),))),
    ("pledge-mismatch", a_letter(security=())),
    (
        "arrears-checked-late",  # of two pledges the first counts
        a_letter(security=(replace(PLEDGED, registered_on=date(2026, 11, 15)), PLEDGED)),
    ),
]


SINGLES: list[tuple[str, LetterTerms]] = [
    ("single-without-declaration", a_single_letter(declarations=())),
    ("single-restored", a_single_letter(restored=True)),
    ("below-declared-tax", a_single_letter(amount=Money(465_230_16, "CNY"))),
    ("declared-outside-use", a_single_letter(usable_from=date(2026, 11, 24))),
    (
        "declaration-twice",
        a_single_letter(amount=cny(1_000_000), declarations=2 * SINGLE.declarations),
    ),
]  # fmt: skip


KNOWN: list[tuple[str, dict[str, Any]]] = [
    ("above-highest-tax", {"highest_tax": Money(499_999_999, "CNY")}),
    ("highest-tax-currency", {"highest_tax": Money(5_000_000_00, "USD")}),
    ("claim-until-too-early", {"last_due": LETTER.claim_until}),
    ("last-due-before-use-ends", {"last_due": LETTER.usable_until - DAY}),
    ("usable-too-long", {"usable_months": 9}),
    ("debtor-discredited", {"debtor_credit": "discredited"}),
    ("credit-class-unknown", {"debtor_credit": None}),
    ("arrears-not-checked", {"arrears_checked_on": None}),
    ("arrears-checked-late", {"arrears_checked_on": date(2026, 11, 17)}),
    ("arrears-not-stated", {"arrears": None}),
    ("arrears-exhaust-pledge", {"arrears": cny(6_000_000)}),
    ("arrears-exhaust-pledge", {"arrears": Money(1, "USD")}),
    ("pledge-not-registered", {"pledge_registered_on": None}),
    ("pledge-after-issue", {"pledge_registered_on": date(2026, 11, 21)}),
    ("right-not-accepted", {"accepted_rights": ()}),
    ("pledge-mismatch", {"pledged": False}),
]
