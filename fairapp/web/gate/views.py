"""All views of the gate room on one blueprint."""

from fairapp.web.gate import checking, tokens
from fairapp.web.gate.bp import bp

__all__ = ["bp", "checking", "tokens"]
