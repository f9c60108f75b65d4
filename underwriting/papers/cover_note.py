"""The cover note, filled from a policy as it stands."""

from datetime import date

from documents.forms.cover_note import CoverNote
from kernel.money import Money
from kernel.period import add_days
from underwriting.papers.endorsement import STATUSES
from underwriting.papers.figures import figures
from underwriting.product import Product
from underwriting.rules.contract import Contract
from underwriting.rules.history_state import State


def cover_note(
    state: State,
    product: Product,
    *,
    number: str,
    policy_number: str,
    insurer: str,
    client: str,
    on: date,
) -> CoverNote:
    """Return the note as it is printed; `state` is that of the policy on `on`.

    It proves cover for `cover_note_days` of `figures.toml`, and never beyond the cover itself.
    """
    contract = state.contract
    assert contract is not None, "what is proved has terms"
    last = contract.period.end
    days = figures()["cover_note_days"]["value"]
    return CoverNote(
        number=number,
        insurer_name=insurer,
        issued_on=on,
        valid_until=min(add_days(on, days - 1), max(last, on)),
        policy_number=policy_number,
        product_zh=product.zh,
        product_en=product.en,
        policyholder=contract.policyholder,
        policyholder_id=contract.policyholder_id,
        insured=named(contract.insured, contract, client),
        beneficiary=named(contract.beneficiary, contract, client),
        covered_from=contract.period.start,
        covered_until=last,
        status=STATUSES[state.status],
        insured_sum=contract.sum_insured,
        premium=Money(state.charged.total, contract.currency),
        waiting_days=contract.waiting_days,
    )


def named(role: str, contract: Contract, client: str) -> str:
    """Return who is meant by `client` or `policyholder`; else the name itself.

    Args:
        role: what the contract says.
        contract: of the policy.
        client: name of the party that asked for it.
    """
    return {"client": client, "policyholder": contract.policyholder}.get(role, role)
