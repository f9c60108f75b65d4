"""Bring the plain modules of this folder within reach; the simulation also runs as a program."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
