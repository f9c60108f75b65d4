"""Whether the one signature certifies the paper, and permits no change at all."""

from typing import Any, Final

from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.pdf_embedded import read_certification_data

from documents.sealing.verdict import Said

_SUBFILTER: Final = "/ETSI.CAdES.detached"


def not_certified(reader: Any, signature: Any) -> Said | None:
    """Return what is missing; None when the signature certifies and permits no change."""
    found = read_certification_data(reader)
    if found is None:
        return Said("the paper is signed but not certified", "文件有签名但未经认证")
    if found.author_sig.container_ref != signature.sig_object.container_ref:
        return Said("another signature certifies it", "认证所指的是另一签名")
    if found.permission is not MDPPerm.NO_CHANGES:
        return Said("its certification permits changes", "认证允许改动")
    if signature.sig_object["/SubFilter"] != _SUBFILTER:
        return Said("its signature is not of the PAdES kind", "签名不是PAdES签名")
    return None


def added_after(reader: Any, signature: Any) -> Said | None:
    """Return what was added after signing; None when the signature's revision is the last.

    A sealed paper has two: the paper as printed, and its signature.
    """
    if reader.xrefs.hybrid_xrefs_present:
        return Said("its table of contents is given twice", "交叉引用表有两套")
    revisions = reader.total_revisions
    if revisions != 2 or signature.signed_revision != revisions - 1:  # noqa: PLR2004 - as said above
        return Said(
            f"the file has {revisions} revisions, not the paper and its signature alone",
            f"文件有{revisions}个修订版，而非仅有正文与签名",
        )
    return None
