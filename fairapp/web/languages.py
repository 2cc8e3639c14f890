"""Which language an answer speaks: the link's, the account's, the cookie's session, then the browser's."""

from __future__ import annotations

from flask import Flask, Response, g, request, session
from werkzeug.datastructures import LanguageAccept

from fairapp.i18n import DEFAULT_LANGUAGE, LANGUAGES, current_language, set_language
from fairapp.web.actor import current_account

SESSION_KEY = "language"
GUESTS_LANGUAGE = "en"


def prepare(app: Flask) -> None:
    """Choose before every request, and say in the answer what it depends on."""
    app.before_request(_choose)
    app.after_request(_say)


def language_for(spoken: LanguageAccept) -> str:
    """The language of ours for a browser's: Vietnamese for one that names none, English if we have none."""
    return spoken.best_match(list(LANGUAGES)) or (GUESTS_LANGUAGE if spoken else DEFAULT_LANGUAGE)


def _choose() -> None:
    asked = request.args.get("lang", "")
    g.language_is_asked = asked in LANGUAGES
    if g.language_is_asked:
        set_language(asked)
        return
    remembered = session.get(SESSION_KEY) if request.cookies else None
    account = current_account() if request.cookies else None
    if remembered in LANGUAGES:
        set_language(remembered)
    elif account is not None:
        set_language(account.language)
    else:
        set_language(language_for(request.accept_languages))


def _say(response: Response) -> Response:
    response.headers["Content-Language"] = current_language()
    response.vary.add("Accept-Language")
    if not g.get("no_cookie", False):
        response.vary.add("Cookie")
    return response
