"""What products about disputes share: rights, courts, how often and how dear a suit is.

`figures_of(basis, currency)` opens the frozen figures; `law`, `whole_cost`, `course_of` and
`filings_of` answer from them. Every answer carries the rows that it rests on.
"""

from underwriting.disputes.costs import whole_cost
from underwriting.disputes.course import Course, End, Outcome, course_of
from underwriting.disputes.courts import Court, court_of
from underwriting.disputes.figures import PURPOSE, DisputeLaw, Figures, figures_of
from underwriting.disputes.filings import Filings, filings_of
from underwriting.disputes.lag import exposed_years
from underwriting.disputes.rows import row_json

__all__ = [
    "PURPOSE",
    "Course",
    "Court",
    "DisputeLaw",
    "End",
    "Figures",
    "Filings",
    "Outcome",
    "course_of",
    "court_of",
    "exposed_years",
    "figures_of",
    "filings_of",
    "row_json",
    "whole_cost",
]
