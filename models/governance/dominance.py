"""Counting points that lie above one bound and below another, for many bounds at once."""

import numpy as np
from numpy.typing import NDArray

from models.governance.arrays import FloatArray, IntArray


def below_and_level(
    point_key: IntArray, point_value: FloatArray, query_key: IntArray, query_value: FloatArray
) -> tuple[IntArray, IntArray, IntArray]:
    """For each query, count points of a greater key: of less value, of equal value, and in all.

    All whole numbers, so exact. O((n + m) log(n + m)) numpy steps: points and queries stand in
    one line of falling key; `_smaller_before` walks the bits of the value's rank.

    Args:
        point_key: `[n]`.
        point_value: `[n]`.
        query_key: `[m]`.
        query_value: `[m]`.
    """
    n, m = point_key.size, query_key.size
    is_point = np.arange(n + m) < n
    line = np.lexsort((is_point, -np.concatenate((point_key, query_key))))
    _, ranks = np.unique(np.concatenate((point_value, query_value)), return_inverse=True)
    counts = np.empty((3, n + m), dtype=np.int64)
    counts[0, line] = _smaller_before(ranks[line], is_point[line])
    counts[1, line] = _within_group(ranks[line], is_point[line])
    counts[2, line] = np.cumsum(is_point[line])
    return counts[0, n:], counts[1, n:], counts[2, n:]


def _smaller_before(ranks: IntArray, is_point: NDArray[np.bool_]) -> IntArray:
    """Count, for each place, the points before it whose rank is less.

    Two ranks differ first at one bit, where the lesser has 0 and the greater 1: so for each
    bit, among those that agree on all higher bits, a 1 counts the points with 0 before it.
    """
    total = np.zeros(ranks.size, dtype=np.int64)
    for bit in range(int(ranks.max()).bit_length()):
        ones = (ranks >> bit) & 1 == 1
        zeros_before = _within_group(ranks >> (bit + 1), is_point & ~ones)
        total[ones] += zeros_before[ones]
    return total


def _within_group(group: IntArray, counted: NDArray[np.bool_]) -> IntArray:
    """Count, for each place, the `counted` places up to it in its own group."""
    line = np.argsort(group, kind="stable")
    running = np.cumsum(counted[line])
    starts = np.flatnonzero(np.diff(group[line], prepend=-1))
    before = np.concatenate(([0], running))[starts]
    sizes = np.diff(starts, append=group.size)
    result = np.empty(group.size, dtype=np.int64)
    result[line] = running - np.repeat(before, sizes)
    return result
