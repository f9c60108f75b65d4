"""A house whose loans are reported and changed, with sensible defaults."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Any

from builders import QUOTED, a_house, a_risk, cny
from living import Living
from sqlalchemy import Engine

from kernel.money import Money
from underwriting.answer_consent import ConsentAnswer, answer_consent
from underwriting.ask_consent import AskedConsent, ask_consent
from underwriting.loan_events import consents
from underwriting.loan_events.loan_today import LoanToday, loan_today
from underwriting.loan_events.rights import right_name
from underwriting.loan_events.watched import Watched, watched
from underwriting.note_collateral import NotedNow, ToNote, note_collateral
from underwriting.record_event import Reported, record_events
from underwriting.tables import PolicyRow
from underwriting.watch.consent_kind import ConsentKind
from underwriting.watch.kinds import On
from underwriting.watch.loan_form import LoanEventForm

STARTS = date(2025, 3, 10)
HALFWAY = date(2025, 9, 10)
DUE = date(2026, 3, 10)
NUMBER = "ZL202010000001.X"
LONGER = {"loan": {"term_months": 15}}


class Lending(Living):
    """Papers of the consent desk are looked at by the tests themselves."""

    def _audit_paper(self, act: Callable[..., Any], before: set[str]) -> None:
        if act not in (ask_consent, answer_consent):
            super()._audit_paper(act, before)

    def report(self, policy: PolicyRow, *events: dict[str, Any], on: date = DUE) -> Reported:
        return self.do(record_events, policy.id, [a_form(**one) for one in events], on=on)

    def lent(self, policy: PolicyRow) -> None:
        """The whole loan is paid out on its day."""
        self.report(policy, paid_out(), on=STARTS)

    def today(self, policy: PolicyRow, on: date, **named: Any) -> LoanToday:
        return self.read(lambda s: loan_today(s, policy.id, on, **named))

    def ask_leave(
        self, policy: PolicyRow, kind: str = "extension", *, on: date = HALFWAY, **named: Any
    ) -> tuple[Any, Any]:
        """Ask; return the request and its answer, None while nobody has answered."""
        effective_on = named.pop("effective_on", on)
        actor, outside = named.pop("actor", "clerk"), named.pop("more", {})
        parts = named or LONGER
        asked = AskedConsent(ConsentKind(kind), effective_on, "as asked", a_risk(**parts))
        row = self.do(ask_consent, policy.id, asked, on=on, actor=actor, **outside)
        return row, self.answer_of(row)

    def answer(self, row: Any, *, granted: bool = True, on: date = HALFWAY, **named: Any) -> Any:
        said = ConsentAnswer(granted, "looked into", named.pop("conditions", ()))
        return self.do(answer_consent, row.id, said, on=on, **{"actor": "second", **named})

    def answer_of(self, row: Any) -> Any:
        return self.read(lambda s: consents.answer_to(s, row.id))

    def note(self, kind: str, *, on: date = HALFWAY, key: str = "", **named: Any) -> NotedNow:
        obligor = named.pop("obligor", None)
        told = ToNote(
            subject=On.OBLIGOR if obligor else On.RIGHT,
            name=obligor or right_name("CN", named.pop("number", NUMBER)),
            key=key or f"{kind}-{on}",
            kind=kind,
            happened_on=named.pop("happened_on", on),
            told_by="专利登记簿 register",
            **named,
        )
        return self.do(note_collateral, told, on=on)

    def watch(self, policy: PolicyRow, on: date) -> Watched:
        row = self.row(policy)
        return self.read(lambda s: watched(s, row, on, counts=None))


def a_lending_house(engine: Engine) -> Lending:
    house = a_house(engine)
    return Lending(**{one.name: getattr(house, one.name) for one in fields(house)})


def a_form(**stated: Any) -> LoanEventForm:
    """An event; amounts in yuan, as text."""
    amounts = {name: cny(stated.pop(name)) for name in ("principal", "interest") if name in stated}
    return LoanEventForm.model_validate({**stated, **amounts}, strict=False)


def paid_out(amount: str = "3000000.00", on: date = STARTS) -> dict[str, Any]:
    return {"key": f"out-{on}", "kind": "disbursed", "happened_on": on, "principal": amount}


def minor(text: str) -> int:
    return Money.of(text, "CNY").minor


__all__ = ["QUOTED"]
