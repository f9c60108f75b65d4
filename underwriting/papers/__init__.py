"""From priced and bound values to the forms that are printed. No query, no arithmetic."""
