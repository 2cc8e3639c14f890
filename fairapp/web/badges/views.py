"""All views of the badge room on one blueprint."""

from fairapp.web.badges import organiser, people, printing
from fairapp.web.badges.bp import bp

__all__ = ["bp", "organiser", "people", "printing"]
