"""The command that loads the demo fair and prints its log-ins once."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click
from flask import Flask
from sqlalchemy import select

from fairapp.config import Settings
from fairapp.store.base import db, transaction
from fairapp.store.fairs import Fair
from fairapp.store.migrating import is_current

LOG_INS = "demo-accounts.json"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
@click.pass_obj
def demo(make_app: Callable[[], Flask], as_json: bool) -> None:
    """Load the demo fair with one account for each role; a second time changes nothing."""
    from fairapp.adapters.files import FolderFiles
    from fairapp.demo.delegations import add_delegations
    from fairapp.demo.letters import keep_letters
    from fairapp.demo.loading import load_demo
    from fairapp.demo.people import add_people
    from fairapp.demo.reviews import add_reviews

    app = make_app()
    settings: Settings = app.config["FAIRAPP"]
    with app.app_context():
        if not is_current(db.engine):
            raise click.ClickException("The database is older than this program. Run: fairapp migrate")
        now = datetime.now(UTC)
        with transaction() as session:
            there = session.scalar(select(Fair.code).where(Fair.is_demo))
            if there is not None:
                _say(settings, there, as_json, is_new=False)
                return
            today = now.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date()
            with click.progressbar(length=100, label="Demo fair", hidden=as_json) as bar:

                def progress(done: int, total: int) -> None:
                    bar.update(100 * done // total - bar.pos)

                files = FolderFiles(settings.files)
                fair = load_demo(session, files, today, now, secrets.randbelow, progress)
            log_ins = add_people(session, fair, now, secrets.randbelow)
            add_delegations(session, fair, files, now)
            keep_letters(session, fair, settings, now)
            add_reviews(session, fair, now)
            code = fair.code
        _keep(settings, json.dumps([each.plain() for each in log_ins], ensure_ascii=False, indent=1))
    _say(settings, code, as_json, is_new=True)


def _keep(settings: Settings, text: str) -> None:
    """The passwords are for whoever reads this machine's instance folder, and for nobody else."""
    path = settings.instance / LOG_INS
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(text + "\n", encoding="utf-8")


def _say(settings: Settings, code: str, as_json: bool, *, is_new: bool) -> None:
    path = settings.instance / LOG_INS
    if as_json:
        click.echo(json.dumps({"fair": code, "loaded": is_new, "accounts": str(path)}))
        return
    click.echo(f"The demo fair {code} is {'loaded' if is_new else 'there already'}.")
    if not is_new:
        click.echo(f"Its log-ins are in {path}")
        return
    click.echo(f"Demo log-ins (kept in {path}):")
    for each in json.loads(path.read_text(encoding="utf-8")):
        click.echo(f"  {each['role']:16} {each['email']:32} {each['password']}")
