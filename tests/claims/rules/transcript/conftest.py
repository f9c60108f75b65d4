"""The bank of these tests is a plain module beside them."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
