"""An overdue loan before a claim: the case, its letters of demand, its transcripts."""
