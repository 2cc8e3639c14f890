"""The room's blueprint; ``views.py`` brings its views together."""

from flask import Blueprint

bp = Blueprint("fairs", __name__)
