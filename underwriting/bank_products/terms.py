"""A bank's loan product: the terms that its file states, and those that nobody published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kernel.money import Money
from underwriting.bank_products.kinds import Aid, Basis, By, FirmKind, Method, Size
from underwriting.pricing.plan import Plan


@dataclass(frozen=True, slots=True)
class Eligible:
    """Whom it is for; what is left out is not asked.

    Attributes:
        kinds: one of them is enough.
        sizes: one of them.
        regions: first 2, 4 or 6 digits of the division code (GB/T 2260), one of them.
        age_months: since the firm was registered, at least.
        staff: at most.
        revenue: of the last year, at most.
        assets: at most.
        debt_ratio: liabilities over assets, at most.
    """

    kinds: tuple[FirmKind, ...] = ()
    sizes: tuple[Size, ...] = ()
    regions: tuple[str, ...] = ()
    age_months: int | None = None
    staff: int | None = None
    revenue: Money | None = None
    assets: Money | None = None
    debt_ratio: Fraction | None = None


@dataclass(frozen=True, slots=True)
class LimitRow:
    """The most that is lent to a kind, size or grade; for `right`, for each right of a kind."""

    by: By
    of: str
    most: Money


@dataclass(frozen=True, slots=True)
class Price:
    """The band of the interest.

    Attributes:
        basis: rate per year, or multiples of a reference rate.
        reference: name of that rate; empty for `rate`.
        low: lower end, None where only the upper is set.
        high: upper end, likewise.
        premium: most premium per year, over the loan.
        all_in: most of interest and premium together, per year.
    """

    basis: Basis
    reference: str = ""
    low: Fraction | None = None
    high: Fraction | None = None
    premium: Fraction | None = None
    all_in: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Subsidy:
    """What a public payer bears: its part, and the most for one firm in a year (None unstated)."""

    of: Aid
    payer: str
    share: Fraction
    cap: Money | None


@dataclass(frozen=True, slots=True)
class Valuation:
    """How a pledge may be valued.

    Attributes:
        methods: allowed.
        internal_below: loans below it need no appraiser; None where no method is internal.
    """

    methods: tuple[Method, ...]
    internal_below: Money | None


@dataclass(frozen=True, slots=True)
class BankProduct:
    """One loan product.

    Attributes:
        code: never edited once used; a change is a new code.
        title: English and Chinese.
        bank: who lends.
        area: where, in words.
        source: publication, with its key in `docs/sources.md`.
        grade: of the source: A official, B study, C judgement or a broker's page, K memory.
        valid_from: first day.
        valid_to: last day; None while it runs.
        currency: of its amounts.
        eligible: whom it is for.
        least: smallest loan.
        most: largest loan.
        limits: limits by what the firm is or has; the largest that applies counts.
        ip_share: least part of the loan that IP secures.
        months: shortest and longest term.
        price: band of the interest.
        plans: how it may be repaid.
        scheme: code of the loss-sharing scheme it is sold with.
        subsidies: public payers.
        papers: code -> name.
        valuation: of the pledge.
        not_published: terms that no source states.
        unverified: term -> why its value is not certain.
    """

    code: str
    title: str
    bank: str
    area: str
    source: str
    grade: str
    valid_from: date
    valid_to: date | None
    currency: str
    eligible: Eligible | None
    least: Money | None
    most: Money | None
    limits: tuple[LimitRow, ...]
    ip_share: Fraction | None
    months: tuple[int, int] | None
    price: Price | None
    plans: tuple[Plan, ...]
    scheme: str | None
    subsidies: tuple[Subsidy, ...]
    papers: Mapping[str, str]
    valuation: Valuation | None
    not_published: tuple[str, ...]
    unverified: Mapping[str, str]
