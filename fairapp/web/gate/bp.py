"""The room's blueprint."""

from flask import Blueprint

bp = Blueprint("gate", __name__)
