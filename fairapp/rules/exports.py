"""A fair as tables: the pages of a workbook and their columns, without words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum

Cell = str | int | float | datetime | Enum | None
"""An enum is said in the reader's language; texts stay as they are."""


class ExportPage(StrEnum):
    """The pages of a fair's workbook."""

    EXHIBITORS = "exhibitors"
    BOOTHS = "booths"
    APPLICATIONS = "applications"
    BADGES = "badges"


class ExportColumn(StrEnum):
    """The columns of the pages."""

    NAME = "name"
    NAME_LATIN = "name_latin"
    KIND = "kind"
    COUNTRY = "country"
    PROVINCE = "province"
    COMMUNE = "commune"
    ADDRESS = "address"
    TAX_CODE = "tax_code"
    PHONE = "phone"
    EMAIL = "email"
    WEBSITE = "website"
    HOLDS = "holds"
    SHARES = "shares"
    PRODUCTS = "products"
    ADMITTED = "admitted"
    HALL = "hall"
    BOOTH = "booth"
    OTHER_CODES = "other_codes"
    AREA = "area"
    FORM = "form"
    ZONE = "zone"
    HOLDER = "holder"
    BY_DAYS = "by_days"
    """Who has the booth when, where it is not one exhibitor's on all days; a booth still is one row."""
    CO_EXHIBITORS = "co_exhibitors"
    BLOCKED = "blocked"
    STATE = "state"
    BOOTH_KIND = "booth_kind"
    BOOTHS = "booths"
    SUBMITTED = "submitted"
    DECIDED = "decided"
    REASON = "reason"
    EXHIBITOR = "exhibitor"
    DUTY = "duty"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class ExportTable:
    """One page with its rows."""

    page: ExportPage
    columns: tuple[ExportColumn, ...]
    rows: Sequence[tuple[Cell, ...]]
