"""Who bears which part of a loss, and who gets which part of a recovery.

A `Scheme` states it as data; `split` shares a loss to the minor unit and says in which
steps; `give_back` returns a recovery to those who bore. Pure and exact: integers and
fractions, no floats. The file format is read by `underwriting.schemes`.
"""

from kernel.sharing.facts import Facts, Loss, Portfolio
from kernel.sharing.give_back import GivenBack, Recovery, Standing, give_back
from kernel.sharing.scheme import (
    UNCOVERED,
    Bracket,
    Cap,
    CapPer,
    Eligible,
    Fuse,
    FuseEffect,
    Layer,
    LossBase,
    PaysOn,
    PoolSize,
    RecoveryRule,
    Role,
    Scheme,
    Shares,
)
from kernel.sharing.split import Part, Split, split
from kernel.sharing.stated import split_json
from kernel.sharing.steps import Step, StepKind, words_en, words_zh

__all__ = [
    "UNCOVERED",
    "Bracket",
    "Cap",
    "CapPer",
    "Eligible",
    "Facts",
    "Fuse",
    "FuseEffect",
    "GivenBack",
    "Layer",
    "Loss",
    "LossBase",
    "Part",
    "PaysOn",
    "PoolSize",
    "Portfolio",
    "Recovery",
    "RecoveryRule",
    "Role",
    "Scheme",
    "Shares",
    "Split",
    "Standing",
    "Step",
    "StepKind",
    "give_back",
    "split",
    "split_json",
    "words_en",
    "words_zh",
]
