"""What `zhibao policy readiness` does: would a policy pay, as JSON or in words."""

from typing import Any

from sqlmodel import Session

from api.cli.desk_work import open_counter
from api.cli.policy_work import day_of
from api.cli.who import Who
from api.schemas.claim_readiness import readiness_answer
from claims.readiness import readiness
from kernel.desk import Desk
from kernel.settings import Settings
from underwriting.history import store


def run_readiness(name: str, settings: Settings, *, as_of: str | None) -> dict[str, Any]:
    """Answer as the API does, for a policy by id or number.

    Raises:
        Invalid: the day is none.
        As `readiness`.
    """
    day = day_of(as_of, "as-of")

    def act(session: Session, desk: Desk) -> dict[str, Any]:
        row = store.policy_named(session, name)
        return readiness_answer(readiness(session, row.id, day, desk=desk)).model_dump(mode="json")

    return open_counter(settings, Who()).see(act)


def in_words(said: dict[str, Any]) -> str:
    """Say the answer line by line, for a person."""
    rows = [
        f"{said['number']}: default of {said['as_of']}, payable from {said['payable_from']}",
        f"would pay {_money(said['payable'])}",
        f"after repair {_money(said['after_repair'])}, if cured {_money(said['if_cured'])}",
    ]
    rows += [f"  {one['party']}: {_money(one['paid'])}" for one in said["parts"]]
    rows += [
        f"- {one['code']} [{one['effect']}] {one['words']} ({one['clause']})"
        for one in said["findings"]
    ]
    rows += [f"? {one['words']}" for one in said["questions"]]
    rows += [
        f"> {one['code']}: {one['cure']}" + (f", by {one['by']}" if one["by"] else "")
        for one in said["cures"]
    ]
    missing = [one["code"] for one in said["papers"] if one["on_file_since"] is None]
    rows += [f"papers missing: {', '.join(missing)}"] if missing else []
    rows += [f"! {one['field']}: {one['problem']}; {one['cure']}" for one in said["errors"]]
    return "\n".join(rows)


def _money(amount: dict[str, str] | None) -> str:
    return f"{amount['currency']} {amount['amount']}" if amount else "not known"
