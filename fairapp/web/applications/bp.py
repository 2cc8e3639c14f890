"""The room's blueprint, and the numbers its addresses carry."""

from flask import Blueprint

bp = Blueprint("applications", __name__)

MINE = "/me/applications/<int(max=2147483647):application_id>"
QUEUE = "/o/<fair_code>/applications"
ONE = f"{QUEUE}/<int(max=2147483647):application_id>"
FORMS = "/o/<fair_code>/forms"
FORM = f"{FORMS}/<int(max=2147483647):form_id>"
"""A form that the organiser builds."""
WAITING = "/o/<fair_code>/waiting-list"
CHANGES = "/o/<fair_code>/changes"
CHANGE = "<int(max=2147483647):change_request_id>"
"""A change request, at the end of an address."""
BATCH = "/o/<fair_code>/decisions"
REVIEWING = "/o/<fair_code>/reviewing"
"""The organiser's side of reviewing."""
REVIEWS = "/o/<fair_code>/reviews"
"""What a reviewer has to read."""
