"""The room's blueprint and its addresses."""

from __future__ import annotations

from flask import Blueprint

from fairapp.web import one_application

bp = Blueprint("draws", __name__)

MINE = one_application.MINE
OFFICE = "/o/<fair_code>"
