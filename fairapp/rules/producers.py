"""Who an organisation is, what it makes, and what its stars rest on."""

from __future__ import annotations

from enum import StrEnum


class OrganisationKind(StrEnum):
    """The legal kinds of makers a one-commune-one-product programme knows."""

    ENTERPRISE = "enterprise"
    COOPERATIVE = "cooperative"
    COOPERATIVE_GROUP = "cooperative_group"
    HOUSEHOLD = "household"
