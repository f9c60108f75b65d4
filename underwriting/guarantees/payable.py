"""What can be paid on a demand now, and what letter and declaration are once it is.

A demand that is held is paid whole. One that asks for more than is open held nothing, and is paid
as far as its declaration reaches on the day of the answer.
"""

from dataclasses import dataclass

from sqlmodel import Session

from kernel.errors import Conflict, Fault
from underwriting.guarantees import store
from underwriting.guarantees.account import account_of, beyond_of, declared_of
from underwriting.guarantees.owed import in_force_from
from underwriting.guarantees.tables import LetterDeclarationRow, LetterDemandRow, LetterRow
from underwriting.letters.declared import Held, Standing, answer, demand, payable
from underwriting.letters.usage import Use


@dataclass(frozen=True, slots=True, kw_only=True)
class Payable:
    """A payment as it could be made now, minor units.

    Attributes:
        tax: paid of the tax.
        surcharge: paid of the surcharge.
        left: what can still be demanded under the letter in all, once it is paid.
        kept: the declaration.
        held: account and declaration once it is paid.
    """

    tax: int
    surcharge: int
    left: int
    kept: LetterDeclarationRow
    held: Held

    @property
    def total(self) -> int:
        """What is paid, minor units; always above 0."""
        return self.tax + self.surcharge


def payable_of(session: Session, row: LetterRow, demanded: LetterDemandRow) -> Payable | None:
    """Return what can be paid on an open demand; None where nothing at all is open to it.

    A demand that came before the letter was in force is none under it: nothing is open to it.

    Raises:
        Conflict: `demand-open`: another demand holds the declaration, and is answered first.
    """
    kept = store.declaration(session, row.id, demanded.declaration)
    if kept is None or demanded.received_on < in_force_from(session, row):
        return None
    account, declared = account_of(row), declared_of(kept)
    beyond = beyond_of(session, row, store.terms_in_force(session, row))
    tax, surcharge = demanded.tax_minor, demanded.surcharge_minor
    if not demanded.held:
        if declared.standing is Standing.DEMANDED:
            raise _waits(demanded)
        tax, surcharge = payable(account, declared, tax, surcharge, beyond=beyond)
        if tax + surcharge == 0:
            return None
        account, declared = demand(account, declared, tax, surcharge, beyond=beyond)
    after, paid = answer(account, declared, Use.PAY)
    more = 0 if beyond is None or demanded.held else surcharge  # what is held is taken off already
    left = after.limit - after.drawn + (beyond or 0) - more
    return Payable(tax=tax, surcharge=surcharge, left=left, kept=kept, held=(after, paid))


def _waits(demanded: LetterDemandRow) -> Conflict:
    words = f"another demand on {demanded.declaration} is not answered"
    return Conflict("demand-open", Fault("reference", words, "answer the other one first"))
