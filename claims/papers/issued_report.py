"""The paper of a statement or report, filled from its figures."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from claims.reports.period import Asked
from claims.rules.reporting.changes import Change
from claims.rules.reporting.figure import Figure
from claims.rules.reporting.template import Template
from documents.forms.issued_report import IssuedReport, PrintedChange, PrintedFigure, PrintedRow


def issued_report(
    template: Template,
    asked: Asked,
    figures: Sequence[Figure],
    changes: Sequence[Change],
    *,
    number: str,
    edition: int,
    whom: str,
    insurer: str,
    on: date,
) -> IssuedReport:
    """Return an edition as it is printed: every figure in words, each change with both."""
    grade = f"{template.source} ({template.grade})"
    rest = f"未核实 unverified: {template.unverified}"
    return IssuedReport(
        number=number,
        insurer_name=insurer,
        issued_on=on,
        subject_zh=template.zh,
        subject_en=template.en,
        whom=whom,
        opens_on=asked.opens_on,
        closes_on=asked.closes_on,
        edition=edition,
        clause=template.clause,
        source=grade,
        rows=tuple(
            PrintedRow(name, tuple(map(_printed, each)))
            for name, each in groupby(figures, key=lambda one: one.row)
        ),
        changes=tuple(
            PrintedChange(one.row, one.zh, one.en, one.before, one.after) for one in changes
        ),
        notes=(*template.notes, *((rest,) if template.unverified else ())),
    )


def _printed(one: Figure) -> PrintedFigure:
    return PrintedFigure(one.zh, one.en, one.words, one.note)
