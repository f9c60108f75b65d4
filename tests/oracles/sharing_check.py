"""Hold the engine against the oracle on one case, and against what must hold of any case."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from give_back_oracle import Outstanding
from sharing_oracle import Borne, NotGivenError, Request, Terms, exact

from kernel.errors import Invalid
from kernel.money import parse_minor
from kernel.sharing import (
    UNCOVERED,
    Facts,
    Loss,
    Portfolio,
    Recovery,
    Scheme,
    Split,
    Standing,
    StepKind,
    give_back,
    split,
)


def loss_of(request: dict[str, Any]) -> Loss:
    """Read the loss of a request."""
    currency = request["currency"]
    lines = {line: parse_minor(text, currency) for line, text in request["loss"].items()}
    return Loss(**lines, currency=currency)


def facts_of(request: dict[str, Any]) -> Facts:
    """Read the facts of a request; what is not there stays missing."""
    currency = request["currency"]

    def read(group: str) -> dict[str, int]:
        return {name: parse_minor(text, currency) for name, text in request.get(group, {}).items()}

    loan, portfolio = request.get("loan", {}), read("portfolio")
    return Facts(
        loan_minor=parse_minor(loan["amount"], currency) if "amount" in loan else None,
        ip_share=exact(loan["ip_share"]) if "ip_share" in loan else None,
        tier=loan.get("tier"),
        balances=read("balances"),
        paid_this_year=read("paid_this_year"),
        portfolio=Portfolio(**portfolio) if portfolio else None,
        ratios={name: exact(str(value)) for name, value in request.get("ratios", {}).items()},
        defaulted=frozenset(request.get("defaulted", ())),
    )


class Case:
    """One scheme and one request, shared by both."""

    def __init__(self, scheme: Scheme, terms: Terms, request: dict[str, Any]) -> None:
        self.scheme, self.terms, self.request = scheme, terms, request

    def check(self, seen: Counter[str]) -> Split | None:
        """Share the loss twice and compare; None where both refuse for the same fact."""
        try:
            expected = self.terms.bear(self.request)
        except NotGivenError as missing:
            self._check_refusal(str(missing))
            seen["refused"] += 1
            return None
        shared = split(self.scheme, loss_of(self.request), facts_of(self.request))
        self._same(shared, expected)
        self._parts_are_the_whole(shared)
        self._steps_explain(shared)
        self._caps_hold(shared)
        self._default_moves_its_own_part_only(shared)
        for kind in {step.kind for step in shared.steps}:
            seen[kind.value] += 1
        seen["shared"] += 1
        return shared

    def _check_refusal(self, missing: str) -> None:
        try:
            split(self.scheme, loss_of(self.request), facts_of(self.request))
        except Invalid as refusal:
            fields = {fault.field for fault in refusal.faults}
            unfit = missing == "no bracket fits" and fields <= {"loan.amount", "loan.tier"}
            absent = all(self._is_absent(field) for field in fields)
            assert unfit or absent, self._told(f"{missing}: named {fields}")
        else:
            raise AssertionError(self._told(f"shared without {missing}"))

    def _is_absent(self, field: str) -> bool:
        found: Any = self.request
        for key in field.split("."):
            found = found.get(key, {})
        return bool(found == {})

    def _same(self, shared: Split, expected: Borne) -> None:
        same = (
            (shared.eligible, shared.ineligible, shared.uncovered)
            == (expected.eligible, expected.ineligible, expected.uncovered)
            and {part.party: part.due for part in shared.parts if part.due} == _some(expected.due)
            and {part.party: part.paid for part in shared.parts if part.paid}
            == _some(expected.paid)
        )
        if not same:
            parts = {part.party: (part.due, part.paid) for part in shared.parts}
            got = f"{shared.eligible} + {shared.ineligible}, {parts}, uncovered {shared.uncovered}"
            raise AssertionError(self._told(f"engine {got}\noracle {expected}"))

    def _parts_are_the_whole(self, shared: Split) -> None:
        paid = sum(part.paid for part in shared.parts)
        assert paid + shared.uncovered == shared.eligible, self._told("parts are not the whole")
        lowest = min(shared.uncovered, shared.ineligible, *(part.paid for part in shared.parts))
        assert lowest >= 0, self._told("a part is negative")
        for part in shared.parts:
            borne = sum(tranche.get(part.party, 0) for tranche in shared.tranches)
            assert borne == part.paid, self._told(f"the tranches of {part.party} are not its part")

    def _steps_explain(self, shared: Split) -> None:
        """A reader who adds up the steps of a party arrives at what it pays."""
        signs = {StepKind.FUSE: -1, StepKind.CAP: -1, StepKind.DEFAULT: -1, StepKind.TAKES: 1}
        for part in shared.parts:
            explained = part.due + sum(signs[step.kind] * step.minor for step in part.steps)
            assert explained == part.paid, self._told(f"the steps of {part.party} do not add up")
        left = sum(step.minor for step in shared.steps if step.kind is StepKind.UNCOVERED)
        assert left == shared.uncovered, self._told("the steps do not explain what is uncovered")

    def _caps_hold(self, shared: Split) -> None:
        """No cap is exceeded, but where a later cap or the residual gives to its party."""
        asked = Request(self.request)
        for number, (party, per, amount, rate, _) in enumerate(self.terms.caps):
            given_later = {then for *_, then in self.terms.caps[number + 1 :]}
            if party != self.terms.residual and party not in given_later:
                room = max(0, asked.room(party, per, amount, rate))
                assert shared.paid_by(party) <= room, self._told(f"the cap on {party} is exceeded")

    def _default_moves_its_own_part_only(self, shared: Split) -> None:
        """Without the defaults, each other party but the residual bears the same."""
        facts = facts_of(self.request)
        if not facts.defaulted:
            return
        before = split(self.scheme, loss_of(self.request), replace(facts, defaulted=frozenset()))
        for part, had in zip(shared.parts, before.parts, strict=True):
            if part.party in facts.defaulted:
                own = [step.minor for step in part.steps if step.kind is StepKind.DEFAULT]
                assert (part.paid, sum(own)) == (0, had.paid), self._told("a default keeps a part")
            elif part.party != self.terms.residual:
                assert part.paid == had.paid, self._told(f"{part.party} pays for a default")

    def _told(self, problem: str) -> str:
        return f"{problem}\n{self.scheme}\n{json.dumps(self.request, indent=1)}"


def check_give_back(
    scheme: Scheme, shared: Split, recoveries: Iterable[tuple[int, int, int, int]]
) -> None:
    """Give recoveries back twice, in sequence, and compare."""
    bore = {part.party: part.paid for part in shared.parts} | {UNCOVERED: shared.uncovered}
    outstanding = Outstanding([dict(t) for t in shared.borne], scheme.recovery.value)
    given: dict[str, int] = {}
    carried = 0
    for gross_mille, gross_units, costs_mille, costs_units in recoveries:
        gross = shared.eligible * gross_mille // 1000 + gross_units
        costs = gross * costs_mille // 1000 + costs_units
        standing = Standing(shared.borne, dict(given), carried)
        got = give_back(scheme.recovery, standing, Recovery(gross, costs))
        outstanding.receive(gross, costs)
        carried = got.costs_carried
        for name, part in got.parts.items():
            given[name] = given.get(name, 0) + part
        same = (got.net, got.surplus, carried, _some(got.parts)) == (
            outstanding.last_net,
            outstanding.last_surplus,
            outstanding.costs_open,
            _some(outstanding.last_parts),
        )
        whole = sum(got.parts.values()) + got.surplus == got.net
        within = all(0 <= part <= bore[name] for name, part in given.items())
        if not (same and whole and within):
            told = f"of {shared.borne}, {given} with now {gross} less {costs}"
            raise AssertionError(f"{scheme.recovery} {told}: engine {got}, oracle {outstanding}")


def _some(parts: Any) -> dict[str, int]:
    return {name: part for name, part in parts.items() if part}
