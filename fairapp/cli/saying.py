"""How commands speak: in the shell's language, refusals as one sentence, figures as one JSON line."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import click
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.i18n import gettext as _
from fairapp.i18n import speaking
from fairapp.i18n.phrases import phrase
from fairapp.rules.errors import Clash, Invalid, Missing, NotAllowed, Refused
from fairapp.store.base import db, reading, transaction
from fairapp.store.fairs import Fair


def shell_language() -> str:
    """Vietnamese in a Vietnamese shell, English in any other."""
    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "vi" if said.lower().startswith("vi") else "en"


@contextmanager
def speaking_plainly() -> Iterator[None]:
    """Speak the shell's language; a refusal ends the command with its sentences."""
    with speaking(shell_language()):
        try:
            yield
        except (Refused, Clash, Invalid, Missing, NotAllowed) as refused:
            raise click.ClickException(" ".join(_sentences(refused))) from None


def _sentences(refused: Refused | Clash | Invalid | Missing | NotAllowed) -> list[str]:
    if isinstance(refused, Refused):
        return [phrase(reason, **refused.facts) for reason in refused.reasons]
    if isinstance(refused, Clash):
        return [phrase(refused.reason, **refused.facts)]
    if isinstance(refused, Invalid):
        return [
            f"{field}: {phrase(reason, **refused.facts_of(field))}"
            for field, reason in refused.fields.items()
        ]
    return [_("There is no such thing, or not for you.")]


@contextmanager
def writing(app: Flask) -> Iterator[Session]:
    """One transaction of one command."""
    with app.app_context(), speaking_plainly():
        try:
            with transaction() as session:
                yield session
        finally:
            db.session.remove()


@contextmanager
def looking(app: Flask) -> Iterator[Session]:
    """The session of one command that only reads."""
    with app.app_context(), speaking_plainly():
        try:
            yield reading()
        finally:
            db.session.remove()


def fair_with(session: Session, code: str) -> Fair:
    """The fair of this code; the sentence without one names those that are there."""
    fair = session.scalar(select(Fair).where(Fair.code == code.strip().upper()))
    if fair is None:
        codes = ", ".join(session.scalars(select(Fair.code).order_by(Fair.starts_on.desc()).limit(10)))
        raise click.ClickException(
            _("There is no fair “%(code)s”. Fairs: %(codes)s.", code=code, codes=codes or "–")
        )
    return fair


def tell(figures: Mapping[str, Any], sentence: str, as_json: bool) -> None:
    """The figures as one JSON line for scripts, or the sentence for people."""
    click.echo(json.dumps(figures, ensure_ascii=False) if as_json else sentence)
