"""From proposal to policy: acts at the top, rules in the folders, memory in tables and store."""
