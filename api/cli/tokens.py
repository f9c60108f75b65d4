"""`zhibao token`: bearer tokens and the parties that they act for."""

from typing import Any

from sqlmodel import Session

from api.access import accesses, issue_token, revoke_token
from api.policy import KINDS, Role
from kernel.clock import SystemClock
from kernel.db.engine import make_engine, transact
from kernel.db.revisions import check_schema, upgrade
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from kernel.settings import Settings
from kernel.working_days import load_calendar
from underwriting import store
from underwriting.register import register_party


def run_issue(
    role: str, party: str, register_id: str, label: str, *, authority: str, settings: Settings
) -> dict[str, Any]:
    """Issue a token for a party, which is registered if it is new.

    Raises:
        Invalid: the role is not known, or name or register number is empty.
        Conflict: the register number belongs to a party of another kind.
    """
    for field, text in (("party", party), ("register_id", register_id)):
        if not text.strip():
            raise invalid(field, "is empty", "give it")
    if settings.database_url.startswith("sqlite"):
        upgrade(settings.database_url)
    engine = make_engine(settings.database_url)
    check_schema(engine)
    clock = SystemClock()
    desk = Desk(
        clock.now(),
        clock.today(),
        "command line",
        settings.insurer_name,
        load_calendar(settings.holidays),
    )
    if role not in set(Role):
        raise invalid("role", f"{role!r} is no role", f"use one of {', '.join(Role)}")
    kinds = KINDS[Role(role)]

    def act(session: Session) -> dict[str, Any]:
        row = store.party_by_register(session, register_id)
        if row is None:
            row = register_party(session, kinds[0], party, register_id, desk=desk)
        elif row.kind not in kinds:
            fault = Fault("register_id", f"belongs to a {row.kind}", "give the right number")
            raise Conflict("party-kind", fault)
        secret = issue_token(session, row.id, role, label or party, desk.at, authority=authority)
        newest = accesses(session, row.id)[-1]
        return {
            "id": newest.id,
            "party_id": row.id,
            "role": role,
            "authority": authority,
            "token": secret,
        }

    return transact(engine, act)


def run_revoke(id_: str, settings: Settings) -> dict[str, Any]:
    """Revoke a token.

    Raises:
        NotFound: there is no such token.
    """
    engine = make_engine(settings.database_url)
    check_schema(engine)
    at = SystemClock().now()
    transact(engine, lambda session: revoke_token(session, id_, at))
    return {"id": id_, "revoked": True}
