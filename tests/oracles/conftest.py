"""The oracles are plain modules: they are also run as a program, in a process of their own."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
