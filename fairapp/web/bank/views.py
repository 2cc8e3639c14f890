"""Every page of the room."""

from fairapp.web.bank import balance, payments, reminders, statements
from fairapp.web.bank.bp import bp

__all__ = ["balance", "bp", "payments", "reminders", "statements"]
