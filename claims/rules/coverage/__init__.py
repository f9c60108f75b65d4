"""Coverage as coded tests: each finding with its clause, its evidence, its effect and its cure."""
