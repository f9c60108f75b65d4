"""Which accounts a change of the premium moves. Debit above zero, credit below; party last."""

from underwriting.rules.returns_amounts import Amounts

RECEIVABLE = "premium_receivable"
RETURNED = "return_premium_payable"
INCOME = "premium_income"
TAX = "tax_payable"


def premium_change_moves(change: Amounts) -> list[tuple[str, int]]:
    """Charge more to each payer, or owe each its part back; against income and tax.

    >>> premium_change_moves(Amounts(-106, -6, -53))[0]
    ('return_premium_payable:policyholder', -53)
    """
    payers = (("policyholder", change.policyholder), ("subsidy", change.subsidy))
    moves = [(f"{RECEIVABLE if minor > 0 else RETURNED}:{name}", minor) for name, minor in payers]
    return [*moves, (INCOME, -change.net), (TAX, -change.tax)]


def moved(moves: list[tuple[str, int]]) -> Amounts:
    """Read back from postings how the premium changed: the inverse of what is booked.

    >>> moved(premium_change_moves(Amounts(-106, -6, -53)))
    Amounts(total=-106, tax=-6, subsidy=-53)
    """
    total = tax = subsidy = 0
    for account, minor in moves:
        if account.startswith((f"{RECEIVABLE}:", f"{RETURNED}:")):
            total += minor
            subsidy += minor if account.endswith(":subsidy") else 0
        if account == TAX:
            tax -= minor
    return Amounts(total, tax, subsidy)
