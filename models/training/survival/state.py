"""A trained hazard as a fit file: parameters, figures, and what has to be said about it."""

from hashlib import sha256
from typing import Any

import numpy as np

from models.fit_file import FitFile
from models.governance.reference import reference
from models.training.survival.asked import SurvivalAsked
from models.training.survival.boosted import train_trees
from models.training.survival.candidates import Sheet
from models.training.survival.choose import TREES, Choice, as_figures, choose, null_scores
from models.training.survival.cox import fit_cox
from models.training.survival.frozen import Frozen
from models.training.survival.study import Study


def state(study: Study, asked: SurvivalAsked, choice: Choice) -> FitFile:
    """Train the law that was chosen, and the challenger, on all rows; return the fit."""
    sheet, frozen = trained(study, choice)
    challenger, booster = train_trees(sheet.raw, sheet.lives).frozen()
    return FitFile.named(
        asked.name,
        frozen.form,
        made_on=asked.made_on,
        tape=_tape(study, asked),
        features=frozen.design.features,
        parameters={**frozen.parameters(), "challenger": challenger},
        metrics={
            **as_figures(choice),
            "out_of_time": choice.candidates[choice.candidate.name],
            "kaplan_meier_alone": null_scores(study),
            "chosen": _chosen(choice),
            "hazard_ratios": _ratios(sheet),
            "reference": _reference(study, frozen, sheet),
        },
        notes=_notes(study, choice),
        booster=booster,
    )


def trained(study: Study, choice: Choice) -> tuple[Sheet, Frozen]:
    """Train the law that was chosen on all rows."""
    age = study.age if choice.with_age else None
    sheet = Sheet.of(study.frame, study.lives, study.columns, age)
    return sheet, sheet.train(choice.candidate, choice.penalizer)


def chosen_and_trained(study: Study) -> tuple[Sheet, Frozen]:
    """Choose and train, without the figures and notes of a fit file."""
    return trained(study, choose(study))


def _tape(study: Study, asked: SurvivalAsked) -> dict[str, Any]:
    own = {"entry": asked.entry, "exit": asked.exit, "event": asked.event, "unit": asked.unit}
    found = {"rows": study.lives.rows, "events": study.lives.events, "columns": own, **asked.tape}
    if "sha256" not in found:
        found["sha256"] = sha256(study.frame.write_csv().encode()).hexdigest()
    return found


def _chosen(choice: Choice) -> dict[str, Any]:
    return {
        "law": choice.candidate.name,
        "penalty": choice.penalizer,
        "entry age is a predictor": choice.with_age,
    }


def _reference(study: Study, frozen: Frozen, sheet: Sheet) -> dict[str, Any]:
    """Histograms of the columns and of the risk, for drift reports."""
    features = frozen.design.features
    columns = {feature.name: study.frame[feature.name].to_list() for feature in features}
    return reference(features, columns, np.log(frozen.hazard().risk(sheet.raw)))


def _ratios(sheet: Sheet) -> dict[str, dict[str, float]]:
    """Hazard ratios per standard deviation of a plain Cox regression, for the card."""
    fit = fit_cox(sheet.x, sheet.lives, penalizer=1e-3)
    errors = np.sqrt(np.diag(fit.covariance))
    return {
        term.name: {"ratio": float(np.exp(beta)), "z": float(beta / error)}
        for term, beta, error in zip(sheet.design.terms, fit.beta, errors, strict=True)
    }


def _notes(study: Study, choice: Choice) -> tuple[str, ...]:
    notes = list(study.columns.notes)
    how = "forward in time" if study.folds[0].name.startswith("before") else "on random folds"
    notes.append(
        f"chosen {how} by integrated Brier, {len(study.folds)} splits: {choice.candidate.name}"
    )
    own = choice.candidates[choice.candidate.name]["integrated_brier"]
    if choice.candidates[TREES]["integrated_brier"] < own:
        notes.append("warning: the boosted challenger did better than the law that serves")
    notes += [f"{name} was tried and dropped: {why}" for name, why in choice.failed.items()]
    if float(study.lives.entry.min()) > 0.0:
        start = float(study.lives.entry.min())
        notes.append(f"nobody was observed below age {start:.4g}: S(t) is taken as 1 up to there")
    return tuple(notes)
