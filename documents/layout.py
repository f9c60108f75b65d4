"""Placing blocks on pages: first all is laid out, so that every page knows how many there are."""

from collections.abc import Sequence

from documents.grid import Grid, Row

Page = list[tuple[float, Row]]
"""Rows with the distance of their upper edge from the top of the body, points."""


def paginate(grids: Sequence[Grid], height: float) -> list[Page]:
    """Place `grids` one below the other on pages whose body is `height` points high."""
    pages: list[Page] = [[]]
    down = 0.0
    waiting = list(reversed(grids))
    while waiting:
        grid = waiting.pop()
        start = down + grid.gap if pages[-1] else 0.0
        if start + grid.height <= height:
            down = _place(pages[-1], start, grid)
            continue
        halves = grid.cut(height - start, forced=not pages[-1])
        if halves:
            _place(pages[-1], start, halves[0])
            waiting.append(halves[1])
        else:
            assert pages[-1], "one row fits on an empty page, or part of it"
            waiting.append(grid)
        pages.append([])
        down = 0.0
    return pages


def _place(page: Page, start: float, grid: Grid) -> float:
    for row in grid.rows:
        page.append((start, row))
        start += row.height
    return start
