"""Every operation of the API, asked once with success, in the order of business."""

from pathlib import Path
from typing import Any

from callers import Counter
from course_claim import a_guarantee, claimed
from course_life import walk_life
from course_of_claims import walk_all_of_claims
from course_papers import walk_claim_papers, walk_papers
from course_quotes import walk_portfolio, walk_quotes
from course_reads import read_all
from course_sandbox import walk_sandbox
from letter_calls import walk_letters
from loan_desk_calls import walk_loan_desk
from register_calls import an_appraiser, walk_registers

PATENTS = Path(__file__).parents[2] / "docs" / "examples" / "patents.csv"


def whole_course(counter: Counter) -> Any:
    """Walk it; returns the policy whose claim was paid."""
    object.__setattr__(counter.app.state.house.settings, "patents", PATENTS)
    counter.a_pool()
    an_appraiser(counter)  # who values the rights of the course
    walk_registers(counter)
    letter = walk_letters(counter)
    walk_quotes(counter)
    walk_papers(counter)
    living, policy = counter.a_policy(), a_guarantee(counter)
    walk_loan_desk(counter)
    walk_life(counter, living)
    walk_portfolio(counter, policy)
    claim = dict(claimed(counter, policy))["reopen_claim"]
    walk_claim_papers(counter, claim["id"])
    read_all(counter, policy)
    walk_all_of_claims(counter, policy, claim["id"], letter)
    walk_sandbox(counter)
    return policy
