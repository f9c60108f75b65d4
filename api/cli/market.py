"""`zhibao market`: rights, firms, loans and disputes whose true law is known."""

from pathlib import Path
from typing import Any, Literal

from api.cli.progress import telling


def run_market(seed: int, out: Path, size: float, fmt: Literal["csv", "parquet"]) -> dict[str, Any]:
    """Draw a market and write its tables, their true law and a page that describes them.

    Raises:
        Invalid: the seed, the size or the folder cannot be used.
    """
    from models.market import make_market, write_market  # noqa: PLC0415 - loads numpy and polars

    with telling() as tell:
        tell("drawing the market", 0, 2)
        market = make_market(seed, size)
        tell("writing the tables", 1, 2)
        files = write_market(market, out, fmt)
        tell("market", 2, 2)
    rows = {name: frame.height for name, frame in market.tables.items()}
    return {"seed": seed, "size": size, "rows": rows, "files": [str(file) for file in files]}
