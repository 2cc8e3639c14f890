"""What every template may use: sentences, formats, addresses of static files, and who is looking."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, has_request_context, request
from jinja2 import StrictUndefined
from markupsafe import Markup

from fairapp import assets, i18n
from fairapp.i18n import formats
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.emphasis import plain, spans
from fairapp.web.actor import current_account, current_actor
from fairapp.web.navigation import (
    account_nav,
    file_nav,
    my_file_nav,
    tool_fairs,
    tool_nav,
    tool_parts,
    tool_rooms,
)


@cache
def static_digest(folder: Path) -> str:
    """A name for the present contents of all static files: a change gives new addresses."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(folder)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def static_url(name: str) -> str:
    """The address of a static file; it may be kept for ever, for a change has another address."""
    return f"/static/{static_digest(assets.folder('static'))}/{name}"


def photo_url(key: str) -> str:
    """The address of a picture in the file store (``photo.small``, ``photo.large``)."""
    return f"/photos/{key}"


def initials(name: str) -> str:
    """Two letters to stand where a picture is missing: of the first word's and the last's."""
    letters = [word[0] for word in name.split() if word[0].isalnum()]
    return (letters[0] + (letters[-1] if len(letters) > 1 else "")).upper() if letters else "·"


def stressed(text: str) -> Markup:
    """A maker's or organiser's words, those between stars stressed as in print; all else is only text."""
    found = Markup()
    for part, strong in spans(text):
        found += Markup("<strong>{}</strong>").format(part) if strong else part
    return found


def breakable(address: str) -> Markup:
    """An e-mail or web address that a narrow page breaks at its signs, not inside a word."""
    return Markup("<wbr>").join(re.split(r"(?=@|[./][^./])", address))


_OTHER_SCRIPTS = re.compile("[\u0530-\u1dff\u2e80-\u9fff\ua960-\ud7ff\uf900-\ufaff\uff00-\uffef]")


def in_other_scripts(page: str) -> bool:
    """Whether something stands there that neither our typeface nor every machine has letters for."""
    return _OTHER_SCRIPTS.search(page) is not None


def prepare(app: Flask) -> None:
    """Set up the environment of all templates."""
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    environment = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.add_extension("jinja2.ext.do")
    translations: Any = environment
    translations.install_gettext_callables(i18n.gettext, i18n.ngettext, newstyle=False)
    environment.filters["initials"] = initials
    environment.filters["breakable"] = breakable
    environment.filters["stressed"] = stressed
    environment.filters["unstressed"] = plain
    environment.tests["in_other_scripts"] = in_other_scripts
    environment.globals.update(
        _=i18n.gettext,
        gettext=i18n.gettext,
        ngettext=i18n.ngettext,
        pick=i18n.pick,
        phrase=phrase,
        formats=formats,
        static_url=static_url,
        photo_url=photo_url,
        languages=i18n.LANGUAGES,
        Permission=Permission,
        file_nav=file_nav,
        my_file_nav=my_file_nav,
    )
    app.context_processor(_of_this_request)


def _of_this_request() -> dict[str, Any]:
    """Values of the moment; safe to ask for outside of a request and after a failure."""
    values: dict[str, Any] = {
        "language": i18n.current_language(),
        "base_url": current_app.config["FAIRAPP"].base_url,
        "now": datetime.now(UTC),
        "account": None,
        "actor": None,
        "fair": None,
    }
    if has_request_context() and not g.get("failed", False):
        values.update(fair=g.get("fair"), path=request.path)
        if not g.get("no_cookie", False):  # looking for an account opens the session
            values.update(account=current_account(), actor=current_actor())
        values.update(tool_nav=tool_nav, tool_fairs=tool_fairs, account_nav=account_nav)
        values.update(tool_parts=tool_parts, tool_rooms=tool_rooms)
    return values
