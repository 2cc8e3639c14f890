"""The room's blueprint."""

from flask import Blueprint

bp = Blueprint("badges", __name__)
