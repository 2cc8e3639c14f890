"""The blueprint of the catalogue's pages."""

from flask import Blueprint

bp = Blueprint("catalogue", __name__)
