"""The room's pages, each kind in a module of its own."""

from __future__ import annotations

from fairapp.web.draws import chooser, office, points, public, wishes
from fairapp.web.draws.bp import bp

__all__ = ["bp", "chooser", "office", "points", "public", "wishes"]
