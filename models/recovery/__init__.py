"""Recovery and value: what collateral is worth, what it fetches, and what is lost.

One law joins the borrower's default with the life and the value of the rights (`joint_law`);
with `Link()` it is the product of the marginals.
"""

from models.recovery.appraisal import Appraisal, AppraisalLaw, combined_value
from models.recovery.figures import recovery_figures, recovery_table, with_recovery
from models.recovery.joint_law import JointLaw, JointMonth, KeyDead, joint_law, key_dead
from models.recovery.laws import BetaLaw, GammaLaw, LogNormal
from models.recovery.lgd import LgdLaw
from models.recovery.link import Link
from models.recovery.loan_loss import LoanLoss, OtherSecurity, Proceeds, proceeds_of
from models.recovery.pledge import Disposal, Life, PledgedRight
from models.recovery.read_off import read_off, survivals
from models.recovery.sale import SaleLaw, haircut

__all__ = [
    "Appraisal",
    "AppraisalLaw",
    "BetaLaw",
    "Disposal",
    "GammaLaw",
    "JointLaw",
    "JointMonth",
    "KeyDead",
    "LgdLaw",
    "Life",
    "Link",
    "LoanLoss",
    "LogNormal",
    "OtherSecurity",
    "PledgedRight",
    "Proceeds",
    "SaleLaw",
    "combined_value",
    "haircut",
    "joint_law",
    "key_dead",
    "proceeds_of",
    "read_off",
    "recovery_figures",
    "recovery_table",
    "survivals",
    "with_recovery",
]
