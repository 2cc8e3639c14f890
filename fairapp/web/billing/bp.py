"""The room's blueprint, and the addresses its pages share."""

from flask import Blueprint

bp = Blueprint("billing", __name__)

MINE = "/me/applications/<int:application_id>/money"
FILE = "/o/<fair_code>/applications/<int:application_id>/money"
MONEY = "/o/<fair_code>/money"
INVOICE = f"{MONEY}/invoices/<int:invoice_id>"
