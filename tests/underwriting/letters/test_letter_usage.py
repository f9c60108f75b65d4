"""The account of a letter and its declarations: a machine that tries every step in any order."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kernel.errors import Conflict, Invalid, Refusal
from underwriting.letters.declared import (
    Declared,
    Standing,
    answer,
    beyond_left,
    demand,
    expire,
    payable,
    release,
    reserve,
    revive,
)
from underwriting.letters.usage import Account, Use, after

AMOUNTS = st.integers(1, 120)
ANSWERS = st.sampled_from([Use.PAY, Use.REFUSE_DEMAND, Use.EXTEND])


class LetterInUse(RuleBasedStateMachine):
    """Many declarations on one letter; beside it a plain record of what was asked and done."""

    @initialize(
        limit=st.integers(0, 300),
        restored=st.booleans(),
        beyond=st.none() | st.integers(0, 40),
    )
    def issue(self, limit: int, restored: bool, beyond: int | None) -> None:  # noqa: FBT001 - drawn
        self.account = Account(limit=limit)
        self.restored, self.beyond = restored, beyond
        self.held: list[Declared] = []
        self.paid = self.released = self.paid_beyond = 0

    def change(self, place: int, step: object) -> bool:
        """Take a step of the declaration at a place, if it is allowed."""
        if not self.held:
            return False
        place %= len(self.held)
        before = (self.account, self.held[place])
        try:
            self.account, self.held[place] = step(*before)
        except Refusal:
            assert before == (self.account, self.held[place])
            return False
        return True

    @rule(minor=AMOUNTS)
    def take(self, minor: int) -> None:
        free = self.account.available
        if minor <= free:
            self.account, held = reserve(self.account, minor)
            self.held.append(held)
            assert self.account.available == free - minor
        else:
            with pytest.raises(Conflict, match="above-available"):
                reserve(self.account, minor)

    @rule(place=st.integers(0, 9), minor=AMOUNTS)
    def tax_paid(self, place: int, minor: int) -> None:
        free = self.account.available
        if self.change(place, lambda *two: release(*two, minor, restored=self.restored)):
            self.released += minor
            assert self.account.available == free + (minor if self.restored else 0)

    @rule(place=st.integers(0, 9), tax=st.integers(0, 120), late=st.integers(0, 30))
    def demanded(self, place: int, tax: int, late: int) -> None:
        left = beyond_left(self.beyond, self.held)
        before = self.account.available
        if self.change(place, lambda *two: demand(*two, tax, late, beyond=left)):
            assert self.account.available <= before
            assert self.beyond is None or self.account.available == before

    @rule(place=st.integers(0, 9), late=st.integers(1, 9), use=ANSWERS)
    def demanded_whole_and_answered(self, place: int, late: int, use: Use) -> None:
        """All that is open is demanded with surcharge, which reserves more where it is within."""
        open_ = self.held[place % len(self.held)].reserved if self.held else 0
        self.demanded(place, open_, late)
        self.answered(place, use)

    @rule(place=st.integers(0, 9), use=ANSWERS)
    def answered(self, place: int, use: Use) -> None:
        held = self.held[place % len(self.held)] if self.held else Declared(reserved=0)
        free = self.account.available
        if self.change(place, lambda *two: answer(*two, use)):
            if use is Use.PAY:
                self.paid += held.demanded
                self.paid_beyond += held.beyond
                assert self.account.available == free, "what is paid is gone for good"
            else:
                assert self.account.available == free + held.added

    @rule(place=st.integers(0, 9))
    def expired(self, place: int) -> None:
        self.change(place, expire)

    @rule(place=st.integers(0, 9))
    def expired_and_demanded_late(self, place: int) -> None:
        """What falls away and is taken up again is as it was."""
        open_ = self.held[place % len(self.held)].reserved if self.held else 0
        before = (self.account, list(self.held))
        if open_ and self.change(place, expire):
            assert self.change(place, lambda *two: revive(*two, open_))
            assert before == (self.account, self.held)

    @rule(limit=st.integers(1, 400))
    def amended(self, limit: int) -> None:
        taken = self.account.reserved + self.account.drawn
        if limit >= taken:
            self.account = after(self.account, Use.AMEND, limit, restored=self.restored)
            assert self.account.available == limit - taken
        else:
            with pytest.raises(Conflict, match="below-taken"):
                after(self.account, Use.AMEND, limit, restored=self.restored)

    @invariant()
    def adds_up(self) -> None:
        account = self.account
        assert account.available == account.limit - account.reserved - account.drawn >= 0
        assert account.reserved == sum(one.reserved for one in self.held)
        gone = 0 if self.restored else self.released
        assert account.drawn == self.paid + gone
        assert self.paid == sum(one.paid for one in self.held)
        assert self.released == sum(one.released for one in self.held)
        assert self.paid_beyond == sum(one.paid_beyond for one in self.held)
        assert self.paid_beyond <= (self.beyond or 0)

    @invariant()
    def nothing_negative(self) -> None:
        for one in self.held:
            assert 0 <= one.added <= one.demanded <= one.reserved
            assert min(one.beyond, one.released, one.paid, one.paid_beyond) >= 0


TestLetterInUse = LetterInUse.TestCase
TestLetterInUse.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)


@given(
    st.lists(st.tuples(st.sampled_from([*Use]), st.integers(-5, 80)), max_size=40), st.booleans()
)
def test_the_account_alone_never_goes_below_nothing(
    steps: list[tuple[Use, int]],
    restored: bool,  # noqa: FBT001 - drawn
) -> None:
    account = Account(limit=100)
    for use, minor in steps:
        before = account
        try:
            account = after(account, use, minor, restored=restored)
        except (Conflict, Invalid):
            continue
        assert minor > 0
        assert account.available >= 0
        assert account.drawn >= before.drawn, "what is drawn stays drawn"
        if use in (Use.DEMAND, Use.REFUSE_DEMAND, Use.EXTEND):
            assert account == before


def test_worked_letter_that_revolves() -> None:
    """Limit 100: 60 reserved, 30 of it paid by the debtor, 20 by us; 30 + 20 free, 10 open."""
    account, held = reserve(Account(limit=100), 60)
    account, held = release(account, held, 30, restored=True)
    account, held = demand(account, held, 20)
    account, held = answer(account, held, Use.PAY)
    assert account == Account(limit=100, reserved=10, drawn=20)
    assert account.available == 70
    assert held.standing is Standing.RESERVED


def test_worked_letter_that_is_not_restored() -> None:
    account, held = reserve(Account(limit=100), 60)
    account, held = release(account, held, 60, restored=False)
    assert account.available == 40
    assert held.standing is Standing.RELEASED


def test_a_fresh_reserve_is_reserved_and_nothing_else() -> None:
    account, held = reserve(Account(limit=100), 60)
    assert held == Declared(reserved=60)
    assert held.standing is Standing.RESERVED
    with pytest.raises(Invalid):
        release(account, held, 0, restored=True)
    with pytest.raises(Invalid):
        demand(account, held, 0, 0)
    with pytest.raises(Invalid):
        demand(account, held, 1, -1)


def test_nothing_is_released_twice() -> None:
    account, held = reserve(Account(limit=100), 60)
    account, held = release(account, held, 60, restored=True)
    with pytest.raises(Conflict, match="above-open"):
        release(account, held, 1, restored=True)


def test_what_is_demanded_is_not_released() -> None:
    account, held = reserve(Account(limit=100), 60)
    account, held = demand(account, held, 50)
    account, held = release(account, held, 10, restored=True)
    with pytest.raises(Conflict, match="above-open"):
        release(account, held, 1, restored=True)


def test_a_demand_is_answered_once() -> None:
    account, held = reserve(Account(limit=100), 60)
    with pytest.raises(Conflict, match="no-demand"):
        answer(account, held, Use.PAY)
    account, held = demand(account, held, 60)
    with pytest.raises(Conflict, match="demand-open"):
        demand(account, held, 1)
    account, held = answer(account, held, Use.PAY)
    assert held.standing is Standing.PAID
    with pytest.raises(Conflict, match="no-demand"):
        answer(account, held, Use.PAY)


def test_surcharge_within_the_amount_takes_from_what_is_free() -> None:
    account, held = reserve(Account(limit=100), 98)
    with pytest.raises(Conflict, match="above-available"):
        demand(account, held, 98, 3)
    account, held = demand(account, held, 98, 2)
    assert (account.available, held.added) == (0, 2)
    account, held = answer(account, held, Use.PAY)
    assert account == Account(limit=100, reserved=0, drawn=100)


def test_surcharge_beyond_the_amount_leaves_the_limit_alone() -> None:
    account, held = reserve(Account(limit=100), 98)
    with pytest.raises(Conflict, match="above-surcharge-limit"):
        demand(account, held, 98, 6, beyond=5)
    account, held = demand(account, held, 98, 5, beyond=5)
    account, held = answer(account, held, Use.PAY)
    assert account == Account(limit=100, reserved=0, drawn=98)
    assert beyond_left(5, [held]) == 0


def test_surcharge_alone_after_tax_was_paid_late() -> None:
    account, held = reserve(Account(limit=100), 60)
    account, held = release(account, held, 60, restored=True)
    account, held = demand(account, held, 0, 2)
    assert held.standing is Standing.DEMANDED
    account, held = answer(account, held, Use.PAY)
    assert (account.drawn, held.standing) == (2, Standing.PAID)


def test_refused_or_extended_the_reserve_stays() -> None:
    for use, standing in (
        (Use.REFUSE_DEMAND, Standing.REFUSED),
        (Use.EXTEND, Standing.RESERVED),
    ):
        account, held = reserve(Account(limit=100), 60)
        account, held = demand(account, held, 60, 3)
        account, held = answer(account, held, use)
        assert account == Account(limit=100, reserved=60)
        assert (held.reserved, held.standing) == (60, standing)
        account, held = demand(account, held, 60, 3)
        assert held.standing is Standing.DEMANDED


def test_expiry_frees_what_is_open_and_waits_for_a_demand() -> None:
    account, held = reserve(Account(limit=100), 60)
    gone, ended = expire(account, held)
    assert (gone.available, ended.standing) == (100, Standing.EXPIRED)
    assert expire(gone, ended) == (gone, ended)
    with pytest.raises(Conflict, match="demand-open"):
        expire(*demand(account, held, 60))


def test_what_fell_away_comes_back_only_where_there_is_room() -> None:
    account, held = reserve(Account(limit=100), 60)
    gone, ended = expire(account, held)
    assert revive(gone, ended, 60) == (account, held)
    with pytest.raises(Conflict, match="above-available"):
        revive(gone, ended, 101)


@pytest.mark.parametrize(
    ("code", "words", "step"),
    [
        ("above-available", "JPY 101 is above the JPY 100 that is available",
         lambda account: reserve(account, 101)),
        ("above-open", "JPY 7 is above the JPY 5 that is open of this declaration",
         lambda account: release(account, Declared(reserved=5), 7, restored=True)),
        ("above-surcharge-limit", "JPY 9 of surcharge is above the JPY 8 that is left",
         lambda account: demand(account, Declared(reserved=5), 5, 9, beyond=8)),
    ],
)  # fmt: skip
def test_refusals_name_money_as_people_read_it(code: str, words: str, step: Any) -> None:
    with pytest.raises(Conflict) as refused:
        step(Account(limit=105, reserved=5, currency="JPY"))
    (fault,) = refused.value.faults
    assert (refused.value.code, fault.problem) == (code, words)
    assert "JPY" in fault.cure


def test_an_amendment_below_what_is_taken_names_money() -> None:
    held = Account(limit=500_000, reserved=260_000, currency="USD")
    with pytest.raises(Conflict) as refused:
        after(held, Use.AMEND, 259_999, restored=True)
    (fault,) = refused.value.faults
    assert fault.problem == "USD 2,599.99 is below the USD 2,600.00 that is reserved or drawn"


@pytest.mark.parametrize("minor", [0, -1])
def test_nothing_or_less_is_no_amount(minor: int) -> None:
    for use in Use:
        with pytest.raises(Invalid):
            after(Account(limit=100, reserved=50), use, minor, restored=True)


def test_impossible_accounts_are_asserted() -> None:
    for limit, reserved, drawn in ((10, 11, 0), (10, 5, 6), (10, -1, 0), (10, 0, -1)):
        with pytest.raises(AssertionError):
            Account(limit=limit, reserved=reserved, drawn=drawn)


@given(
    limit=st.integers(1, 200),
    reserved=st.integers(0, 200),
    tax=st.integers(0, 200),
    late=st.integers(0, 60),
    beyond=st.none() | st.integers(0, 40),
)
def test_what_is_payable_is_taken_and_one_more_is_not(
    limit: int, reserved: int, tax: int, late: int, beyond: int | None
) -> None:
    held = Declared(reserved=min(reserved, limit))
    account = Account(limit=limit, reserved=held.reserved)
    found = payable(account, held, tax, late, beyond=beyond)
    assert found <= (tax, late)
    if sum(found):
        demand(account, held, *found, beyond=beyond)
    if found[0] < tax:
        with pytest.raises(Conflict):
            demand(account, held, found[0] + 1, found[1], beyond=beyond)
    if found[1] < late:
        with pytest.raises(Conflict):
            demand(account, held, found[0], found[1] + 1, beyond=beyond)


def test_surcharge_within_falls_back_on_the_reserve_only_where_nothing_is_free() -> None:
    """Of 100 reserved, tax 50 and surcharge 10 are paid: 50, 47 or 40 are left for its tax."""
    for limit, left in ((110, 50), (107, 47), (100, 40)):
        account, held = reserve(Account(limit=limit), 100)
        account, held = demand(account, held, 50, 10)
        account, held = answer(account, held, Use.PAY)
        assert (held.reserved, account.reserved, account.drawn) == (left, left, 60)
