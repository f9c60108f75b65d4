"""The papers of the dialogue on a call: dispute, receipt, notice of default."""

from collections.abc import Sequence

from claims.calls.filing import FilingRule
from claims.calls.papers.called import called, number_of
from claims.calls.speak import Said
from claims.calls.tables import CallPaymentRow, CallRow
from claims.facts import Case
from claims.worded import party_called
from documents.forms.call_default import CallDefault
from documents.forms.call_dispute import CallDispute
from documents.forms.call_receipt import CallReceipt, PartPaid
from kernel.desk import Desk
from kernel.money import Money
from kernel.sharing import UNCOVERED


def call_dispute(case: Case, row: CallRow, said: Said, *, desk: Desk) -> CallDispute:
    """Return the dispute as it was taken down."""
    return CallDispute(
        number=f"{number_of(case, row)}-D",
        insurer_name=desk.insurer,
        issued_on=desk.on,
        called=called(case, row, insurer=desk.insurer),
        asked=Money(row.amount_minor, row.currency),
        disputed=Money(row.disputed_minor, row.currency),
        undisputed=Money(row.open_minor - row.disputed_minor, row.currency),
        pay_by=row.due_on,
        reason=said.words,
        clause=said.clause,
    )


def call_receipt(
    case: Case, row: CallRow, payments: Sequence[CallPaymentRow], *, desk: Desk
) -> CallReceipt:
    """Return the receipt of a call that was paid, with every part of it."""
    return CallReceipt(
        number=f"{number_of(case, row)}-Q",
        insurer_name=desk.insurer,
        issued_on=desk.on,
        called=called(case, row, insurer=desk.insurer),
        paid=Money(row.paid_minor, row.currency),
        parts=tuple(
            PartPaid(one.reference, one.value_date, Money(one.amount_minor, one.currency))
            for one in payments
        ),
        due_on=row.due_on,
    )


def call_default(case: Case, row: CallRow, rule: FilingRule, *, desk: Desk) -> CallDefault:
    """Return the notice of default with its days to cure."""
    assert row.cure_until is not None, "a notice gives days to cure"
    residual = case.scheme.scheme.residual
    nobody = residual in (UNCOVERED, row.party)
    unverified = "（未经核实 not verified）" if rule.grade == "K" else ""
    return CallDefault(
        number=f"{number_of(case, row)}-N",
        insurer_name=desk.insurer,
        issued_on=desk.on,
        called=called(case, row, insurer=desk.insurer),
        asked=Money(row.amount_minor, row.currency),
        paid=Money(row.paid_minor, row.currency),
        owed=Money(row.open_minor, row.currency),
        due_on=row.due_on,
        cure_until=row.cure_until,
        residual="无人 nobody, uncovered" if nobody else party_called(case, residual),
        rule=f"{rule.cure_days} 个工作日 working days{unverified}",
    )
