"""A reader of QR codes, from a picture to text: ISO/IEC 18004 model 2, byte mode, no repair.

It shares nothing with the library that makes the codes. It corrects no errors: a wrong module
makes a wrong text.
"""

from itertools import zip_longest

Grid = list[list[bool]]
BLOCKS = {
    (1, "M"): [16], (2, "M"): [28], (3, "M"): [44], (4, "M"): [32] * 2, (5, "M"): [43] * 2,
    (6, "M"): [27] * 4, (7, "M"): [31] * 4, (8, "M"): [38] * 2 + [39] * 2,
    (9, "M"): [36] * 3 + [37] * 2, (10, "M"): [43] * 4 + [44], (11, "M"): [50] + [51] * 4,
    (12, "M"): [36] * 6 + [37] * 2, (13, "M"): [37] * 8 + [38],
    (3, "Q"): [17] * 2, (4, "Q"): [24] * 2, (5, "Q"): [15] * 2 + [16] * 2, (6, "Q"): [19] * 4,
    (2, "Q"): [22], (7, "Q"): [14] * 2 + [15] * 4,
}  # fmt: skip
"""Data codewords of each block, by version and level."""
CENTRES = {
    2: (6, 18), 3: (6, 22), 4: (6, 26), 5: (6, 30), 6: (6, 34), 7: (6, 22, 38), 8: (6, 24, 42),
    9: (6, 26, 46), 10: (6, 28, 50), 11: (6, 30, 54), 12: (6, 32, 58), 13: (6, 34, 62),
}  # fmt: skip
LEVELS = {1: "L", 0: "M", 3: "Q", 2: "H"}
MASKS = (
    lambda i, j: (i + j) % 2,
    lambda i, j: i % 2,
    lambda i, j: j % 3,
    lambda i, j: (i + j) % 3,
    lambda i, j: (i // 2 + j // 3) % 2,
    lambda i, j: i * j % 2 + i * j % 3,
    lambda i, j: (i * j % 2 + i * j % 3) % 2,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2,
)


def modules(dark: Grid) -> Grid:
    """Sample a picture in which nothing but a code is dark, at the middle of each module."""
    rows = [place for place, row in enumerate(dark) if any(row)]
    columns = [place for place, column in enumerate(zip(*dark, strict=True)) if any(column)]
    top, left, wide = rows[0], columns[0], columns[-1] - columns[0] + 1
    middle = top + wide // 200
    finder = next(n for n in range(2, wide) if not dark[middle][left + n])  # seven modules
    count = round(wide / (finder / 7))
    count += (21 - count) % 4 if (21 - count) % 4 < 2 else -((count - 21) % 4)
    at = [int((n + 0.5) * wide / count) for n in range(count)]
    return [[dark[top + i][left + j] for j in at] for i in at]


def _reserved(size: int) -> Grid:
    version = (size - 17) // 4
    kept = [[False] * size for _ in range(size)]

    def keep(top: int, left: int, high: int, wide: int) -> None:
        for i in range(top, top + high):
            for j in range(left, left + wide):
                kept[i][j] = True

    keep(0, 0, 9, 9), keep(0, size - 8, 9, 8), keep(size - 8, 0, 8, 9)
    keep(6, 0, 1, size), keep(0, 6, size, 1)
    corners = {(6, 6), (6, size - 7), (size - 7, 6)}
    for i in CENTRES.get(version, ()):
        for j in CENTRES[version]:
            if (i, j) not in corners:
                keep(i - 2, j - 2, 5, 5)
    if version >= 7:
        keep(0, size - 11, 6, 3), keep(size - 11, 0, 3, 6)
    return kept


def _format(grid: Grid) -> tuple[str, int]:
    bits = [grid[8][j] for j in (0, 1, 2, 3, 4)]
    word = int("".join("01"[bit] for bit in bits), 2) ^ 0b10101
    return LEVELS[word >> 3], word & 7


def _bits(grid: Grid, mask: int) -> str:
    size, kept, said = len(grid), _reserved(len(grid)), []
    upward = True
    for right in (j if j > 6 else j - 1 for j in range(size - 1, 0, -2)):
        for i in range(size - 1, -1, -1) if upward else range(size):
            said += [
                "01"[grid[i][j] ^ (MASKS[mask](i, j) == 0)]
                for j in (right, right - 1)
                if not kept[i][j]
            ]
        upward = not upward
    return "".join(said)


def text_of(grid: Grid) -> str:
    """Return what a code in byte mode says."""
    version = (len(grid) - 17) // 4
    level, mask = _format(grid)
    bits = _bits(grid, mask)
    words = [int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8)]
    sizes, blocks = BLOCKS[version, level], [[] for _ in BLOCKS[version, level]]
    order = zip_longest(*([n] * size for n, size in enumerate(sizes)))
    for block in (n for turn in order for n in turn if n is not None):
        blocks[block].append(words.pop(0))
    stream = "".join(f"{word:08b}" for block in blocks for word in block)
    assert stream[:4] == "0100", "byte mode"
    count = 8 if version < 10 else 16
    length = int(stream[4 : 4 + count], 2)
    start = 4 + count
    return bytes(int(stream[start + 8 * n : start + 8 * n + 8], 2) for n in range(length)).decode()
