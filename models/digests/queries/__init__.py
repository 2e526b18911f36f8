"""Reading what digests tell."""

from models.digests.queries.rates import facts_of, report
from models.digests.queries.staff import staff_day
from models.digests.queries.volunteer import volunteer_week

__all__ = ["facts_of", "report", "staff_day", "volunteer_week"]
