"""What a letter of guarantee says: every field that is printed, exported or tested.

The legal items are those of the Customs Guarantee Regulations, article 13: customs as
beneficiary, particulars of guarantor and debtor, the obligation secured, amount, period,
liability, other matters; seal and date come with the signature.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from kernel.money import Money

Mode = Literal["single", "revolving"]
Purpose = Literal["aggregated_collection", "payment_term", "taxation_elements"]
TaxKind = Literal[
    "duty", "import_vat", "consumption_tax", "anti_dumping", "countervailing", "surcharge"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who is bound or favoured by a letter.

    Attributes:
        zh: name as registered.
        en: the same in Latin letters, as messages between banks carry it.
        register_id: unified social credit code or other register number.
        address_zh: seat.
        address_en: the same in Latin letters.
        customs_code: ten characters, of a firm registered with customs.
        lei: legal entity identifier.
        bic: of a bank or an insurer on the network.
    """

    zh: str
    en: str
    register_id: str
    address_zh: str
    address_en: str
    customs_code: str | None = None
    lei: str | None = None
    bic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarantor:
    """Who undertakes to pay.

    Attributes:
        party: the legal person.
        branch_zh: the branch that issues and receives demands.
        branch_en: the same in Latin letters.
        licence: number of the licence under which it may guarantee.
        contact: where demands are sent: telephone or mail.
    """

    party: Party
    branch_zh: str
    branch_en: str
    licence: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A customs district in whose favour the letter is; a letter must cover both roles."""

    code: str
    zh: str
    en: str
    role: Literal["registering", "declaring", "both"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surcharge:
    """Late surcharge: per 1 a day of unpaid tax, and whether it counts within the amount.

    Attributes:
        rate_per_day: 0.0005 in China from 1 December 2024.
        limit: most that is paid beyond the amount; None where it counts within.
        source: key of the rule.
    """

    rate_per_day: Fraction
    limit: Money | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandPaper:
    """A document that a demand must hold: nothing else is a condition of payment."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Demands:
    """How payment is demanded.

    Attributes:
        papers: at least one.
        days: from the day after receipt to payment.
        day_kind: which days are counted.
        examination_days: working days in which a demand must be refused, or it is to be paid.
        place_zh: where a demand is presented.
        place_en: the same in Latin letters.
        medium: in which form.
        partial: may less than the whole be demanded?
        multiple: may it be demanded more than once?
    """

    papers: tuple[DemandPaper, ...]
    days: int
    day_kind: Literal["working", "calendar"]
    examination_days: int
    place_zh: str
    place_en: str
    medium: Literal["paper", "electronic", "both"]
    partial: bool = True
    multiple: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A declaration that a single letter is for."""

    number: str
    on: date
    tax: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledged:
    """A right behind the letter; on a schedule of the counter-security and not in the letter.

    Attributes:
        number: of the right.
        title: of the right.
        registration: number of the pledge; None where it is not registered yet.
        registered_on: from this day the pledge is there.
        value: appraised.
        haircut: per 1.
        rank: 1 is first.
        expires: of the right.
    """

    number: str
    title: str
    registration: str | None
    registered_on: date | None
    value: Money
    haircut: Fraction
    rank: int
    expires: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTerms:
    """One version of a letter, whole.

    Attributes:
        number: at most 16 characters A to Z and 0 to 9, the last a check character.
        version: 1 as issued; each amendment is the next.
        policy_number: the policy that it is issued under.
        regime: whose customs law: a key of `regimes.toml`.
        kind: a letter, or a policy that customs takes in its place.
        nature: joint and several liability, or independent.
        rules: uniform rules that it is subject to.
        mode: one declaration, or many.
        purposes: for which customs releases goods against it.
        beneficiaries: districts, at least one.
        debtor: the importer.
        guarantor: who pays.
        obligation_zh: the obligation secured.
        obligation_en: the same in English.
        taxes: kinds of tax that it covers.
        amount: most that is guaranteed at a time.
        restored: is the amount free again when tax is paid?
        surcharge: late surcharge.
        issued_on: its date.
        place_zh: where it is issued.
        place_en: the same in Latin letters.
        usable_from: first day on which a declaration may use it.
        usable_until: last such day.
        claim_until: last day of demand.
        effective_on: what brings it into force.
        demands: how payment is demanded.
        transferable: may the beneficiary assign it?
        law_zh: what governs it.
        law_en: the same in English.
        court_zh: where disputes go.
        court_en: the same in English.
        charges: who pays them.
        declarations: that a single letter is for; empty where it revolves.
        security: what stands behind it.
        prevailing: which language decides.
        demonstration: signed by a self-made authority; printed on every page.
    """

    number: str
    version: int
    policy_number: str
    regime: Literal["CN", "US", "EU"]
    kind: Literal["letter", "policy"]
    nature: Literal["joint_and_several", "independent"]
    rules: Literal["NONE", "URDG", "ISPR", "OTHR"]
    mode: Mode
    purposes: tuple[Purpose, ...]
    beneficiaries: tuple[District, ...]
    debtor: Party
    guarantor: Guarantor
    obligation_zh: str
    obligation_en: str
    taxes: tuple[TaxKind, ...]
    amount: Money
    restored: bool
    surcharge: Surcharge
    issued_on: date
    place_zh: str
    place_en: str
    usable_from: date
    usable_until: date
    claim_until: date
    effective_on: Literal["customs_acceptance", "issue"]
    demands: Demands
    transferable: bool
    law_zh: str
    law_en: str
    court_zh: str
    court_en: str
    charges: Literal["debtor", "guarantor"]
    declarations: tuple[Declaration, ...]
    security: tuple[Pledged, ...]
    prevailing: Literal["zh", "en"]
    demonstration: bool
