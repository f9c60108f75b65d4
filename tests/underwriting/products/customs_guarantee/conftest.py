"""Proposals and the simulation of the wording are plain modules; the latter is also a program."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
