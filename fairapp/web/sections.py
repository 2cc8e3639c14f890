"""The sections of a fair's rail: which rooms stand together, in the order of the work."""

from __future__ import annotations

from dataclasses import dataclass

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Section:
    """Rooms that are one step of the work: one place on the rail, their own tabs above the page."""

    label: LazyText
    icon: str
    rooms: tuple[str, ...]
    """Addresses, as in ``navigation.ROOMS``."""


SECTIONS = (
    Section(_l("Overview"), "home", ("/o/{code}",)),
    Section(
        _l("Applications"),
        "list",
        (
            "/o/{code}/applications",
            "/o/{code}/reviewing",
            "/o/{code}/reviews",
            "/o/{code}/decisions",
            "/o/{code}/waiting-list",
            "/o/{code}/changes",
            "/o/{code}/delegations",
            "/o/{code}/forms",
        ),
    ),
    Section(
        _l("Booths"),
        "plan",
        (
            "/o/{code}/board",
            "/o/{code}/scenarios",
            "/o/{code}/wishes",
            "/o/{code}/draw",
            "/o/{code}/points",
            "/o/{code}/choosing",
            "/o/{code}/exhibitors",
            "/o/{code}/partners",
            "/o/{code}/plan",
            "/o/{code}/handover",
        ),
    ),
    Section(
        _l("Money"),
        "cash",
        ("/o/{code}/money", "/o/{code}/bank", "/o/{code}/money/reminders", "/o/{code}/money/balance"),
    ),
    Section(
        _l("Preparing"),
        "flag",
        ("/o/{code}/manual", "/o/{code}/documents", "/o/{code}/contract", "/o/{code}/letters"),
    ),
    Section(
        _l("Badges and gate"),
        "badge",
        ("/o/{code}/badges", "/o/{code}/badges/queue", "/o/{code}/badges/designs", "/g/{code}"),
    ),
    Section(_l("Printing"), "print", ("/o/{code}/print", "/o/{code}/catalogue")),
    Section(_l("Lists and reports"), "chart", ("/o/{code}/reports", "/o/{code}/import")),
    Section(_l("Set-up"), "gear", ("/o/{code}/settings", "/o/{code}/people", "/o/{code}/audit")),
)
"""A room that stands in none of them has a place of its own on the rail, after these."""
