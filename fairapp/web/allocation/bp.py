"""The blueprint that the board's modules add their pages to."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("allocation", __name__)
