"""All views of the room on one blueprint."""

from fairapp.web.letters import log, mailings, news, texts, visa_mine, visa_office
from fairapp.web.letters.bp import bp

__all__ = ["bp", "log", "mailings", "news", "texts", "visa_mine", "visa_office"]
