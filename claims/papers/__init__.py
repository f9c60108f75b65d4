"""From claims and settlements to the forms that are printed. No query, no arithmetic of law."""
