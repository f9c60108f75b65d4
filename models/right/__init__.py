"""How long a right lives, and of what it ends: a multi-state law with competing ends.

`quiet -> asserted -> challenged -> {wholly invalid, partly invalid, upheld}`, with lapse,
cancellation and the end of the term from every living state, by kind of right, office and age.
Always from today: the age that is reached, the dispute that runs and the fees that are paid
are given, and nothing that lies behind is counted again.
"""

from models.right.curves import Band, Curves
from models.right.law import Covenant, Owner
from models.right.life import RightLife
from models.right.states import Dispute, Standing

__all__ = ["Band", "Covenant", "Curves", "Dispute", "Owner", "RightLife", "Standing"]
