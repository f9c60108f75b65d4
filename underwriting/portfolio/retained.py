"""What the insurer keeps of a sum insured: its own share of a whole loss today."""

from kernel.money import Money
from kernel.sharing import Facts, Loss, Scheme, split


def retained(
    scheme: Scheme, facts: Facts, issuer: str, *, sum_insured: Money, amount: Money
) -> Money:
    """Return the issuer's part of a whole loss, caps, fuses and empty pools of today counted.

    `amount` is the loan, or the sum insured where there is none; what the sum insured exceeds
    it by is taken as interest. What others owe and cannot pay today is the issuer's where the
    scheme names it residual.
    """
    principal = min(sum_insured.minor, amount.minor)
    whole = Loss(principal, sum_insured.minor - principal, 0, sum_insured.currency)
    return Money(split(scheme, whole, facts).paid_by(issuer), sum_insured.currency)
