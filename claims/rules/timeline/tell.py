"""What happened, told in a sentence that can be read aloud: one template for each kind of event."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from claims.rules.timeline.words import Names, spoken, spoken_day

_FILE: Final = Path(__file__).with_name("told.toml")
_CLAUSE: Final = re.compile(r"\[([^\[\]]*)\]")
_FIELD: Final = re.compile(r"\{([a-z_]+)\}")
_NOT_SAID: Final = {"zh": "（未载明）", "en": "(not stated)"}

KINDS: Final[Mapping[str, Mapping[str, str]]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
"""Kind of event -> how it is told in each language, and who may hear it."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing that happened, as a sentence.

    Attributes:
        kind: of the event.
        on: business date.
        zh: in Chinese, with its day.
        en: in English, with its day.
        seen: `all`, `house` or `party`, as in `told.toml`.
        party: whom it is about where one party is; empty where none.
    """

    kind: str
    on: date
    zh: str
    en: str
    seen: str
    party: str


def tell(kind: str, on: date, noted: Mapping[str, Any], names: Names) -> Telling:
    """Tell an event; what a template names and nobody noted is said to be unstated.

    >>> names = Names("CNY", {"fund": ("风险补偿资金", "the fund")})
    >>> tell("call_paid", date(2026, 6, 10), {"party": "fund", "amount_minor": 150}, names).en
    'On 10 June 2026: The fund paid CNY 1.50.'
    """
    template = KINDS.get(_as(kind, noted)) or untold(kind)
    said = {tongue: _sentence(template[tongue], noted, names, tongue) for tongue in ("zh", "en")}
    party = noted.get("party") or noted.get("payee") or ""
    return Telling(
        kind,
        on,
        f"{spoken_day(on, 'zh')}，{said['zh']}",
        f"On {spoken_day(on, 'en')}: {said['en'][0].upper()}{said['en'][1:]}",
        template["seen"],
        party,
    )


def _as(kind: str, noted: Mapping[str, Any]) -> str:
    """Return the kind as which an event is told: what it is follows from what was noted.

    >>> _as("recovered", {"gross_minor": 0}), _as("notified", {})
    ('recovery_cost', 'notified')
    """
    if kind == "recovered" and noted.get("gross_minor") == 0:
        return "recovery_cost"
    return "demand_claimed" if kind == "notified" and noted.get("demand") else kind


def untold(kind: str) -> Mapping[str, str]:
    """Return how a kind of a later edition is told here: to the house alone, by its name."""
    zh = "另有一项记录，本系统此版本尚不能转述。"
    return {"seen": "house", "zh": zh, "en": f"This was noted: {kind.replace('_', ' ')}."}


def _sentence(template: str, noted: Mapping[str, Any], names: Names, tongue: str) -> str:
    words = spoken(noted, names, tongue)

    def clause(found: re.Match[str]) -> str:
        wanted = _FIELD.findall(found[1])
        return found[1] if all(words.get(name) for name in wanted) else ""

    whole = _CLAUSE.sub(clause, template)
    said = _FIELD.sub(lambda found: words.get(found[1]) or _NOT_SAID[tongue], whole)
    return re.sub(r"[。.]{2,}$", lambda found: found[0][-1], said)
