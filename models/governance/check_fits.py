"""Is every frozen fit whole: readable, unchanged, described, and is each named one there?"""

from collections.abc import Iterator
from pathlib import Path

from kernel.errors import Invalid
from kernel.finding import Effect, Finding
from models.features import Feature, Kind
from models.fit_file import CARD, FIT, FitFile, read_fit
from models.governance.assignment import InForce
from models.governance.card import write_card

TABLE = "in_force.toml"


def fit_folders(folder: Path) -> tuple[Path, ...]:
    """Return the folders of fits below `folder`, by name."""
    return tuple(
        sorted(path for path in folder.iterdir() if path.is_dir() and path.name[0] not in "._")
    )


def check_fits(folder: Path, in_force: InForce) -> tuple[Finding, ...]:
    """Return everything that is wrong with the fits in `folder`; nothing means all is well.

    Every folder is looked at, whether it serves or not; every fit that `in_force` names must
    have one.
    """
    found = [finding for path in fit_folders(folder) for finding in check_fit(path)]
    for row in in_force.rows:
        for fit_id in row.fits:
            if not (folder / fit_id / FIT).is_file():
                words = f"{TABLE} line {row.line} names {fit_id}, which is not there"
                found.append(_finding("no-such-fit", words, "restore the folder or name another"))
    return tuple(found)


def check_fit(folder: Path) -> tuple[Finding, ...]:
    """Return what is wrong with one fit: it is read, its id and its card are held against it."""
    try:
        fit = read_fit(folder)
    except Invalid as refused:
        fault = refused.faults[0]
        return (_finding("fit-broken", f"{fault.field} {fault.problem}", fault.cure),)
    return tuple(_of_fit(folder, fit))


def _of_fit(folder: Path, fit: FitFile) -> Iterator[Finding]:
    if fit.fit_id != folder.name:
        yield _finding("fit-misnamed", f"{folder.name} holds {fit.fit_id}", "rename the folder")
    card = folder / CARD
    if not card.is_file():
        yield _finding("no-card", f"{fit.fit_id} has no card", "write it with `zhibao card`")
    elif card.read_text(encoding="utf-8") != write_card(fit):
        words = f"the card of {fit.fit_id} is not what its figures say"
        yield _finding("card-differs", words, "write it again with `zhibao card`")
    if not fit.tape.get("sha256"):
        words = f"{fit.fit_id} does not say what it was trained on"
        yield _finding("no-fingerprint", words, "train again and keep the SHA-256 of the tape")
    for feature in fit.features:
        yield from _of_feature(fit.fit_id, feature)


def _of_feature(fit_id: str, feature: Feature) -> Iterator[Finding]:
    """A fit can only refuse what is out of range if it says what it saw."""
    if feature.kind is Kind.CATEGORY:
        lacks = [] if feature.levels else ["levels"]
    else:
        lacks = [key for key in ("seen_low", "seen_high") if getattr(feature, key) is None]
    if lacks:
        words = f"{fit_id}: {feature.name} lacks {', '.join(lacks)}"
        yield _finding("feature-incomplete", words, "state what was seen in training")


def _finding(code: str, words: str, cure: str) -> Finding:
    zh = {
        "no-such-fit": "启用表所列拟合不存在",
        "fit-broken": "拟合文件无法读取或已被改动",
        "fit-misnamed": "文件夹名与拟合编号不符",
        "no-card": "拟合没有说明卡",
        "card-differs": "说明卡与拟合内容不符",
        "no-fingerprint": "拟合未记录训练数据指纹",
        "feature-incomplete": "特征说明不完整",
    }[code]
    return Finding(
        code, Effect.DECLINE, words, f"{zh}：{words}", "a fit that serves is whole", cure
    )
