"""One registered pledge stands behind one open letter: what it secures twice, it secures once."""

from collections.abc import Iterator

from sqlmodel import Session

from kernel.errors import Conflict, Fault
from kernel.finding import Effect, Finding
from underwriting.guarantees import store
from underwriting.letters.terms import LetterTerms


def pledged_elsewhere(session: Session, terms: LetterTerms) -> Iterator[Finding]:
    """Yield each right whose registered pledge stands behind another letter that has not ended.

    A registration states no amount that it secures, so that nobody can say whether it covers both
    limits: a second letter needs a registration of its own.
    """
    named = {(one.number, one.registration) for one in terms.security if one.registration}
    if not named:
        return
    behind = {
        (other, *pledge)
        for other, held in store.secured(session)
        if other != terms.number
        for pledge in named & held
    }
    for other, number, registration in sorted(behind, key=str):
        yield Finding(
            "pledge-behind-another-letter", Effect.DECLINE,
            f"the pledge {registration} on {number} stands behind letter {other}",
            f"{number} 的质权登记 {registration} 已为保函 {other} 提供反担保",
            "Civil Code art. 444: a pledge exists from its registration, for what was registered",
            f"register a pledge of its own for this letter, or release letter {other}",
        )  # fmt: skip


def check_pledged_once(session: Session, terms: LetterTerms) -> None:
    """Refuse to sign a letter whose pledge came to stand behind another meanwhile.

    Raises:
        Conflict: `pledge-behind-another-letter`, with every such letter.
    """
    found = tuple(pledged_elsewhere(session, terms))
    if found:
        faults = [Fault("security", one.en, one.cure) for one in found]
        raise Conflict("pledge-behind-another-letter", *faults)
