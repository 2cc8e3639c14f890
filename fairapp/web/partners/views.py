"""All views of the room on one blueprint."""

from fairapp.web.partners import naming, office
from fairapp.web.partners.bp import bp

__all__ = ["bp", "naming", "office"]
