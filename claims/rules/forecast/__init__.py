"""What a pool may still have to pay: expected draws, their spread, the day it is empty."""
