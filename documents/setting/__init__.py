"""From blocks to rows of set lines: one function a kind of block, found by its type."""

from documents.setting.compose import compose

__all__ = ["compose"]
