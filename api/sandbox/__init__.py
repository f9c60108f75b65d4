"""A sandbox: its mark, its test clock, and what happens while that clock is put forward."""
