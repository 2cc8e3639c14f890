"""All views of the badge room on one blueprint."""

from fairapp.web.badges import designs, organiser, people, printing, queue, stations, wallet
from fairapp.web.badges.bp import bp

__all__ = ["bp", "designs", "organiser", "people", "printing", "queue", "stations", "wallet"]
