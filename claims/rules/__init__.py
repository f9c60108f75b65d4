"""Rules of claims, pure: states, clocks, indemnity, bookings."""
