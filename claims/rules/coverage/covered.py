"""Every test of cover at once: the product's own, and all that the books know."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from claims.rules.coverage.answers import Answer, answers, differing
from claims.rules.coverage.evidence import evidenced
from claims.rules.coverage.known import Known
from claims.rules.coverage.matter import Matter
from claims.rules.coverage.noted import collateral, obligor
from claims.rules.coverage.proportion import also_covered, proportions, unmeasured
from claims.rules.coverage.repaid import repaid
from claims.rules.coverage.trigger import scrutinised, triggered
from kernel.finding import Effect, Finding
from underwriting.product import Product
from underwriting.watch.change_consented import change_consented

__all__ = ["Matter", "covered"]

_OF_CONDUCT: Final = {
    "pledge-not-kept": "pledge_registered",
    "misused-loan": "use_as_agreed",
    "unconsented-change": "change_consented",
    "right-not-in-force": "right_in_force",
    "known-matter": "known_at_inception",
}
"""Finding of a product -> the conduct that it answers to."""


def covered(product: Product, matter: Matter, known: Known) -> tuple[Finding, ...]:
    """Return every finding on cover, those of the product first; none hides another.

    Each says what shows it.
    """
    said = answers(matter.contract, known, matter.file)
    taken = {name: one.value for name, one in said.items() if matter.file.get(name) is None}
    tested = product.test_cover(
        matter.contract,
        default_date=matter.event_on,
        notified_on=matter.notified_on,
        file={**matter.file, **taken},
        on=known.on,
    )
    shown = tuple(_shown(one, {name: said[name] for name in taken}) for one in tested)
    found = (
        *shown,
        *differing(said, matter.file, product.conduct),
        *(_of_loan(matter, known) if matter.contract.loan is not None else ()),
        *obligor(matter.contract, known),
        *(one.finding for one in proportions(matter.contract, known.others, matter.file)),
        *also_covered(matter.contract, known.others),
        *unmeasured(matter.contract, matter.file),
        *_unexplained(shown, known.unexplained),
    )
    return tuple(evidenced(one, matter) for one in found)


def _of_loan(matter: Matter, known: Known) -> Iterator[Finding]:
    yield from triggered(known)
    yield from repaid(matter.contract, known)
    yield from scrutinised(matter.contract, known)
    yield from collateral(known)
    yield from _unconsented(matter, known)


def _unconsented(matter: Matter, known: Known) -> Iterator[Finding]:
    """Yield changes without leave: they wait for a person's word on them, and stay listed."""
    heard = matter.file.get("change_consented") is not None
    for found in change_consented(known.loan, known.event_on):
        if found.effect is Effect.REFER:
            events = [one for one in known.loan.events if _names(found, one.key)]
            shown = "; ".join(f"loan event {one.key} of {one.happened_on}" for one in events)
            effect = Effect.INFORM if heard else Effect.WAIT
            yield replace(found, effect=effect, evidence=shown)


def _names(found: Finding, key: str) -> bool:
    return found.en.split(" ", 1)[0].removesuffix(":") == key


def _shown(found: Finding, said: Mapping[str, Answer]) -> Finding:
    """Add what shows it; late notice cuts what can no longer be established, and no more."""
    if found.code == "late-notice":
        return replace(found, effect=Effect.CUT)
    answer = said.get(_OF_CONDUCT.get(found.code, ""))
    return found if answer is None else replace(found, evidence=answer.evidence)


def _unexplained(tested: Sequence[Finding], missing: Sequence[str]) -> Iterator[Finding]:
    """Yield a warning where a refusal would rest on an exclusion that was never explained."""
    rests = [
        one.code
        for one in tested
        if one.effect is Effect.DECLINE and "wording: exclusions" in one.clause
    ]
    if rests and missing:
        yield Finding(
            "exclusion-unexplained", Effect.REFER,
            f"{', '.join(rests)} rest on exclusions whose explanation is not on record: they may "
            "have no effect",
            "拒赔所依据的责任免除条款未见提示与说明记录，可能不产生效力",
            "Insurance Law art. 17; Interpretation II arts 11 to 13",
            "find the record of the explanation before refusing on it",
            f"policy trail, binding: {', '.join(missing)}",
        )  # fmt: skip
