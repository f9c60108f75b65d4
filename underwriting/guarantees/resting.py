"""A letter rests on its policy: the policy does not end under it, nor does it go on without one."""

from sqlmodel import Session

from kernel.errors import Conflict, Fault
from underwriting import store as contracts
from underwriting.guarantees import store
from underwriting.guarantees.tables import LetterRow


def check_no_letter(session: Session, policy_id: str) -> None:
    """Refuse to take cover away while a letter under the policy has not ended.

    Raises:
        Conflict: `letter-open`.
    """
    row = store.open_letter_of(session, policy_id)
    if row is not None:
        fault = Fault(
            "policy", f"bears letter {row.number}, which is {row.state}",
            "release or withdraw the letter first",
        )  # fmt: skip
        raise Conflict("letter-open", fault)


def check_bound(session: Session, row: LetterRow) -> None:
    """Refuse to go on with a letter whose policy was cancelled or undone.

    Raises:
        Conflict: `policy-not-in-force`.
    """
    policy = contracts.policy(session, row.policy_id)
    if policy.state != "bound":
        fault = Fault(
            "policy_id", f"the policy is {policy.state}", "withdraw or release the letter"
        )
        raise Conflict("policy-not-in-force", fault)
