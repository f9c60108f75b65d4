"""What `zhibao policy` does: the acts of the API on one policy, without HTTP."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from pydantic import BaseModel
from sqlmodel import Session

from api import life
from api.cli.desk_work import open_counter, stated
from api.cli.speak import read_file
from api.cli.who import Who
from api.schemas.policies import policy_answer
from api.schemas.policy_acts import (
    CancellationRequest,
    ChangeRequest,
    ReinstatementRequest,
    RenewalRequest,
)
from api.schemas.policy_life import act_answer
from kernel.desk import Desk
from kernel.errors import invalid
from kernel.settings import Settings
from underwriting.history import store
from underwriting.reverse import Reversal
from underwriting.rules.history import Kind

FORMS: Final[Mapping[Kind, type[BaseModel]]] = {
    Kind.CHANGE: ChangeRequest,
    Kind.RENEWAL: RenewalRequest,
    Kind.CANCELLATION: CancellationRequest,
    Kind.REINSTATEMENT: ReinstatementRequest,
}
"""What a file holds for each act: the body of the API."""


def run_show(name: str, settings: Settings) -> dict[str, Any]:
    """Show a policy, by id or number."""
    return open_counter(settings, Who()).see(
        lambda session, _: policy_answer(store.policy_named(session, name)).model_dump(mode="json")
    )


def run_transactions(name: str, settings: Settings) -> list[dict[str, Any]]:
    """List what was done with a policy."""

    def act(session: Session, _: Desk) -> list[dict[str, Any]]:
        found = life.transactions_of(session, store.policy_named(session, name).id)
        return [one.model_dump(mode="json") for one in found]

    return open_counter(settings, Who()).see(act)


def run_state(
    name: str, settings: Settings, *, valid_on: str | None, known_at: str | None
) -> dict[str, Any]:
    """Show how a policy stood on a day, as known at an instant.

    Raises:
        Invalid: one of the two is not one.
    """
    instant = _instant(known_at)

    def act(session: Session, desk: Desk) -> dict[str, Any]:
        row = store.policy_named(session, name)
        day = day_of(valid_on, "valid-on") or desk.on
        return life.state_of(session, row, day, instant).model_dump(mode="json")

    return open_counter(settings, Who()).see(act)


def run_act(
    kind: Kind, name: str, file: str, settings: Settings, who: Who, *, keep: bool
) -> dict[str, Any]:
    """Change, renew, cancel or reinstate a policy as a file has it.

    Raises:
        Invalid: the file is not the form of this act; each fault is named with its cure.
        As the act.
    """
    form: Any = FORMS[kind]
    return _run(kind, name, read_file(form, file).asked(), settings, who, keep=keep)


def run_reverse(
    name: str, transaction_id: str, reason: str, settings: Settings, who: Who, *, keep: bool
) -> dict[str, Any]:  # fmt: skip
    """Undo one transaction of a policy.

    Raises:
        As `reverse`.
    """
    asked = Reversal(transaction_id, stated(reason))
    return _run(Kind.REVERSAL, name, asked, settings, who, keep=keep)


def _run(
    kind: Kind, name: str, asked: Any, settings: Settings, who: Who, *, keep: bool
) -> dict[str, Any]:
    """Do an act on a policy, or see what would come of it."""
    counter = open_counter(settings, who)

    def whole(session: Session, desk: Desk) -> dict[str, Any]:
        id_ = store.policy_named(session, name).id
        counts = settings.own_counts
        done = life.act_on(session, id_, kind, asked, desk=desk, keep=keep, counts=counts)
        return act_answer(done).model_dump(mode="json")

    return counter.do(whole) if keep else counter.see(whole)


def day_of(text: str | None, field: str) -> date | None:
    """Read a day of the command line; none was given where None.

    Raises:
        Invalid: it is no day.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise invalid(field, f"{text!r} is no day", "write it as 2026-03-02") from None


def _instant(text: str | None) -> datetime | None:
    cure = "write it as 2026-03-02T02:00:00Z"
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        raise invalid("known-at", f"{text!r} is no instant", cure) from None
    if found is not None and found.tzinfo is None:
        raise invalid("known-at", f"{text!r} has no time zone", cure)
    return found.astimezone(UTC) if found else None
