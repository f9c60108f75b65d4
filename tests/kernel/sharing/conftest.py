"""Bring the oracles within reach of these tests."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "oracles"))
