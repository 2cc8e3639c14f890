"""All views of the room."""

from fairapp.web.fairs import (
    views_audit,
    views_backgrounds,
    views_days,
    views_exhibitors,
    views_home,
    views_kinds,
    views_life,
    views_plan,
    views_plan_figures,
    views_plan_files,
    views_plans,
    views_public,
    views_search,
    views_settings,
    views_studio,
)
from fairapp.web.fairs.bp import bp

__all__ = [
    "bp",
    "views_audit",
    "views_backgrounds",
    "views_days",
    "views_exhibitors",
    "views_home",
    "views_kinds",
    "views_life",
    "views_plan",
    "views_plan_figures",
    "views_plan_files",
    "views_plans",
    "views_public",
    "views_search",
    "views_settings",
    "views_studio",
]
