"""Loss given default, trained on a loan tape and held against its mean forward in time."""

from models.training.lgd.ask import LgdAsk
from models.training.lgd.fit import fit_lgd

__all__ = ["LgdAsk", "fit_lgd"]
