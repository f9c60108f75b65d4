"""Which accounts underwriting moves. Debit above zero, credit below; the party comes last."""

from underwriting.pricing.premium import Premium
from underwriting.rules.returns_moves import INCOME, TAX


def premium_moves(premium: Premium) -> list[tuple[str, int]]:
    """Return the premium as receivables from its payers against income and tax."""
    tax = premium.line("tax").minor
    receivable: dict[str, int] = {}
    for index, payer in enumerate(premium.payers):
        last = index == len(premium.payers) - 1
        account = f"premium_receivable:{'policyholder' if last else 'subsidy'}"
        receivable[account] = receivable.get(account, 0) + payer.amount.minor
    moves = [*receivable.items()]
    return [*moves, (INCOME, tax - premium.total.minor), (TAX, -tax)]


def letter_payment_moves(minor: int) -> list[tuple[str, int]]:
    """Return a payment to customs under a letter: the policyholder owes it back."""
    return [("letter_recourse:policyholder", minor), ("cash", -minor)]
