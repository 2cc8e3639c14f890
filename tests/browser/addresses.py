"""Ways to the pages that no link of the demo leads to: letters' links, forms' next pages, long work.

A new page that links reach needs nothing here. One that they do not reach needs a line in ``WAYS``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.files import FolderFiles
from fairapp.config import Settings
from fairapp.rules.accounts import LINK_PATHS, Purpose, Seal
from fairapp.rules.actors import GRANTED, SYSTEM, Permission, Role
from fairapp.rules.column_titles import Field
from fairapp.rules.exchange_runs import ListKind
from fairapp.rules.jobs import JobState
from fairapp.rules.producers import invitation_token, token_digest
from fairapp.store.accounts import Account
from fairapp.store.applications import Application
from fairapp.store.badges import Badge
from fairapp.store.base import transaction
from fairapp.store.fairs import Booth, Fair
from fairapp.store.operations import Job
from fairapp.store.producers import Invitation, Membership
from fairapp.usecases.accounts import add_link
from fairapp.usecases.exchange import CheckList, KeepList, check_list, keep_list

NOT_PAGES = frozenset(
    {
        "accounts.language",
        "accounts.start",
        "allocation.panel",
        "exchange.report",
        "operations.healthz",
        "operations.job_file",
        "operations.photo",
        "producers.communes",
    }
)
"""Addresses that answer with a file, a redirect, JSON or a piece of a page."""

SEASON = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class World:
    """The demo's database as a test may change it, and who is going to look."""

    session: Session
    settings: Settings
    account: Account
    now: datetime

    @property
    def fair(self) -> Fair:
        """The demo fair."""
        return self.session.scalars(select(Fair).where(Fair.is_demo)).one()

    @property
    def office(self) -> str:
        """The address of its office."""
        return f"/o/{self.fair.code}"

    def mailed(self, purpose: Purpose, new_email: str | None = None) -> str:
        """The way in a letter to the account."""
        seal, nonce = Seal(self.settings.secret_key), f"test-{purpose.value}-{self.now.timestamp()}"
        add_link(self.session, self.account, purpose, seal, nonce, self.now, new_email)
        return f"{LINK_PATHS[purpose]}/{seal.token(purpose, self.account.id, nonce)}"


def _invitation(world: World) -> str:
    nonce = f"test-{world.now.timestamp()}"
    token = invitation_token(world.settings.secret_key, nonce)
    organisation = world.session.scalars(select(Membership.organisation_id)).first()
    row = Invitation(
        organisation_id=organisation,
        email="moi@example.org",
        digest=token_digest(token),
        expires_at=world.now + timedelta(days=3),
    )
    world.session.add(row)
    return f"/me/invitations/{token}"


def _imported(world: World, checked: bool) -> int:
    files = FolderFiles(world.settings.files)
    rows = "name,booth\nHTX Chè Tân Cương,A-002\nKhông gian,tbc\n"
    order = KeepList(world.fair.id, ListKind.EXHIBITORS, "danh-sach.csv", rows.encode())
    run = keep_list(world.session, SYSTEM, order, files, world.now)
    if checked:
        columns = CheckList(run.id, {Field.NAME: 0, Field.BOOTH: 1})
        check_list(world.session, SYSTEM, columns, world.fair.id, files, world.now)
    return run.id


def _job(world: World) -> str:
    row = Job(
        name="catalogue",
        facts={"language": "vi", "order": "hall"},
        fair_id=world.fair.id,
        state=JobState.RUNNING,
        done=3,
        total=9,
        made_by_id=world.account.id,
        made_at=world.now,
    )
    world.session.add(row)
    world.session.flush()
    return f"/jobs/{row.id}"


def _badge(world: World) -> str:
    own = select(Membership.organisation_id).where(Membership.account_id == world.account.id)
    badge = world.session.scalars(
        select(Badge).where(Badge.exhibitor.has(organisation_id=own.limit(1).scalar_subquery()))
    ).first()
    assert badge is not None
    return f"/me/exhibitors/{badge.exhibitor_id}/badges/{badge.id}"


def _second_fair(world: World) -> str:
    """Where one fair is open, the front page leads straight to it."""
    first = world.fair
    second = Fair(code="MUA-THU", names={"vi": "Hội chợ mùa thu", "en": "Autumn fair"}, created_at=world.now)
    second.starts_on, second.ends_on = first.starts_on + SEASON, first.ends_on + SEASON
    second.state = first.state
    world.session.add(second)
    return "/"


def _chosen(world: World) -> str:
    ids = world.session.scalars(select(Application.id).where(Application.state == "submitted").limit(3))
    return f"{world.office}/applications/together?step=decline&" + "&".join(f"pick={each}" for each in ids)


WAYS: dict[str, Callable[[World], str]] = {
    "accounts.confirm": lambda world: world.mailed(Purpose.CONFIRM),
    "accounts.confirm_email": lambda world: world.mailed(Purpose.EMAIL, "moi@example.org"),
    "accounts.reset": lambda world: world.mailed(Purpose.RESET),
    "allocation.booth": lambda world: (
        f"{world.office}/booths/{world.session.scalars(select(Booth.id)).first()}"
    ),
    "applications.together": _chosen,
    "badges.person": _badge,
    "exchange.columns": lambda world: f"{world.office}/import/{_imported(world, False)}/columns",
    "exchange.rows": lambda world: f"{world.office}/import/{_imported(world, True)}",
    "badges.people": lambda world: _badge(world).rpartition("/")[0],
    "fairs.front": _second_fair,
    "fairs.new": lambda _world: "/o/new",
    "fairs.organised": lambda _world: "/o?all=1",
    "operations.job": _job,
    "producers.invitation": _invitation,
    "visits.typed_code": lambda _world: "/B/",
}
"""By view: an address for whoever is responsible for it."""


def responsible(access: object, rule: str) -> Role | None:
    """The role whose test opens the view if no link does: nobody for what is public."""
    if access == "public":
        return None
    if isinstance(access, Permission):
        return next(role for role in (Role.ORGANISER, *Role) if access in GRANTED[role])
    return Role.PRODUCER if rule.startswith(("/me", "/account")) else Role.ORGANISER


def views_of(app: Flask, role: Role | None) -> set[str]:
    """Every view with pages that the role is responsible for."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and rule.endpoint not in NOT_PAGES
        and responsible(app.view_functions[rule.endpoint].access, rule.rule) is role  # type: ignore[attr-defined]
    }


def way_to(app: Flask, view: str, email: str) -> str:
    """An address of the view in the demo's database, made for the account.

    :raises AssertionError: when nobody said how to get there.
    """
    assert view in WAYS, f"no link leads to {view}: add one to a page, or a line to WAYS in {__name__}"
    with app.app_context(), transaction() as session:
        account = session.scalars(select(Account).where(Account.email == email)).one()
        return WAYS[view](World(session, app.config["FAIRAPP"], account, datetime.now(UTC)))
