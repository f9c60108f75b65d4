"""Words of closed lists that a bank product is stated in."""

from enum import StrEnum


class FirmKind(StrEnum):
    """What a public body recognised a firm as; named as the tiers of the schemes are."""

    HIGH_TECH = "high_tech"
    SCI_TECH_SME = "sci_tech_sme"
    INNOVATIVE_SME = "innovative_sme"
    SPECIALISED_SME = "specialised_sme"
    LITTLE_GIANT = "little_giant"
    NATIONAL_PROJECT = "national_project"
    SCORE_SELECTED = "score_selected"


class Size(StrEnum):
    """Size class of a borrower by the national standard; a person is no firm."""

    PERSON = "person"
    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Method(StrEnum):
    """How the value of the pledged rights was found."""

    INTERNAL = "internal"
    """By the bank's own people."""
    NEGOTIATED = "negotiated"
    """Agreed between bank and borrower."""
    APPRAISAL = "appraisal"
    """By an appraiser from outside."""


class By(StrEnum):
    """What a limit of the loan depends on."""

    KIND = "kind"
    SIZE = "size"
    GRADE = "grade"
    RIGHT = "right"


class Basis(StrEnum):
    """What a price band is stated in."""

    RATE = "rate"
    """Interest per year."""
    REFERENCE = "reference"
    """Multiples of a reference rate."""


class Aid(StrEnum):
    """What a public payer bears a part of."""

    INTEREST = "interest"
    PREMIUM = "premium"
    GUARANTEE_FEE = "guarantee_fee"
    APPRAISAL_FEE = "appraisal_fee"
