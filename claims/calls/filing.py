"""The days that a scheme gives for filing with its pool and for curing a default."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

_FILE: Final = Path(__file__).with_name("filing.toml")


@dataclass(frozen=True, slots=True)
class FilingRule:
    """Days of one scheme.

    Attributes:
        filing_days: working days from the day the final loss is fixed to file it.
        cure_days: working days from a notice of default to pay after all.
        source: of the filing days.
        grade: `A` official, `B` study, `C` judgement, `K` from memory and not verified.
    """

    filing_days: int
    cure_days: int
    source: str
    grade: str

    @property
    def clause(self) -> str:
        """The rule as it is cited on papers, with a word where it is not verified."""
        unverified = "；未经核实 not verified" if self.grade == "K" else ""
        days = f"{self.filing_days} 个工作日 working days"
        return f"{days} ({self.source}){unverified}"


def filing_rule(scheme_code: str) -> FilingRule:
    """Return the days of a scheme; what it does not state is the default.

    >>> filing_rule("weihai-first-year-2020").filing_days, filing_rule("no-such").grade
    (10, 'K')
    """
    written = _written()
    stated = {**written["default"], **written.get("schemes", {}).get(scheme_code, {})}
    return FilingRule(
        filing_days=stated["filing_working_days"],
        cure_days=stated["cure_working_days"],
        source=stated["source"],
        grade=stated["grade"],
    )


@cache
def _written() -> dict[str, Any]:
    """Read the file once; it is shipped with the house, so a fault in it is ours: asserted."""
    written = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    for rows in (written["default"], *written["schemes"].values()):
        assert rows["source"], "a figure has a source"
        assert rows["grade"] in "ABCK", "a figure has a grade"
        assert rows["filing_working_days"] > 0, "a pool gives some days"
    return written
