"""Commands that run the service: serve, worker, start and migrate."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from ipaddress import ip_address

import click
from flask import Flask
from sqlalchemy import select

from fairapp.cli import server
from fairapp.cli.demo import LOG_INS
from fairapp.store.accounts import Account
from fairapp.store.base import db, reading, transaction
from fairapp.store.migrating import is_current
from fairapp.store.migrating import migrate as migrate_database
from fairapp.store.schemes import keep_schemes

MakeApp = Callable[[], Flask]


@click.command()
@click.pass_obj
def migrate(make_app: MakeApp) -> None:
    """Bring the database to the newest shape; running it twice changes nothing."""
    with make_app().app_context():
        _make_ready()
    click.echo("The database is in its newest shape.")


def _make_ready() -> None:
    """Every table, and the schemes of product groups, without which no fair can be made."""
    migrate_database(db.engine)
    with transaction() as session:
        keep_schemes(session)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 32))
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64))
@click.pass_obj
def serve(make_app: MakeApp, host: str, workers: int, threads: int) -> None:
    """Serve the pages on PORT (8000)."""
    app = make_app()
    with app.app_context():
        _refuse_old_database()
        _refuse_demo_in_public(host)
        db.engine.dispose()
    _refuse_taken_port(host, app.config["FAIRAPP"].port)
    _become_server(host, app.config["FAIRAPP"].port, workers, threads, with_worker=False)


def _become_server(host: str, port: int, workers: int, threads: int, with_worker: bool) -> None:
    """Put the server in this process's place: same number, same terminal, none of its memory."""
    words = server.command(host, port, workers, threads, with_worker)
    sys.stdout.flush()
    os.execve(sys.executable, words, server.environment(os.environ))  # noqa: S606  our own words


def _refuse_old_database() -> None:
    if not is_current(db.engine):
        raise click.ClickException("The database is older than this program. Run: fairapp migrate")


def _refuse_demo_in_public(host: str) -> None:
    """Demo accounts have printed passwords: never beyond this machine."""
    try:
        is_loopback = ip_address(host.strip("[]")).is_loopback
    except ValueError:
        is_loopback = host == "localhost"
    if not is_loopback and reading().scalar(select(Account.id).where(Account.is_demo).limit(1)) is not None:
        raise click.ClickException(
            f"This database has demo accounts, so it is served on 127.0.0.1 only, not on {host}. "
            "Use a new FAIRAPP_INSTANCE without the demo."
        )


def _refuse_taken_port(host: str, port: int) -> None:
    """Say in a sentence what the server would say in a trace."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            raise click.ClickException(
                f"Cannot listen on {host}:{port} ({error.strerror}). Choose another port: PORT=8001"
            ) from error


@click.command()
@click.pass_obj
def worker(make_app: MakeApp) -> None:
    """Send letters and do long work until stopped."""
    from fairapp.jobs.running import Worker

    app = make_app()
    with app.app_context():
        _refuse_old_database()
    Worker(app).serve()


@click.command()
@click.pass_context
def start(ctx: click.Context) -> None:
    """Migrate, load the demo fair on the first start, then serve and work in one go."""
    make_app: MakeApp = ctx.obj
    app = make_app()
    settings = app.config["FAIRAPP"]
    with app.app_context():
        _make_ready()
        is_empty = reading().scalar(select(Account.id).limit(1)) is None
        db.session.remove()
    if is_empty:
        ctx.invoke(ctx.parent.command.get_command(ctx, "demo"))  # type: ignore[union-attr]
    _refuse_taken_port("127.0.0.1", settings.port)
    click.echo(f"fairapp is on {settings.base_url}  (stop with Ctrl+C)")
    if (settings.instance / LOG_INS).exists():
        click.echo(f"The demo log-ins are in {settings.instance / LOG_INS}")
    with app.app_context():
        db.engine.dispose()
    _become_server("127.0.0.1", settings.port, workers=2, threads=4, with_worker=True)
