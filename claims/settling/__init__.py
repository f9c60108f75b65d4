"""The parts of a settlement: rows, pools, books, calls, papers; each new one holds all before."""
