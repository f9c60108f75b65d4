"""SWIFT MT messages of category 7: text blocks after a table, one writer, one reader, one check."""

from underwriting.standards.mt.amendment import amendment_read, mt767
from underwriting.standards.mt.check import check_mt
from underwriting.standards.mt.message import Field, Message, read_mt, write_mt
from underwriting.standards.mt.notices import (
    answer_read,
    demand_read,
    mt765,
    mt769,
    mt786,
    mt787,
    reduction_read,
    refusal_read,
)
from underwriting.standards.mt.undertaking import mt760
from underwriting.standards.mt.undertaking_read import terms_read

__all__ = [
    "Field",
    "Message",
    "amendment_read",
    "answer_read",
    "check_mt",
    "demand_read",
    "mt760",
    "mt765",
    "mt767",
    "mt769",
    "mt786",
    "mt787",
    "read_mt",
    "reduction_read",
    "refusal_read",
    "terms_read",
    "write_mt",
]
