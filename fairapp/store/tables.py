"""Every table of the house, for migrations and for making a database whole."""

from fairapp.store import (
    accounts,
    allocation,
    applications,
    applications_forms,
    applications_prepared,
    applications_waiting,
    badges,
    billing,
    billing_bank,
    contracts,
    delegations,
    documents,
    exchange,
    fairs,
    gate,
    operations,
    partners,
    producers,
    visits,
)
from fairapp.store.base import Base

__all__ = [
    "accounts",
    "allocation",
    "applications",
    "applications_forms",
    "applications_prepared",
    "applications_waiting",
    "badges",
    "billing",
    "billing_bank",
    "contracts",
    "delegations",
    "documents",
    "exchange",
    "fairs",
    "gate",
    "metadata",
    "operations",
    "partners",
    "producers",
    "visits",
]
metadata = Base.metadata
