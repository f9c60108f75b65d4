"""The papers that lie with a call or a filing: those of the house, and those of the claim."""

from collections.abc import Iterable
from typing import Final

from claims.facts import Case
from claims.tables import SettlementRow
from documents.forms.call_rows import Attached

_OWN: Final = {
    "claim_receipt": "报案受理回执 claim receipt",
    "decision_letter": "核定通知书 decision letter",
    "recovery_statement": "追偿分配书 recovery statement",
}
"""Papers of the house that a party is shown, and their names."""


def attached(
    case: Case, settlement: SettlementRow, papers: Iterable[tuple[str, str]]
) -> tuple[Attached, ...]:
    """Return the settlement statement, the house's papers before it, and the claim's papers.

    `papers` are kind and number of what the house issued on the claim, oldest first.
    """
    statement = f"{case.claim.number}-S{settlement.sequence}"
    issued = [Attached(_OWN[kind], number) for kind, number in papers if kind in _OWN]
    received = [
        Attached(name, case.claim.file["papers"][code])
        for code, name in case.contract.papers.items()
        if code in case.claim.file["papers"]
    ]
    return (Attached("赔款理算书 settlement statement", statement), *issued, *received)
