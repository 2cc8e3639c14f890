"""The command ``fairs``: add fairs without a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import click
from flask import Flask

from fairapp.cli.saying import tell, writing
from fairapp.i18n import gettext as _
from fairapp.rules.actors import SYSTEM
from fairapp.rules.fairs import FairStep, FloorKind
from fairapp.store.schemes import SCHEMES, keep_schemes
from fairapp.usecases.fairs import (
    CreateFair,
    FairDetails,
    StepFair,
    create_fair,
    step_fair,
)
from fairapp.usecases.fairs_kinds import KeepBoothKind, keep_booth_kind

DAY = click.DateTime(["%Y-%m-%d"])
KINDS = (
    (
        "standard",
        FloorKind.SHELL_SCHEME,
        {"vi": "Gian tiêu chuẩn", "en": "Shell scheme"},
        9.0,
    ),
    ("raw", FloorKind.RAW_SPACE, {"vi": "Đất trống", "en": "Raw space"}, 18.0),
)
"""The kinds every fair begins with; their prices are the organiser's business."""


@click.group()
def fairs() -> None:
    """Add fairs."""


@fairs.command()
@click.argument("code")
@click.option("--name-vi", default="", help="The fair's name in Vietnamese.")
@click.option("--name-en", default="", help="The fair's name in English.")
@click.option("--starts", type=DAY, required=True, help="First day, like 2027-04-15.")
@click.option("--ends", type=DAY, required=True, help="Last day.")
@click.option("--country", default="VN", show_default=True, help="Two letters, like VN.")
@click.option("--timezone", default="Asia/Ho_Chi_Minh", show_default=True)
@click.option("--currency", default="VND", show_default=True, help="Three letters, like VND.")
@click.option("--scheme", default="ocop2021", show_default=True, type=click.Choice(sorted(SCHEMES)))
@click.option("--draft", is_flag=True, help="Keep it hidden until somebody publishes it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
@click.pass_obj
def add(
    make_app: Callable[[], Flask],
    code: str,
    name_vi: str,
    name_en: str,
    starts: datetime,
    ends: datetime,
    country: str,
    timezone: str,
    currency: str,
    scheme: str,
    draft: bool,
    as_json: bool,
) -> None:
    """Add the fair CODE with the usual kinds of booths, and publish it."""
    details = FairDetails(
        names={language: name for language, name in (("vi", name_vi), ("en", name_en)) if name.strip()},
        starts_on=starts.date(),
        ends_on=ends.date(),
        country=country.upper(),
        timezone=timezone,
        currency=currency.upper(),
        scheme=scheme,
    )
    now = datetime.now(UTC)
    with writing(make_app()) as session:
        keep_schemes(session)
        fair = create_fair(session, SYSTEM, CreateFair(code, details), now)
        for kind, floor, names, smallest in KINDS:
            unit = 9.0 if floor is FloorKind.SHELL_SCHEME else 1.0
            order = KeepBoothKind(fair.id, kind, floor, names, unit, smallest, 0)
            keep_booth_kind(session, SYSTEM, order, now)
        if not draft:
            step_fair(session, SYSTEM, StepFair(fair.id, FairStep.PUBLISH), now)
        figures = {"fair": fair.code, "state": fair.state.value}
        sentence = _("The fair %(code)s is there: /f/%(code)s", code=fair.code)
    tell(figures, sentence, as_json)
