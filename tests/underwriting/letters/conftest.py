"""The breaches of the rules of issue are a plain module of this folder."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
