"""The command ``check``: whether settings, keys, database, files and data are in order."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from ipaddress import ip_address

import click
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from fairapp.adapters.files import FolderFiles
from fairapp.adapters.qr_reference import is_as_reference
from fairapp.cli.saying import speaking_plainly
from fairapp.config import Settings
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.health import Ailment, HealthFault
from fairapp.store.base import db, reading
from fairapp.store.migrating import is_current
from fairapp.usecases.exchange_health import data_ailments


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
@click.pass_context
def check(ctx: click.Context, as_json: bool) -> None:
    """Check the configuration and the health of the data; ends with 1 when something must be put right."""
    make_app: Callable[[], Flask] = ctx.obj
    app = make_app()
    with app.app_context(), speaking_plainly():
        settings: Settings = app.config["FAIRAPP"]
        found = [*_settings_ailments(settings), *_database_ailments(settings)]
        db.session.remove()
        if as_json:
            click.echo(json.dumps(_figures(found), ensure_ascii=False))
        else:
            for ailment in found:
                kind = _("Worth a look") if ailment.is_warning else _("To put right")
                click.echo(f"{kind}: {phrase(ailment.fault, **ailment.facts)}")
            if not found:
                click.echo(_("Everything is in order."))
    if any(not ailment.is_warning for ailment in found):
        ctx.exit(1)


def _figures(found: list[Ailment]) -> dict[str, object]:
    return {
        "ok": all(ailment.is_warning for ailment in found),
        "faults": {each.fault.value: each.facts.get("number", 1) for each in found if not each.is_warning},
        "warnings": {each.fault.value: each.facts.get("number", 1) for each in found if each.is_warning},
    }


def _is_public(settings: Settings) -> bool:
    try:
        return not ip_address(settings.host).is_loopback
    except ValueError:
        return settings.host != "localhost"


def _settings_ailments(settings: Settings) -> Iterator[Ailment]:
    if not os.access(settings.instance, os.W_OK):
        yield Ailment(HealthFault.INSTANCE_READ_ONLY, {"folder": str(settings.instance)})
    for path in (settings.keys, *sorted(settings.keys.glob("*"))):
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield Ailment(HealthFault.KEYS_OPEN, {"file": str(path)})
    if _is_public(settings) and not settings.is_https:
        yield Ailment(HealthFault.PLAIN_HTTP, {"address": settings.base_url})
    if not is_as_reference(f"{settings.base_url}/b/7K2M9QX".upper()):
        yield Ailment(HealthFault.CODES_WRONG)


def _database_ailments(settings: Settings) -> tuple[Ailment, ...]:
    try:
        if not is_current(db.engine):
            return (Ailment(HealthFault.DATABASE_OLD),)
        files = FolderFiles(settings.files)
        return data_ailments(reading(), files, datetime.now(UTC), _is_public(settings))
    except SQLAlchemyError as error:
        return (Ailment(HealthFault.DATABASE_SILENT, {"why": type(error).__name__}),)
