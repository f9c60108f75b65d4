"""A two-page letter in two languages: drawn, archived, signed; processor time and size.

Times are of the processor, not of the clock: what else the machine does does not count. Each
round makes one letter from terms to signature, its message between banks attached; what is
bounded is the median over the rounds.
"""

import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from statistics import median
from time import process_time
from types import ModuleType
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from documents.archive import Attachment
from documents.printed import printed
from documents.render import render
from documents.sealing import Signer, open_signer, signed
from underwriting.letters.content import content_hash
from underwriting.letters.terms import LetterTerms
from underwriting.papers.customs_letter import customs_letter
from underwriting.standards.iso.undertaking import tsrv001

ROUNDS, WARM = 41, 3
AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
URL = "https://verify.example.org/verify/CGL2600000001E?c=3f0c9a1e5b7d2468"


class Letter(NamedTuple):
    """One letter: processor time of each step in milliseconds, size of each file, pages."""

    drawn: float
    archived: float
    signed: float
    sizes: tuple[int, int, int]
    pages: int


def _sample() -> ModuleType:
    path = Path(__file__).parents[1] / "letters_sample.py"
    spec = spec_from_file_location("letters_sample", path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["letters_sample"] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def one_letter(terms: LetterTerms, signer: Signer) -> Letter:
    """Make the letter three times as far: drawn; drawn and archived; drawn, archived, signed."""
    start = process_time()
    form = customs_letter(terms, code_url=URL, content_hash=content_hash(terms))
    drawn = render(form)
    after_drawn = process_time()
    message = Attachment(
        "tsrv.001.xml", "application/xml", tsrv001(terms), "Alternative", "报文", "message"
    )
    kept = printed(form, (message,))
    after_kept = process_time()
    sealed = signed(kept.content, signer, at=AT, reason="签发保函 Issue", place="Chengdu")
    after_signed = process_time()
    bare, whole, sign = after_drawn - start, after_kept - after_drawn, after_signed - after_kept
    sizes = (len(drawn.content), len(kept.content), len(sealed))
    return Letter(1e3 * bare, 1e3 * whole, 1e3 * (whole + sign), sizes, drawn.pages)


def measured(rounds: int = ROUNDS) -> list[Letter]:
    """Make letters that differ in number of their policy, so that nothing is kept between them."""
    terms = _sample().a_letter()
    with tempfile.TemporaryDirectory() as folder:
        signer = open_signer(None, Path(folder))
        made = [
            one_letter(replace(terms, policy_number=f"CG-2026-{turn:06d}"), signer)
            for turn in range(rounds + WARM)
        ]
    return made[WARM:]


def compared() -> list[tuple[str, str, str, bool]]:
    """Show what was measured; return what is bounded, the bound, what was reached, if it held."""
    made = measured()
    times = [median(one[step] for one in made) for step in range(3)]
    sizes = [max(one.sizes[step] for one in made) for step in range(3)]
    table = Table(title=f"a letter of {made[0].pages} pages, {len(made)} rounds")
    for heading in ("as far as", "processor ms", "KB"):
        table.add_column(heading)
    for name, time, size in zip(("drawn", "+ archived", "+ signed"), times, sizes, strict=True):
        table.add_row(name, f"{time:.0f}", f"{size / 1000:.1f}")
    Console().print(table)
    bare = times[0] + times[2] - times[1]  # signing costs the same whether archived or not
    return [
        ("a letter in two languages, pages", "2", str(made[0].pages), made[0].pages <= 2),
        ("a letter drawn, processor time", "80 ms", f"{times[0]:.0f} ms", times[0] <= 80.0),
        ("drawn and signed", "150 ms", f"{bare:.0f} ms", bare <= 150.0),
        ("drawn, archived and signed", "260 ms", f"{times[2]:.0f} ms", times[2] <= 260.0),
        ("the file with everything", "120 KB", f"{sizes[2] / 1000:.1f} KB", sizes[2] <= 120_000),
    ]


if __name__ == "__main__":
    for line in compared():
        Console().print(*line)
