"""What changed between two versions of a report, figure by figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.rules.reporting.figure import Figure


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that is other than in the version before; empty where it was not there, or is gone.

    Attributes:
        row: what it is of.
        code: of the figure.
        zh: what it is, in Chinese.
        en: the same in English.
        before: as it was printed.
        after: as it is now.
    """

    row: str
    code: str
    zh: str
    en: str
    before: str
    after: str


def changes(before: Sequence[Figure], after: Sequence[Figure]) -> tuple[Change, ...]:
    """Return what is other now, in the order of the new version, what is gone last.

    A figure is known by its row and its code; two of one row and code are impossible.
    """
    old = {(one.row, one.code): one for one in before}
    new = {(one.row, one.code): one for one in after}
    assert len(old) == len(before), "a figure is stated once"
    assert len(new) == len(after), "a figure is stated once"
    found = []
    for key in (*new, *(key for key in old if key not in new)):
        was, now = old.get(key), new.get(key)
        if was != now:
            named = now or was
            assert named is not None, "it stands in one of the two"
            words = (was.words if was else "", now.words if now else "")
            if was and now and words[0] == words[1]:
                words = (_exactly(was), _exactly(now))
            found.append(Change(named.row, named.code, named.zh, named.en, *words))
    return tuple(found)


def _exactly(figure: Figure) -> str:
    """Return the value with its note, where the printed words alone do not differ."""
    return f"{figure.value} {figure.note}".strip()
