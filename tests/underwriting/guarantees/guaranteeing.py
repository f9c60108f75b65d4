"""A house with a bound customs guarantee, a signer of its own, and letters under it."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pytest
from builders import House, a_desk, a_house
from letter_stated import STATED, a_letter_risk
from sqlalchemy import Engine

from documents.sealing import Signer, open_signer
from kernel.db.engine import read, transact
from kernel.errors import Refusal
from underwriting.answer_letter import accept_letter
from underwriting.approve_letter import approve_letter
from underwriting.draft_letter import draft_letter
from underwriting.end_letter import (
    release_letter,
    release_sheets,
    revocation_sheets,
    revoke_letter,
)
from underwriting.guarantees import store
from underwriting.guarantees.audit import verify_letters
from underwriting.guarantees.paper import drawn
from underwriting.guarantees.stated import (
    DemandStated,
    EndStated,
    LetterStated,
    UseStated,
)
from underwriting.pay_demand import pay_demand, payment_sheets
from underwriting.products import product
from underwriting.receive_demand import receive_demand
from underwriting.refuse_demand import refusal_sheets, refuse_demand
from underwriting.reserve_tax import release_tax, reserve_tax
from underwriting.send_letter import send_letter
from underwriting.sign_letter import sheets_to_sign, sign_letter
from underwriting.store import PolicyRow

QUOTED = date(2025, 3, 3)
URL = "https://letters.example"


def stated(**parts: Any) -> LetterStated:
    """What is stated of a letter, with parts of it replaced."""
    return LetterStated.model_validate({**deepcopy(STATED), **parts}, strict=False)


def a_use(declaration: str = "D1", amount: str = "260000.00", **parts: Any) -> UseStated:
    """A declaration of the sample: its VAT."""
    said = {
        "declaration": declaration,
        "district": "7901",
        "amount": {"amount": amount, "currency": "CNY"},
        "on": "2025-03-12",
    }
    return UseStated.model_validate({**said, **parts}, strict=False)


def a_demand(reference: str = "C1", tax: str = "260000.00", **parts: Any) -> DemandStated:
    """Customs' demand for the tax of the first declaration."""
    said = {
        "reference": reference,
        "declaration": "D1",
        "district": "7901",
        "tax": {"amount": tax, "currency": "CNY"},
        "papers": ["海关书面索赔通知"],
        "received_on": "2025-04-07",
    }
    return DemandStated.model_validate({**said, **parts}, strict=False)


def an_end(released_by: str | None = "C-9") -> EndStated:
    """Why a letter ends."""
    return EndStated(
        grounds_zh="税款均已缴清", grounds_en="all taxes are paid", released_by=released_by
    )


@cache
def signer() -> Signer:
    """A demonstration authority in memory."""
    return open_signer(None, None)


@dataclass
class Issuer:
    """A house that issues letters; each act is one transaction, followed by an audit."""

    house: House
    engine: Engine

    def do(self, act: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """Do an act at a desk, audited."""
        done = self.house.do(act, *args, **named)
        assert read(self.engine, verify_letters) == ()
        return done

    def refuse(self, code: str, act: Callable[..., Any], *args: Any, **named: Any) -> Refusal:
        """Do an act that must be refused with `code`, nothing written."""
        before = self.everything()
        with pytest.raises(Refusal) as refused:
            self.do(act, *args, **named)
        assert refused.value.code == code, f"refused as {refused.value}"
        assert all(one.field and one.problem and one.cure for one in refused.value.faults)
        assert self.everything() == before
        return refused.value

    def everything(self) -> Any:
        """Letters, uses and lines of the register, to see that nothing was written."""

        def act(session: Any) -> Any:
            rows = store.letters(session, client_id=None, after=None, limit=50)
            return [
                (
                    row.model_dump(),
                    [one.model_dump() for one in store.uses(session, row.id)],
                    [one.model_dump() for one in store.versions(session, row.id)],
                    [one.model_dump() for one in store.demands(session, row.id)],
                )
                for row in rows
            ]

        return read(self.engine, act)

    def policy(self, **parts: Any) -> PolicyRow:
        """A bound customs guarantee."""
        risk = product("customs_guarantee").risk.model_validate(
            a_letter_risk(**parts), strict=False
        )
        return self.house.policy(risk)

    def drafted(self, policy: PolicyRow | None = None, **named: Any) -> Any:
        """A letter as a draft."""
        policy = policy or self.policy()
        args = {"on": QUOTED, "demonstration": True, **named}
        said = args.pop("stated", None) or stated()
        return self.do(draft_letter, policy.id, said, **args)

    def papered(
        self,
        sheets: Callable[..., Any],
        act: Callable[..., Any],
        *args: Any,
        on: date,
        actor: str = "clerk",
        authority: str = "chief",
        **named: Any,
    ) -> Any:
        """Do an act whose papers are printed and signed before."""
        desk = a_desk(on, actor, authority)
        found = read(self.engine, lambda s: sheets(s, *args, desk=desk, public_url=URL, **named))
        papers = drawn(found, signer(), at=desk.at)
        return transact(
            self.engine, lambda s: act(s, *args, papers, desk=desk, public_url=URL, **named)
        )

    def signed(self, on: date = QUOTED, letter: Any = None) -> Any:
        """A letter approved by a second person, and signed."""
        letter = letter or self.drafted()
        self.do(approve_letter, letter.id, "in order", actor="second", on=on)
        return self.papered(sheets_to_sign, sign_letter, letter.id, on=on)

    def accepted(self, on: date = date(2025, 3, 10), letter: Any = None) -> Any:
        """A letter that customs accepted."""
        letter = self.signed(letter=letter)
        self.do(send_letter, letter.id, on=QUOTED)
        return self.do(accept_letter, letter.id, "GRN1", on, on=on)

    def reserve(self, letter: Any, use: UseStated, on: date = date(2025, 3, 12)) -> Any:
        return self.do(reserve_tax, letter.id, use, on=on)

    def tax_paid(self, letter: Any, use: UseStated, on: date = date(2025, 3, 27)) -> Any:
        return self.do(release_tax, letter.id, use, on=on)

    def demand(self, letter: Any, said: DemandStated, on: date = date(2025, 4, 7)) -> Any:
        return self.do(receive_demand, letter.id, said, on=on)

    def pay(self, letter: Any, reference: str, on: date = date(2025, 4, 14), **named: Any) -> Any:
        """A second person pays."""
        args = (letter.id, reference, "国库 1")
        return self.papered(
            payment_sheets, pay_demand, *args, on=on, **{"actor": "second", **named}
        )

    def refuse_demand(self, letter: Any, reference: str, *grounds: Any, on: date) -> Any:
        return self.papered(refusal_sheets, refuse_demand, letter.id, reference, grounds, on=on)

    def release(self, letter: Any, end: EndStated, on: date) -> Any:
        return self.papered(release_sheets, release_letter, letter.id, end, on=on)

    def revoke(self, letter: Any, end: EndStated, on: date) -> Any:
        return self.papered(revocation_sheets, revoke_letter, letter.id, end, on=on)

    def see(self, letter: Any) -> Any:
        """The letter as it stands."""
        return read(self.engine, lambda s: store.letter(s, letter.id))


def an_issuer(engine: Engine) -> Issuer:
    """A house that issues letters."""
    return Issuer(a_house(engine), engine)
