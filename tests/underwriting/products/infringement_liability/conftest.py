"""Bring the plain modules of this folder within reach; they also run as a program."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
