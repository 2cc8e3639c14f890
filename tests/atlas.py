"""Every address of the house, for every role: filled, asked for once, and told apart by what it answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from http import HTTPStatus
from itertools import groupby, islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError, MapAdapter, RequestRedirect, Rule

from fairapp.store.accounts import Account
from fairapp.store.base import db
from fairapp.store.fairs import Fair
from tests.arguments import EACH, QUERIES, Place, maker_of

Key = tuple[str, ...]
"""A view, and the value of each of its arguments in ``EACH``."""

CLOSED = frozenset({401, 403, 404, 410})
"""Not for this role, or not with this row: the next candidate may open."""
ACCEPT = {"Accept": "text/html,*/*;q=0.8"}
TRIES = 12
"""Candidates that are asked for before a page is given up."""


@dataclass(slots=True)
class Atlas:
    """What the addresses answered to one role."""

    pages: dict[Key, str] = field(default_factory=dict)
    """Where a whole page answers."""
    answers: dict[str, str] = field(default_factory=dict)
    """Rule -> "page", "piece", "file" or "redirect"; a rule that stayed closed is not in it."""
    unfilled: dict[str, str] = field(default_factory=dict)
    """Rule -> the argument that nothing fills."""
    links: dict[str, str] = field(default_factory=dict)
    """Where a link leads -> a page that has it."""
    wrong: list[str] = field(default_factory=list)
    """Addresses that must not answer as they do."""


class Links(HTMLParser):
    """The addresses of a page's links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep where an anchor leads."""
        href = dict(attrs).get("href")
        if tag == "a" and href is not None:
            self.found.append(href)


def rules_of(app: Flask) -> list[Rule]:
    """The rules that answer to GET, static files aside."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint != "static"
    ]


def walk(app: Flask, email: str | None) -> Atlas:
    """Ask for every rule as the account (None: a visitor), then once for each view that links lead to."""
    atlas, client = Atlas(), app.test_client()
    if email is not None:
        with app.app_context():
            account = _account(email)
            signed_in = f"{account.id}.{account.epoch}"
        with client.session_transaction() as kept:
            kept["_user_id"], kept["_fresh"] = signed_in, True
    addresses = app.url_map.bind("127.0.0.1")
    for rule in rules_of(app):
        for key, paths in groupby(_candidates(app, rule, email, atlas), key=lambda each: each[0]):
            for _, path in islice(paths, TRIES):
                if _ask(client, path, rule, key, atlas):
                    break
    _follow(client, addresses, atlas)
    return atlas


def _account(email: str) -> Account:
    return db.session.scalars(select(Account).where(Account.email_folded == email)).one()


def _candidates(app: Flask, rule: Rule, email: str | None, atlas: Atlas) -> list[tuple[Key, str]]:
    """The rule's addresses, those of one page beside each other."""
    with app.app_context():
        session = db.session()
        fair = session.scalars(select(Fair).order_by(Fair.id)).first()
        assert fair is not None, "the demo fair is not there"
        place = Place(session, fair, _account(email) if email else None)
        filled = list(_fill(rule, sorted(rule._converters, key=rule.rule.index), place, atlas))
        adapter = app.url_map.bind("127.0.0.1")
        query = QUERIES[rule.endpoint](place) if rule.endpoint in QUERIES else ""
        found = [(_key(rule, values), _built(adapter, rule, values) + query) for values in filled]
        db.session.remove()
    return sorted(found, key=lambda each: each[0])


def _key(rule: Rule, values: dict[str, Any]) -> Key:
    return (rule.endpoint, *(str(values[name]) for name in sorted(EACH & values.keys())))


def _built(adapter: MapAdapter, rule: Rule, values: dict[str, Any]) -> str:
    try:
        return adapter.build(rule.endpoint, values)
    except BuildError as why:
        raise AssertionError(f"{rule.rule} cannot be built with {values}: mend its maker") from why


def _fill(rule: Rule, missing: list[str], place: Place, atlas: Atlas) -> Iterator[dict[str, Any]]:
    if not missing:
        yield {**(rule.defaults or {}), **place.filled}
        return
    name, *rest = missing
    maker = maker_of(rule.endpoint, name, rule._converters[name])
    if maker is None:
        atlas.unfilled[rule.rule] = name
        return
    for value in maker(place):
        yield from _fill(rule, rest, replace(place, filled={**place.filled, name: value}), atlas)


def _ask(client: FlaskClient, path: str, rule: Rule, key: Key, atlas: Atlas) -> bool:
    """Whether the address told what it is."""
    answer = client.get(path, headers=ACCEPT)
    if answer.status_code in CLOSED:
        return False
    if answer.status_code in (301, 302, 303, 307, 308):
        if "/sign-in" not in answer.location:
            atlas.answers.setdefault(rule.rule, "redirect")
        return False
    if answer.status_code != HTTPStatus.OK:
        atlas.wrong.append(f"{path} answers {answer.status_code}")
        return True
    atlas.answers[rule.rule] = "file"
    if answer.mimetype == "text/html":
        text = answer.get_data(as_text=True)
        is_page = "<html" in text[:400].lower()
        atlas.answers[rule.rule] = "page" if is_page else "piece"
        if is_page:
            atlas.pages[key] = path
        for link in Links(text).found:
            atlas.links.setdefault(_local(urljoin(path, link)), path)
    answer.close()
    return True


def _local(url: str) -> str:
    """The path and query of an address of ours; nothing for one elsewhere."""
    parts = urlsplit(url)
    here = not parts.scheme and not parts.netloc
    return parts._replace(fragment="").geturl() if here else ""


def _follow(client: FlaskClient, addresses: MapAdapter, atlas: Atlas) -> None:
    """Ask where one link to each view leads, unless it is a page that opened already."""
    opened = set(atlas.pages.values())
    seen: set[tuple[str, frozenset[str]]] = set()
    for link, page in list(atlas.links.items()):
        parts = urlsplit(link)
        try:
            view, _ = addresses.match(parts.path, method="GET")
        except (HTTPException, RequestRedirect):
            if link and not parts.path.startswith("/static/"):
                atlas.wrong.append(f"{page} links to {link}, which is no address of ours")
            continue
        kind = (str(view), frozenset(each.partition("=")[0] for each in parts.query.split("&") if each))
        if not link or link in opened or kind in seen:
            continue
        seen.add(kind)
        answer = client.get(link, headers=ACCEPT)
        if answer.status_code not in (200, 302, 303, 304):
            atlas.wrong.append(f"{page} links to {link}, which answers {answer.status_code}")
        elif answer.status_code == HTTPStatus.OK and answer.mimetype == "text/html":
            atlas.pages.setdefault((str(view),), link)
        answer.close()
