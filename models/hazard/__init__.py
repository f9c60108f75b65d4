"""When a right lapses, a loan defaults, a dispute begins: hazards from a frozen fit.

A fit is a table of terms, a matrix of coefficients and a law; scoring is a formula. Rows come
under observation at an age of their own (delayed entry), so every curve can be asked from an
age on.
"""
