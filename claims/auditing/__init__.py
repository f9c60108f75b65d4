"""What an audit of claims tests: settlements, calls, entries; each yields what disagrees."""
