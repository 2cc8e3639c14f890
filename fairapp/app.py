"""The application, put together: the only file that knows every floor."""

from __future__ import annotations

import gc
from functools import partial
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from flask import Flask
from whitenoise import WhiteNoise

import fairapp.web
from fairapp import assets
from fairapp.config import Settings, read_settings
from fairapp.store import tables
from fairapp.store.base import db
from fairapp.store.version_reader import VersionReader
from fairapp.web import access, actor, addresses, errors, form_owner, languages, security, templating, wording
from fairapp.web.bodies import ReadToTheEnd
from fairapp.web.proxies import TrustedProxies
from fairapp.web.security import host_is_known
from fairapp.web.sessions import QuietSessions
from fairapp.web.turns import Turns
from fairapp.web.visits.front import BoothFront


def create_app(settings: Settings | None = None) -> Flask:
    """Put the application together from ``settings``, or from the environment."""
    settings = settings or read_settings()
    app = Flask("fairapp", static_folder=None, template_folder=str(assets.folder("templates")))
    prefix = "__Host-" if settings.is_https else ""
    app.config.update(
        FAIRAPP=settings,
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME=f"{prefix}fairapp",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=60 * 60 * 24 * 14,
        PREFERRED_URL_SCHEME="https" if settings.is_https else "http",
        MAX_CONTENT_LENGTH=40 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=400_000,
        MAX_FORM_PARTS=600,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings),
    )
    app.url_map.strict_slashes = False
    addresses.prepare(app)
    wording.prepare(app)
    app.session_interface = QuietSessions()
    assert tables.metadata is not None
    db.init_app(app)
    actor.prepare(app)
    form_owner.prepare(app)
    templating.prepare(app)
    languages.prepare(app)  # before the guards: a refusal is read by people too
    security.guard(app)
    access.guard_views(app)
    errors.prepare(app)
    for room in iter_modules(fairapp.web.__path__):
        if room.ispkg:
            app.register_blueprint(import_module(f"fairapp.web.{room.name}.views").bp)
    app.wsgi_app = _around(app, settings)  # type: ignore[method-assign]
    return app


COLLECTED_AFTER = (700, 10, 30)
"""When garbage is looked for. Templates and statements that were read since the start last too, and walking
them takes 60 ms: it is done every thirty answers instead of every ten; every hundred keeps 25 MiB more."""


def create_lasting_app(settings: Settings | None = None) -> Flask:
    """The application of a process that serves until it ends.

    What stands after this lasts as long as the process. Taken out of garbage collection, it is not walked
    again and again in the middle of answers: over 150 ms each time.
    """
    settings = settings or read_settings()
    app = create_app(settings)
    app.wsgi_app = Turns(app.wsgi_app, settings.page_threads)  # type: ignore[method-assign]
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)
    return app


def _engine_options(settings: Settings) -> dict[str, Any]:
    """A connection for each page that is worked on, and some for streams: no page waits for another's."""
    pool = {"pool_size": max(8, settings.page_threads), "max_overflow": 8}
    if settings.database_url.startswith("sqlite"):
        return {**pool, "connect_args": {"timeout": 15, "check_same_thread": False}}
    return {**pool, "pool_pre_ping": True}


def _around(app: Flask, settings: Settings) -> Any:
    """What stands before Flask: trusted proxies, the quick door to booths, the static files."""
    static = assets.folder("static")
    files = WhiteNoise(app.wsgi_app, add_headers_function=_static_headers)
    files.max_age = 31_536_000
    files.add_files(str(static), prefix=f"static/{templating.static_digest(static)}/")
    version = app.extensions["public_version"] = VersionReader(settings.database_url)
    front = BoothFront(files, version.number, partial(host_is_known, known=settings.trusted_hosts))
    return ReadToTheEnd(TrustedProxies(front, settings.trusted_proxies))


def _static_headers(headers: Any, _path: str, _url: str) -> None:
    headers["Cache-Control"] = "public, max-age=31536000, immutable"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
