"""What a paper of a claim calls those whom it concerns: each kind of claim has words of its own."""

from dataclasses import dataclass
from typing import Final

from documents.blocks import Label


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """The words of one kind of claim.

    Attributes:
        insured: who claims.
        debtor: the policyholder.
        event: the day of the insured event.
        payment: what is paid.
    """

    insured: Label
    debtor: Label
    event: Label
    payment: Label


OF_A_LOAN: Final = ClaimWords(
    Label("索赔银行", "Bank"),
    Label("借款人", "Borrower"),
    Label("违约日", "Default date"),
    Label("应付银行赔款", "Payment to the bank"),
)
"""Words of papers that were filed before each kind had its own: all were of loans."""
