"""The page on letters draws the moves that the table holds."""

from pathlib import Path

from underwriting.letters.moves import drawn

PAGE = Path(__file__).parents[3] / "docs" / "methods" / "letters.md"


def test_the_page_draws_the_table_of_moves() -> None:
    assert f"```mermaid\n{drawn().strip()}\n```" in PAGE.read_text(encoding="utf-8")
