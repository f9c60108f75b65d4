"""Freeze the shipped lapse law: `python -m models.training.survival.ship FILE SHELF DATE`."""

import sys
from dataclasses import replace
from pathlib import Path

from models.fit_file import FitFile
from models.tape import fingerprint, read_tape
from models.training.survival.cn_lapse import FOLLOW_UP_ENDS, cn_lapse_table
from models.training.survival.fit import SurvivalAsked, fit_survival

ASKED = SurvivalAsked("entry", "exit", "lapsed", name="lapse-cn-a", unit="years since filing")


def ship_lapse(file: Path, shelf: Path, made_on: str) -> FitFile:
    """Train on the whole file and put the fit on the shelf under its own id.

    Raises:
        Invalid: the file is not there or is not what it should be.
    """
    table = cn_lapse_table(read_tape(file)).sort("app_date", "app_num")
    first, last = table["app_date"].min(), table["app_date"].max()
    tape = {
        "file": file.name,
        "sha256": fingerprint(file),
        "period": f"filed {str(first)[:10]} to {str(last)[:10]}",
        "followed_to": str(FOLLOW_UP_ENDS.date()),
        "command": f"python -m models.training.survival.ship {file.name} SHELF DATE",
    }
    making = shelf / ".making"
    fit = fit_survival(table, replace(ASKED, made_on=made_on, tape=tape), making)
    place = shelf / fit.fit_id
    if place.exists():
        for part in making.iterdir():
            part.unlink()
        making.rmdir()
    else:
        making.rename(place)
    return fit


if __name__ == "__main__":
    shipped = ship_lapse(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
    sys.stdout.write(f"{shipped.fit_id}\n")
