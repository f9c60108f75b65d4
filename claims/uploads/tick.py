"""The one door to the list of papers that have come: what is ticked here is received."""

from datetime import date

from claims.rules.asked import asked, with_requests
from claims.tables import ClaimRow


def tick(row: ClaimRow, code: str, on: date) -> None:
    """Record that a paper is here since a day; a later version does not move it."""
    papers = {code: on.isoformat(), **row.file["papers"]}
    row.file = {**row.file, "papers": papers}
    _keep_answers(row)


def untick(row: ClaimRow, code: str) -> None:
    """Record that a paper is missing again: the papers of the claim are not complete any more."""
    _keep_answers(row)
    papers = {name: on for name, on in row.file["papers"].items() if name != code}
    file = {name: kept for name, kept in row.file.items() if name != "completed_on"}
    row.file = {**file, "papers": papers}


def _keep_answers(row: ClaimRow) -> None:
    """Write down which requests are answered: a paper rejected later does not undo the day."""
    if requests := asked(row.file):
        row.file = with_requests(row.file, requests)
