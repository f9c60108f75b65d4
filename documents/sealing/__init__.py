"""Sealing: signing a paper so that no change goes unseen, and telling whether a file is ours.

    signer = open_signer(folder, beside)
    content = signed(paper, signer, at=at, reason="Issue", place="Zhongshan")
    verdict = verify(content, trusted=signer.roots, register=row_of)

The seal that people see is drawn by the form; what holds is the signature, PAdES B-B on P-256,
certified against any change, and the register.
"""

from documents.sealing.opening import open_signer
from documents.sealing.signer import DEMONSTRATION, Signer
from documents.sealing.signing import check_in_date, signed
from documents.sealing.verdict import Registered, Tested, Verdict
from documents.sealing.verifying import verify

__all__ = [
    "DEMONSTRATION",
    "Registered",
    "Signer",
    "Tested",
    "Verdict",
    "check_in_date",
    "open_signer",
    "signed",
    "verify",
]
