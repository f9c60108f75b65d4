"""Papers that are needed only in some circumstances: when, in words, and whether it is so now."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from claims.rules.asked import asked, listed

_FILE: Final = Path(__file__).with_name("needed.toml")


@dataclass(frozen=True, slots=True)
class When:
    """The circumstances in which a paper is needed.

    Attributes:
        lines: one of them is asked.
        facts: or one of them is established, and is not nought.
        zh: the same in words, in Chinese.
        en: in English.
    """

    lines: tuple[str, ...]
    facts: tuple[str, ...]
    zh: str
    en: str

    def met(self, sought: Mapping[str, int], file: Mapping[str, Any]) -> bool:
        """Is it needed? Where nothing is asked yet, nobody can say that it is not."""
        by_line = any(sought.get(line) for line in self.lines)
        return not any(sought.values()) or by_line or any(file.get(fact) for fact in self.facts)


def when_needed(product: str, paper: str) -> When | None:
    """Return when a paper is needed; None is always.

    >>> when_needed("infringement_loss", "loss_proof").lines
    ('loss_of_profit',)
    >>> when_needed("infringement_loss", "claim_form")
    """
    one = _table().get(product, {}).get(paper)
    if one is None:
        return None
    return When(tuple(one["lines"]), tuple(one.get("facts", ())), one["zh"], one["en"])


def needed(
    product: str, papers: Mapping[str, str], sought: Mapping[str, int], file: Mapping[str, Any]
) -> dict[str, str]:
    """Return code -> name of every paper that is needed now, in the order of the policy.

    What was asked for by name is needed, whatever is claimed.

    Args:
        product: code.
        papers: of the policy, code -> name.
        sought: line -> minor units asked so far.
        file: of the claim.
    """
    named = {code for one in asked(file) for code in one.papers}
    return {
        code: name
        for code, name in listed(papers, file).items()
        if code in named or (when := when_needed(product, code)) is None or when.met(sought, file)
    }


def why_now(product: str, papers: Iterable[str]) -> str:
    """Say, in both languages, what made papers needed that were not needed before."""
    found = [when for code in papers if (when := when_needed(product, code))]
    return "；".join(dict.fromkeys(f"{one.zh} {one.en}" for one in found))


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
