"""Letters: a text template per event, rendered in the reader's language; its first line is the subject."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from fairapp import assets, i18n
from fairapp.i18n import formats
from fairapp.i18n.phrases import phrase


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(assets.folder("templates") / "mail"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text mails
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    translations: Any = environment
    translations.install_gettext_callables(i18n.gettext, i18n.ngettext, newstyle=False)
    environment.globals.update(_=i18n.gettext, ngettext=i18n.ngettext, pick=i18n.pick)
    environment.globals.update(phrase=phrase, formats=formats)
    return environment


def written(template: str, language: str, facts: Mapping[str, object], base_url: str) -> tuple[str, str]:
    """Subject and body of the letter; ``link('/path')`` in a template is absolute."""
    with i18n.speaking(language):
        text = (
            _environment()
            .get_template(f"{template}.txt")
            .render(**facts, link=lambda path: f"{base_url}{path}", language=language)
        )
    first, _, body = text.lstrip("\n").partition("\n")
    subject = " ".join(first.removeprefix("Subject:").split())
    return subject, body.strip("\n") + "\n"
