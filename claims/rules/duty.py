"""What somebody has to do on a claim, and by when."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that waits for somebody, or that was done.

    Attributes:
        code: stable, for programs.
        whose: whose turn it is: `insurer`, `bank`, `firm`, or the name of a party of the scheme.
        zh: what is to be done, in Chinese.
        en: the same in English.
        clause: the term or article it rests on.
        due: last day; None where no day is set or the clock stands still.
        done_on: the day it was done; None is open.
        seen: who may see it, in the words of `timeline/told.toml`: `all`, `insured` (the house and
            the insured), or `party` (these and the party it concerns).
        party: party of the scheme that it concerns; empty where none is.
    """

    code: str
    whose: str
    zh: str
    en: str
    clause: str
    due: date | None
    done_on: date | None = None
    seen: str = "all"
    party: str = ""

    def late(self, on: date) -> bool:
        """Say whether it was missed, or is being missed on `on`."""
        return self.due is not None and (self.done_on or on) > self.due
