"""What was trained, frozen: a folder with `fit.json`, a card, and the trees where it has any.

A fit is never edited: its id carries a digest of what it computes with, and reading refuses a
folder whose digest differs.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from kernel.canonical import canonical_json
from kernel.errors import invalid
from models.features import Feature

FIT, CARD, BOOSTER = "fit.json", "card.md", "booster.ubj"


@dataclass(frozen=True, slots=True)
class FitFile:
    """A fit as it is kept.

    Attributes:
        form: the law it is, such as `borrower.boosted`, `hazard.cox`.
        fit_id: name and digest of what it computes with.
        made_on: business date of the training, `YYYY-MM-DD`; the caller's, no clock is read.
        tape: what it was trained on: file, rows, events, period, sha256; never rows.
        features: the columns it reads.
        parameters: all that the score is computed from.
        metrics: how it did, by split and candidate.
        notes: warnings and decisions, in words.
        booster: the trees, in XGBoost's binary form.
    """

    form: str
    fit_id: str
    made_on: str
    tape: Mapping[str, Any]
    features: tuple[Feature, ...]
    parameters: Mapping[str, Any]
    metrics: Mapping[str, Any]
    notes: tuple[str, ...] = ()
    booster: bytes | None = None

    @classmethod
    def named(
        cls,
        name: str,
        form: str,
        *,
        made_on: str,
        tape: Mapping[str, Any],
        features: tuple[Feature, ...],
        parameters: Mapping[str, Any],
        metrics: Mapping[str, Any],
        notes: tuple[str, ...] = (),
        booster: bytes | None = None,
    ) -> Self:
        """Build a fit and give it its id."""
        fit_id = f"{name}-{digest(form, features, parameters, booster)}"
        return cls(form, fit_id, made_on, tape, features, parameters, metrics, notes, booster)

    @property
    def digest_holds(self) -> bool:
        """Whether the id belongs to what the fit computes with."""
        twelve = digest(self.form, self.features, self.parameters, self.booster)
        return self.fit_id.endswith(f"-{twelve}")

    def json(self) -> dict[str, Any]:
        """Everything but the trees."""
        return {
            "form": self.form,
            "fit_id": self.fit_id,
            "made_on": self.made_on,
            "tape": dict(self.tape),
            "features": [feature.json() for feature in self.features],
            "parameters": dict(self.parameters),
            "metrics": dict(self.metrics),
            "notes": list(self.notes),
            "booster": self.booster is not None,
        }


def digest(
    form: str,
    features: tuple[Feature, ...],
    parameters: Mapping[str, Any],
    booster: bytes | None,
) -> str:
    """Return the first twelve hexadecimal digits of SHA-256 over all that a score depends on."""
    stated = [form, [feature.json() for feature in features], dict(parameters)]
    return sha256(canonical_json(stated).encode() + (booster or b"")).hexdigest()[:12]


def write_fit(folder: Path, fit: FitFile, card: str = "") -> None:
    """Write a fit into `folder`, which is made where it is not there; one there is replaced.

    `fit.json` goes first and comes last: a folder that has one is whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in (FIT, CARD, BOOSTER):
        (folder / name).unlink(missing_ok=True)
    if fit.booster is not None:
        (folder / BOOSTER).write_bytes(fit.booster)
    if card:
        (folder / CARD).write_text(card, encoding="utf-8")
    (folder / FIT).write_text(canonical_json(fit.json()) + "\n", encoding="utf-8")


def read_fit(folder: Path) -> FitFile:
    """Read a fit.

    Raises:
        Invalid: there is no fit in the folder, or it is not what its id says.
    """
    try:
        fields = json.loads((folder / FIT).read_text(encoding="utf-8"))
        booster = (folder / BOOSTER).read_bytes() if fields["booster"] else None
        features = tuple(Feature.of(row) for row in fields["features"])
        fit = FitFile(
            fields["form"], fields["fit_id"], fields["made_on"], fields["tape"], features,
            fields["parameters"], fields["metrics"], tuple(fields["notes"]), booster,
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError) as error:
        problem = f"holds no fit that can be read ({type(error).__name__})"
        raise invalid(folder.name, problem, "name a folder that `zhibao fit` wrote") from None
    if not fit.digest_holds:
        problem = f"is not the fit {fit.fit_id}: its content was changed"
        raise invalid(folder.name, problem, "train it again, or restore the folder")
    return fit
