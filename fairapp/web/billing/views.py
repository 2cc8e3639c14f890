"""Every page of the room."""

from fairapp.web.billing import exhibitor, invoices, mine, office, papers, prices
from fairapp.web.billing.bp import bp

__all__ = ["bp", "exhibitor", "invoices", "mine", "office", "papers", "prices"]
