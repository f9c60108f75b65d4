"""Which function sets which block."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from documents.blocks import (
    Banner,
    Block,
    Clauses,
    Code,
    Facts,
    Findings,
    Listing,
    Note,
    Seal,
    Signature,
    Title,
)
from documents.grid import Grid
from documents.setting.facts import set_facts
from documents.setting.listing import set_findings, set_listing
from documents.setting.prose import (
    set_banner,
    set_clauses,
    set_note,
    set_signature,
    set_title,
)
from documents.setting.seal import set_code, set_seal

_SET: Final[Mapping[type, Callable[[Any], Grid | None]]] = {
    Title: set_title,
    Facts: set_facts,
    Listing: set_listing,
    Findings: set_findings,
    Clauses: set_clauses,
    Banner: set_banner,
    Note: set_note,
    Signature: set_signature,
    Code: set_code,
    Seal: set_seal,
}


def compose(blocks: Iterable[Block]) -> list[Grid]:
    """Set blocks in their order; one that has nothing to say leaves nothing.

    Seals and signatures stand under the end of what is sealed, never alone on a page.
    """
    grids: list[Grid] = []
    for block in blocks:
        grid = _SET[type(block)](block)
        if grid is None:
            continue
        if isinstance(block, Seal | Signature) and grids:
            grid = grids.pop().joined(grid)
        grids.append(grid)
    return grids
