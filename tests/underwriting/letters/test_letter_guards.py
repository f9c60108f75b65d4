"""Guards at the edge of each day, and with and without the beneficiary's word."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from letters_sample import a_letter, a_single_letter

from kernel.errors import Conflict
from kernel.money import Money
from underwriting.letters import guards
from underwriting.letters.moves import IN_FORCE, MOVES, State

DAY = timedelta(days=1)
LETTER = a_letter()


def refused(code: str, check: Callable[[], None]) -> None:
    with pytest.raises(Conflict) as refusal:
        check()
    assert refusal.value.code == code
    assert refusal.value.faults[0].cure


def test_use_from_the_first_day_to_the_last() -> None:
    for day in (LETTER.usable_from, LETTER.usable_until):
        guards.check_usable(LETTER, day)
    for day in (LETTER.usable_from - DAY, LETTER.usable_until + DAY):
        refused("not-usable", lambda day=day: guards.check_usable(LETTER, day))


def test_demand_until_the_last_day_and_where_that_is_no_working_day_until_the_next() -> None:
    guards.check_claimable(LETTER, LETTER.usable_until + DAY)
    guards.check_claimable(LETTER, LETTER.claim_until)
    late = LETTER.claim_until + DAY
    refused("claim-too-late", lambda: guards.check_claimable(LETTER, late))
    guards.check_claimable(LETTER, late, last=late)
    refused("claim-too-late", lambda: guards.check_claimable(LETTER, late + DAY, last=late))
    earlier = LETTER.claim_until - DAY
    guards.check_claimable(LETTER, LETTER.claim_until, last=earlier)


def test_a_single_letter_is_for_the_declaration_it_names() -> None:
    single = a_single_letter()
    guards.check_named(single, single.declarations[0].number)
    refused("declaration-not-named", lambda: guards.check_named(single, "1"))
    guards.check_named(LETTER, "1")


def test_only_beneficiaries_draw_and_demand() -> None:
    for one in LETTER.beneficiaries:
        guards.check_district(LETTER, one.code)
    refused("district-not-beneficiary", lambda: guards.check_district(LETTER, "0100"))


REVOCABLE = [state for state in State if State.REVOKED in MOVES[state]]


@pytest.mark.parametrize("state", REVOCABLE, ids=lambda state: state.value)
def test_a_letter_in_force_is_revoked_on_the_beneficiary_s_word_alone(state: State) -> None:
    guards.check_revocable(LETTER, state, written_release=True)
    if state in IN_FORCE:
        refused(
            "irrevocable",
            lambda: guards.check_revocable(LETTER, state, written_release=False),
        )
    else:
        guards.check_revocable(LETTER, state, written_release=False)


def test_a_letter_that_takes_effect_on_issue_binds_once_sent() -> None:
    at_issue = a_letter(effective_on="issue")
    guards.check_revocable(at_issue, State.SIGNED, written_release=False)
    refused(
        "irrevocable",
        lambda: guards.check_revocable(at_issue, State.SENT, written_release=False),
    )


def test_release_on_customs_word_or_when_all_was_paid_out() -> None:
    some, nil = Money(100, "CNY"), Money(0, "CNY")
    guards.check_releasable(some, some, written_release=True)
    guards.check_releasable(nil, nil, written_release=False)
    refused("still-open", lambda: guards.check_releasable(some, some, written_release=False))
    refused("irrevocable", lambda: guards.check_releasable(some, nil, written_release=False))


def test_expiry_on_the_day_after_and_not_over_an_open_demand() -> None:
    last = LETTER.claim_until
    guards.check_expired(LETTER, last + DAY, open_demands=0)
    refused("not-expired", lambda: guards.check_expired(LETTER, last, open_demands=0))
    refused("demand-open", lambda: guards.check_expired(LETTER, last + DAY, open_demands=1))
    rolled = last + 2 * DAY
    refused(
        "not-expired",
        lambda: guards.check_expired(LETTER, rolled, open_demands=0, last=rolled),
    )
