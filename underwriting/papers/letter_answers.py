"""The two answers to a demand on a letter: refused, or paid."""

from collections.abc import Sequence
from datetime import date

from documents.blocks import Finding as PrintedFinding
from documents.blocks import Label
from documents.forms.letter_refusal import Demanded, LetterRefusal
from documents.forms.payment_advice import PaidLine, PaymentAdvice
from kernel.finding import Finding
from kernel.money import Money
from underwriting.letters.terms import LetterTerms
from underwriting.papers.letter_parts import concerned, proof

HELD = Label("留存备取", "Held at the presenter's disposal")


def letter_refusal(
    terms: LetterTerms,
    demanded: Demanded,
    discrepancies: Sequence[Finding],
    *,
    number: str,
    on: date,
    refused_by: date,
    code_url: str,
    content_hash: str,
    papers: Label = HELD,
    signatory: str | None = None,
    late: bool = False,
) -> LetterRefusal:
    """Return the refusal as it is printed: every finding, whatever its effect, is a ground.

    Args:
        terms: the version under which was demanded.
        demanded: the demand.
        discrepancies: all of them, at least one.
        number: of the notice.
        on: its date; after `refused_by` only where nothing could be paid.
        refused_by: last day on which the demand can be refused.
        code_url: public page of the letter.
        content_hash: of that version.
        papers: what becomes of the papers presented.
        signatory: as of the letter.
        late: is it refused after `refused_by`, because nothing of it could be paid?
    """
    return LetterRefusal(
        number=number,
        insurer_name=terms.guarantor.party.zh,
        letter=concerned(terms),
        demanded=demanded,
        refused_by=refused_by,
        papers=papers,
        discrepancies=tuple(
            PrintedFinding(one.code, f"{one.zh} {one.en}", one.clause, one.cure)
            for one in discrepancies
        ),
        proof=proof(
            terms, on=on, code_url=code_url, content_hash=content_hash, signatory=signatory
        ),
        late=late,
    )


def payment_advice(
    terms: LetterTerms,
    demanded: Demanded,
    lines: Sequence[PaidLine],
    *,
    number: str,
    on: date,
    paid_before: Money,
    left: Money,
    account: str,
    code_url: str,
    content_hash: str,
    signatory: str | None = None,
) -> PaymentAdvice:
    """Return the advice of a payment as it is printed; what was paid is the sum of its lines.

    Args:
        terms: the version under which was demanded.
        demanded: the demand.
        lines: what was paid, at least one, in one currency.
        number: of the advice.
        on: value date.
        paid_before: under the letter, before this payment.
        left: what can still be demanded in all.
        account: to which it was paid.
        code_url: public page of the letter.
        content_hash: of that version.
        signatory: as of the letter.
    """
    paid = Money(0, demanded.amount.currency)
    for one in lines:
        paid += one.amount
    return PaymentAdvice(
        number=number,
        insurer_name=terms.guarantor.party.zh,
        letter=concerned(terms),
        demanded=demanded,
        lines=tuple(lines),
        paid=paid,
        paid_before=paid_before,
        left=left,
        value_on=on,
        account=account,
        proof=proof(
            terms, on=on, code_url=code_url, content_hash=content_hash, signatory=signatory
        ),
    )
