"""The most that a product lends to one firm: of the rows that apply, the largest."""

from kernel.money import Money
from underwriting.bank_products.asked import FirmFacts
from underwriting.bank_products.kinds import By
from underwriting.bank_products.terms import BankProduct, LimitRow

_ASKED = {
    By.KIND: ("what the firm is recognised as", "企业资质"),
    By.SIZE: ("the size class", "企业规模"),
    By.GRADE: ("the grade of the knowledge-value score", "知识价值信用等级"),
    By.RIGHT: ("the rights in force, by kind", "有效知识产权数量"),
}


def limit_of(
    product: BankProduct, firm: FirmFacts
) -> tuple[Money | None, tuple[tuple[str, str], ...]]:
    """Return the limit, None where none is known, and the facts that are missing for its rows.

    A firm with no row of the table is lent nothing. While a fact is missing, only `loan.most`
    binds.
    """
    if not product.limits:
        return product.most, ()
    missing = tuple(_ASKED[by] for by in dict.fromkeys(row.by for row in product.limits)
                    if not _knows(firm, by))  # fmt: skip
    if missing:
        return product.most, missing
    best = _best(product, firm)
    if product.most is not None and product.most.minor < best.minor:
        best = product.most
    return best, ()


def _best(product: BankProduct, firm: FirmFacts) -> Money:
    """Sum what each right earns; beside it take the largest single row."""
    single = [row.most.minor for row in product.limits if _applies(row, firm)]
    per_right = [
        row.most.minor * (firm.rights or {}).get(kind, 0)
        for row in product.limits
        if row.by is By.RIGHT
        for kind in (firm.rights or {})
        if kind.value == row.of
    ]
    return Money(max([*single, sum(per_right)], default=0), product.currency)


def _applies(row: LimitRow, firm: FirmFacts) -> bool:
    return {
        By.KIND: row.of in (firm.kinds or ()),
        By.SIZE: row.of == firm.size,
        By.GRADE: row.of == firm.score_grade,
        By.RIGHT: False,
    }[row.by]


def _knows(firm: FirmFacts, by: By) -> bool:
    known = {
        By.KIND: firm.kinds,
        By.SIZE: firm.size,
        By.GRADE: firm.score_grade,
        By.RIGHT: firm.rights,
    }
    return known[by] is not None
