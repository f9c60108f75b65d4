"""The letters of a call, filled from the call, its settlement and its claim."""

from claims.calls.made_of import MadeOf
from claims.calls.tables import CallRow
from claims.facts import Case
from claims.rules.unverified import unverified_said
from claims.worded import party_called, reason_told, terms_told
from documents.forms.call_letter import CallLetter
from documents.forms.call_refund import CallRefund
from documents.forms.call_rows import Attached, Called, Reckoned
from kernel.desk import Desk
from kernel.money import Money
from kernel.sharing import Role
from underwriting.papers import parts


def called(case: Case, row: CallRow, *, insurer: str) -> Called:
    """Return who is called, on which claim, as every paper of a call says it."""
    party = row.party
    scheme = case.scheme.scheme
    return Called(
        party=party_called(case, party),
        role=parts.ROLES[scheme.roles[party]],
        payee=_payee(case, row, insurer),
        call_number=number_of(case, row),
        claim_number=case.claim.number,
        policy_number=case.policy.number,
        scheme_code=scheme.code,
        scheme_title=scheme.title,
        insured=case.bank,
        debtor=case.contract.policyholder,
    )


def _payee(case: Case, row: CallRow, insurer: str) -> str:
    """Return who is paid: the insured bank and the house by their names, a party by its role."""
    if row.payee == case.contract.issuer:
        return insurer
    if row.payee == Role.BANK.value:
        return case.bank
    return party_called(case, row.payee)


def call_letter(
    case: Case, row: CallRow, made: MadeOf, papers: tuple[Attached, ...], *, desk: Desk
) -> CallLetter:
    """Return the call as it is printed: its lines add up to what is asked."""
    unverified = case.scheme.scheme.unverified
    return CallLetter(
        number=number_of(case, row),
        insurer_name=desk.insurer,
        issued_on=desk.on,
        called=called(case, row, insurer=desk.insurer),
        reckoned=_reckoned(case, row, made, sign=1),
        asked=Money(row.amount_minor, row.currency),
        pay_by=row.due_on,
        days=case.contract.call_working_days,
        clause=terms_told(case, row.clause),
        papers=papers,
        notes=tuple(unverified_said(term, why) for term, why in unverified.items()),
    )


def call_refund(
    case: Case, row: CallRow, made: MadeOf, papers: tuple[Attached, ...], *, desk: Desk
) -> CallRefund:
    """Return the refund as it is printed."""
    return CallRefund(
        number=number_of(case, row),
        insurer_name=desk.insurer,
        issued_on=desk.on,
        called=called(case, row, insurer=desk.insurer),
        reckoned=_reckoned(case, row, made, sign=-1),
        refunded=Money(row.amount_minor, row.currency),
        pay_by=row.due_on,
        clause=terms_told(case, row.clause),
        papers=papers,
    )


def number_of(case: Case, row: CallRow) -> str:
    """Return the number under which a call is known to people."""
    return f"{case.claim.number}-C{row.sequence}"


def _reckoned(case: Case, row: CallRow, made: MadeOf, *, sign: int) -> tuple[Reckoned, ...]:
    """The share by the layers, what fuses and caps made of it, and what was paid before."""

    def line(words: str, minor: int) -> Reckoned:
        return Reckoned(words, Money(sign * minor, row.currency))

    lines = [line("按方案各层应承担 share by the layers of the scheme", made.due)]
    if made.steps:
        lines.append(
            line("; ".join(reason_told(case, one) for one in made.steps), made.borne - made.due)
        )
    before = made.borne - sign * row.amount_minor
    if before:
        lines.append(line("此前已付 paid before, net of refunds", -before))
    return tuple(lines)
