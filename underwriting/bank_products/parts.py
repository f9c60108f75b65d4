"""The tables of a bank product's file: eligible, loan, price, subsidies, valuation."""

from typing import NamedTuple

from kernel.money import Money
from underwriting.bank_products import values
from underwriting.bank_products.kinds import Aid, Basis, By, FirmKind, Method, Size
from underwriting.bank_products.terms import Eligible, LimitRow, Price, Subsidy, Valuation
from underwriting.right_kinds import RightKind
from underwriting.schemes.reader import Table

_VALUES = {
    By.KIND: tuple(FirmKind),
    By.SIZE: tuple(Size),
    By.RIGHT: tuple(RightKind),
    By.GRADE: ("A", "B", "C", "D", "E"),
}


def read_eligible(top: Table) -> Eligible | None:
    """Read whom it is for."""
    if not top.has("eligible"):
        return None
    table = top.table("eligible")
    table.only(
        "kinds", "sizes", "regions", "age_months", "staff", "revenue", "assets", "debt_ratio"
    )
    return Eligible(
        kinds=values.some_of(table, "kinds", FirmKind),
        sizes=values.some_of(table, "sizes", Size),
        regions=values.divisions(table, "regions"),
        age_months=values.count(table, "age_months"),
        staff=values.count(table, "staff"),
        revenue=values.money(table, "revenue"),
        assets=values.money(table, "assets"),
        debt_ratio=values.share(table, "debt_ratio"),
    )


def read_limits(top: Table) -> tuple[LimitRow, ...]:
    """Read the limits by kind, size, grade or right."""
    rows: list[LimitRow] = []
    for table in top.tables("limits"):
        table.only("by", "of", "most")
        by, of, most = table.one_of("by", By), table.text("of"), values.money(table, "most")
        if most is None:
            table.missing("most")
        elif of not in _VALUES[by]:
            table.fault("of", f"{of!r} is no {by.value}", f"use one of {', '.join(_VALUES[by])}")
        elif any((row.by, row.of) == (by, of) for row in rows):
            table.fault("of", f"{of} has a limit already", "keep one of them")
        else:
            rows.append(LimitRow(by, of, most))
    return tuple(rows)


class Loan(NamedTuple):
    """What the table `loan` states."""

    least: Money | None
    most: Money | None
    months: tuple[int, int] | None


def read_loan(top: Table) -> Loan:
    """Read the bounds of amount and term."""
    table = top.table("loan")
    table.only("least", "most", "months_least", "months_most", "ip_share")
    least, most = values.money(table, "least"), values.money(table, "most")
    if least and most and least.minor > most.minor:
        table.fault("most", "is below least", "look at both")
    months = [values.count(table, f"months_{end}") for end in ("least", "most")]
    if table.has("months_least") != table.has("months_most"):
        table.fault("months_most", "stands without its other end", "state both ends")
    low, high = months
    if low is None or high is None:
        return Loan(least, most, None)
    if not 1 <= low <= high:
        table.fault("months_most", f"{low} to {high} is no term", "write 1 month or more, rising")
    return Loan(least, most, (low, high))


def read_price(top: Table, unstated: tuple[str, ...]) -> Price | None:
    """Read the band of the interest."""
    if not top.has("price"):
        return None
    table = top.table("price")
    table.only("basis", "reference", "low", "high", "premium", "all_in")
    basis = table.one_of("basis", Basis)
    if (basis is Basis.REFERENCE) != table.has("reference"):
        cure = "name the rate for reference, and for nothing else"
        table.fault("reference", f"does not go with basis {basis.value}", cure)
    most = 1 if basis is Basis.RATE else 10
    low, high = values.share(table, "low", most=most), values.share(table, "high", most=most)
    if (low is None and high is None) != ("price.band" in unstated):
        cure = "state low or high, or name price.band under not_published; one of the two"
        table.fault("high", "does not go with not_published", cure)
    if low is not None and high is not None and low > high:
        table.fault("high", f"{high} is below low {low}", "look at both")
    reference = table.text("reference", required=False)
    caps = [values.share(table, key) for key in ("premium", "all_in")]
    return Price(basis, reference, low, high, *caps)


def read_subsidies(top: Table, unstated: tuple[str, ...]) -> tuple[Subsidy, ...]:
    """Read the public payers; a cap is stated, or named among what is not published."""
    found = []
    for table in top.tables("subsidies"):
        table.only("of", "payer", "share", "cap")
        part = values.share(table, "share")
        if part is None and not table.has("share"):
            table.missing("share")
        if not table.has("cap") and "subsidies.cap" not in unstated:
            cure = "state it, or name subsidies.cap under not_published"
            table.fault("cap", "is missing; missing is not unlimited", cure)
        aid, payer = table.one_of("of", Aid), table.text("payer")
        if part is not None:
            found.append(Subsidy(aid, payer, part, values.money(table, "cap")))
    return tuple(found)


def read_valuation(top: Table) -> Valuation | None:
    """Read how a pledge may be valued."""
    if not top.has("valuation"):
        return None
    table = top.table("valuation")
    table.only("methods", "internal_below")
    methods = values.some_of(table, "methods", Method)
    if not table.has("methods"):
        table.missing("methods")
    inside = bool({Method.INTERNAL, Method.NEGOTIATED} & set(methods))
    if inside != table.has("internal_below"):
        cure = "state it where internal or negotiated value is allowed, and only there"
        table.fault("internal_below", "does not go with the methods", cure)
    return Valuation(methods, values.money(table, "internal_below"))
