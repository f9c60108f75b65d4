"""Calls on the parties of a settlement: made, answered, disputed, paid, in default."""
