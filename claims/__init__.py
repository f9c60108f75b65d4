"""From notice to close: acts at the top, rules in a folder, memory in tables and store."""
