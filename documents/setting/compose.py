"""Which function sets which block."""

from collections.abc import Iterable, Iterator

from documents.blocks import (
    Banner,
    Block,
    Clauses,
    Facts,
    Findings,
    Listing,
    Note,
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


def compose(blocks: Iterable[Block]) -> list[Grid]:
    """Set blocks in their order; one that has nothing to say leaves nothing."""
    return list(_set_each(blocks))


def _set_each(blocks: Iterable[Block]) -> Iterator[Grid]:
    for block in blocks:
        grid = _set(block)
        if grid is not None:
            yield grid


def _set(block: Block) -> Grid | None:  # noqa: PLR0911 - one line a kind of block
    match block:
        case Title():
            return set_title(block)
        case Facts():
            return set_facts(block)
        case Listing():
            return set_listing(block)
        case Findings():
            return set_findings(block)
        case Clauses():
            return set_clauses(block)
        case Banner():
            return set_banner(block)
        case Note():
            return set_note(block)
        case Signature():
            return set_signature(block)
