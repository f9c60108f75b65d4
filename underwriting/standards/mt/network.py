"""Rules between the fields of a message, as the network checks them: C1 to C9 of MT760 and others.

Each rule says what is wrong and what would mend it, or nothing. The numbers are the standard's.
"""

from collections.abc import Callable, Iterator
from typing import Final

from kernel.errors import Fault
from underwriting.standards.mt.message import Message

Rule = Callable[[Message], Iterator[Fault]]


def _has(message: Message, sequence: str, *tags: str) -> list[str]:
    """Return those of the tags that stand in a sequence; `52a` means every option of 52."""
    return [
        one.tag
        for one in message.fields
        if one.sequence == sequence
        and any(one.tag == tag or (tag.endswith("a") and one.tag[:2] == tag[:2]) for tag in tags)
    ]


def _sequences(message: Message) -> list[str]:
    """Return the sequences of details that stand."""
    return [one for one in "BC" if _has(message, one, f"15{one}")]


def _fault(code: str, field: str, problem: str, cure: str) -> Fault:
    return Fault(field, f"{problem} ({code})", cure)


def c1(message: Message) -> Iterator[Fault]:
    """FIXD asks for 31E, COND allows it, OPEN does not."""
    for part in _sequences(message):
        kind, dated = message.text("23B", part), _has(message, part, "31E")
        if kind == "FIXD" and not dated:
            yield _fault("C1", f"{part}.31E", "is missing for a fixed expiry", "give the date")
        if kind not in ("FIXD", "COND") and dated:
            yield _fault("C1", f"{part}.31E", "stands without a fixed expiry", "leave it out")


def c2(message: Message) -> Iterator[Fault]:
    """COND asks for 35G, and nothing else allows it."""
    for part in _sequences(message):
        conditional, said = message.text("23B", part) == "COND", _has(message, part, "35G")
        if conditional and not said:
            yield _fault("C2", f"{part}.35G", "is missing for a condition", "state the condition")
        if said and not conditional:
            yield _fault("C2", f"{part}.35G", "stands without COND in 23B", "leave it out")


def c3(message: Message) -> Iterator[Fault]:
    """An open end is not extended by itself."""
    for part in _sequences(message):
        if message.text("23B", part) == "OPEN" and _has(message, part, "23F"):
            yield _fault("C3", f"{part}.23F", "stands beside an open end", "leave it out")


def c4(message: Message) -> Iterator[Fault]:
    """An issue names the applicant."""
    if message.text("22A", "A") == "ISSU" and not _has(message, "B", "50"):
        yield _fault("C4", "B.50", "is missing in an issue", "name the applicant")


def c5(message: Message) -> Iterator[Fault]:
    """A standby says whether it is confirmed; a demand guarantee does not."""
    form, said = message.text("22D", "B"), _has(message, "B", "49")
    if message.text("22A", "A") == "ISSU" and form == "STBY" and not said:
        yield _fault("C5", "B.49", "is missing for a standby", "give confirmation instructions")
    if form == "DGAR" and said:
        yield _fault("C5", "B.49", "stands in a demand guarantee", "leave it out")


def c6(message: Message) -> Iterator[Fault]:
    """A counter-undertaking asks for a local one in sequence C, and only that does."""
    counter = message.text("22A", "A") in ("ISCO", "ICCO")
    local = any(one.sequence == "C" for one in message.fields)
    if counter:
        for tag in _has(message, "B", "48D", "24E", "24G"):
            yield _fault("C6", f"B.{tag}", "stands in a counter-undertaking", "leave it out")
    if counter != local:
        problem = "is missing in a counter-undertaking" if counter else "stands in an issue"
        yield _fault("C6", "C", problem, "ISCO and ICCO go with sequence C, ISSU without")


def c7(message: Message) -> Iterator[Fault]:
    """Who advises through another is named."""
    if _has(message, "B", "57a") and not _has(message, "B", "56a"):
        yield _fault("C7", "B.56a", "is missing beside 57a", "name the advising bank")


def c8(message: Message) -> Iterator[Fault]:
    """The terms of an extension stand only beside the extension."""
    for part in _sequences(message):
        if not _has(message, part, "23F"):
            for tag in _has(message, part, "78", "26E", "31S"):
                yield _fault("C8", f"{part}.{tag}", "stands without 23F", "leave it out")


def c9(message: Message) -> Iterator[Fault]:
    """Who is to confirm is named where confirmation is asked for, and nowhere else."""
    asked = message.text("49", "B") in ("CONFIRM", "MAY ADD")
    named = _has(message, "B", "58a")
    if asked and not named:
        yield _fault("C9", "B.58a", "is missing beside 49", "name who is to confirm")
    if named and not asked:
        yield _fault("C9", "B.58a", "stands without a wish for confirmation", "leave it out")


def one_change(message: Message) -> Iterator[Fault]:
    """An amendment increases or decreases (C1 of 767)."""
    for part in _sequences(message):
        if len(_has(message, part, "32B", "33B")) > 1:
            yield _fault("C1", f"{part}.33B", "stands beside 32B", "increase or decrease")


def local_amended(message: Message) -> Iterator[Fault]:
    """Only the amendment of a counter-undertaking has a sequence C (C3 of 767)."""
    counter = message.text("22A", "A") in ("ISCA", "ICCA")
    if counter != any(one.sequence == "C" for one in message.fields):
        yield _fault("C3", "C", "does not go with 22A", "ISCA and ICCA go with sequence C")


def one_measure(message: Message) -> Iterator[Fault]:
    """A reduction is an amount or words for one, and of one currency (C2 and C3 of 769)."""
    if len(_has(message, "", "33B", "39C")) != 1:
        yield _fault("C2", "33B", "does not stand alone", "give either 33B or 39C")
    less, left = message.text("33B"), message.text("34B")
    if less and left and less[:3] != left[:3]:
        yield _fault("C3", "34B", "is of another currency than 33B", "use one currency")


def extension_dated(message: Message) -> Iterator[Fault]:
    """A wish for more time says until when (765)."""
    if message.text("22G") == "PAEX" and not _has(message, "", "31E"):
        yield _fault("22G", "31E", "is missing beside pay or extend", "give the wished date")


def reason_of_no(message: Message) -> Iterator[Fault]:
    """Only a rejection gives reasons (787)."""
    if (message.text("23R") or "").startswith("ACCP\n"):
        yield _fault("23R", "23R", "gives reasons for an acceptance", "leave them out")


RULES: Final[dict[str, tuple[Rule, ...]]] = {
    "760": (c1, c2, c3, c4, c5, c6, c7, c8, c9),
    "765": (extension_dated,),
    "767": (one_change, c2, local_amended),
    "769": (one_measure,),
    "787": (reason_of_no,),
}
"""Of each message, in the order of the standard."""
