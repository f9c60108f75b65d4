"""How a fit is judged, described and put in force."""
