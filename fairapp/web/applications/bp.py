"""The room's blueprint, and the numbers its addresses carry."""

from flask import Blueprint

bp = Blueprint("applications", __name__)

MINE = "/me/applications/<int(max=2147483647):application_id>"
QUEUE = "/o/<fair_code>/applications"
ONE = f"{QUEUE}/<int(max=2147483647):application_id>"
