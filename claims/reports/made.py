"""The figures of a report, by the records that its template counts."""

from collections.abc import Callable, Mapping
from typing import Final

from sqlmodel import Session

from claims.reports.bordereau_figures import bordereau_figures
from claims.reports.limits import limits
from claims.reports.period import Asked
from claims.reports.records import policies
from claims.reports.statement import statement
from claims.rules.reporting.engine import Records, figures
from claims.rules.reporting.figure import Figure
from claims.rules.reporting.template import Template

_COUNTED: Final[Mapping[str, Callable[[Session, Asked, Template], Records]]] = {
    "policies": policies,
    "limits": lambda session, asked, _: limits(session, asked),
}
"""Records that the engine counts by a template's columns."""
_STATED: Final[Mapping[str, Callable[[Session, Asked], tuple[Figure, ...]]]] = {
    "statement": statement,
    "bordereau": bordereau_figures,
}
"""Accounts that are told line by line."""
RECORDS: Final = (*_COUNTED, *_STATED)


def made(session: Session, template: Template, asked: Asked) -> tuple[Figure, ...]:
    """Return every figure of a report, by all that is known now."""
    stated = _STATED.get(template.records)
    if stated is not None:
        return stated(session, asked)
    assert template.records in _COUNTED, f"{template.code} counts what nobody keeps"
    return figures(template, _COUNTED[template.records](session, asked, template))
