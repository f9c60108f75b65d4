"""`zhibao card`: what a fit is, learned from and does not know, from its own figures."""

from pathlib import Path

from models.fit_file import FIT, FitFile, read_fit
from models.governance.card import write_card
from models.shelf import fit_named


def run_card(named: str) -> tuple[FitFile, str]:
    """Return a fit, by its folder or by the id of one that is shipped, and its card.

    Raises:
        Invalid: there is no such fit, or it was changed.
    """
    folder = Path(named)
    fit = read_fit(folder) if (folder / FIT).is_file() else fit_named(named)
    return fit, write_card(fit)
