"""What a paper says at the foot of every page: version, fingerprint, and what it is worth."""

from dataclasses import dataclass
from typing import Final

from documents.grid import Row, cell
from documents.sheet import BAND, BODY_WIDTH, CREAM, SMALL

DEMONSTRATION: Final = "演示签章，不具法律效力 Demonstration signature, no legal effect"
"""Stands on every page of a paper that a self-made authority signs."""
SHOWN: Final = 16
"""Digits of a content hash that stand at the foot; all of them stand in the text."""


@dataclass(frozen=True, slots=True)
class Foot:
    """A form that has a property `foot` is printed with it on every page.

    Attributes:
        version: of the paper, or of the letter that a notice is about; None where it has one
            version only.
        content_hash: fingerprint of what that version says, hexadecimal; empty where it has none.
        demonstration: signed by a self-made authority, and every page says so.
        deed: blank space below the last line of a page is struck through.
        about: number of the letter that a notice is about: version and fingerprint are that
            letter's; empty where they are the paper's own.
    """

    version: int | None = None
    content_hash: str = ""
    demonstration: bool = False
    deed: bool = False
    about: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """What stands below the number of the page, from top to bottom."""
        rows = []
        parts = [] if self.version is None else [f"版本 Version {self.version}"]
        if self.about:
            parts.insert(0, f"所涉保函 Letter concerned {self.about}")
        if self.content_hash:
            whose = "该版内容摘要 Its content hash" if self.about else "内容摘要 Content hash"
            parts.append(f"{whose} {self.content_hash[:SHOWN]}")
        if parts:
            rows.append(Row((cell(BODY_WIDTH, ("　".join(parts), SMALL)),), below=None, pad=0))
        if self.demonstration:
            band = cell(BODY_WIDTH, (DEMONSTRATION, BAND), align="center", fill=CREAM)
            rows.append(Row((band,), below=None, pad=1.5))
        return tuple(rows)


BARE: Final = Foot()
"""Number and page only."""


def foot_of(form: object) -> Foot:
    """The foot that `form` asks for, or a bare one."""
    foot = getattr(form, "foot", BARE)
    return foot if isinstance(foot, Foot) else BARE
