"""How a matter is fought: counsel, budgets by stage, rights reserved, consent to a settlement."""
