"""The ways through an organiser's rooms: a fair's rail, the fairs to choose from, the account's menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import g, request
from sqlalchemy import func, select

from fairapp.i18n import LazyText, pick
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.actors import Permission, Role
from fairapp.rules.applications import ADMITTED, WAITING, State
from fairapp.rules.forms import ON_THE_WAY
from fairapp.rules.wishes import TAKEN_FROM as WISHED_IN
from fairapp.store.applications import Application
from fairapp.store.base import reading
from fairapp.store.fairs import Fair
from fairapp.web.actor import current_actor
from fairapp.web.sections import SECTIONS, Section


@dataclass(frozen=True, slots=True)
class Room:
    """A room of a fair: where it is, what it is called, who may enter."""

    address: str
    label: LazyText
    icon: str
    permission: Permission
    also: tuple[str, ...] = ()
    """Where its other pages are, below the fair's address."""


@dataclass(frozen=True, slots=True)
class Way:
    """A link of a menu."""

    href: str
    label: str
    icon: str = "right"
    current: bool = False
    count: int = 0


BOARD = ("board-history", "board-steps", "board-list", "board-several", "booths", "claims")
SET_UP = ("kinds", "halls", "gates", "copy", "publish", "postpone", "cancel")
ROOMS = (
    Room("/o/{code}", _l("Overview"), "home", Permission.FAIR_SEE),
    Room("/o/{code}/applications", _l("Applications"), "list", Permission.APPLICATION_SEE),
    Room("/o/{code}/changes", _l("Changes"), "swap", Permission.APPLICATION_SEE),
    Room("/o/{code}/forms", _l("Forms"), "edit", Permission.FORM_EDIT),
    Room("/o/{code}/reviewing", _l("Reviews"), "eye", Permission.APPLICATION_DECIDE),
    Room("/o/{code}/reviews", _l("To review"), "eye", Permission.REVIEW_GIVE),
    Room("/o/{code}/decisions", _l("Decisions prepared"), "mail", Permission.APPLICATION_DECIDE),
    Room("/o/{code}/waiting-list", _l("Waiting list"), "clock", Permission.APPLICATION_SEE),
    Room("/o/{code}/delegations", _l("Delegations"), "users", Permission.DELEGATION_EDIT),
    Room("/o/{code}/board", _l("Booth board"), "move", Permission.BOOTH_ASSIGN, BOARD),
    Room("/o/{code}/scenarios", _l("Plans"), "scale", Permission.BOOTH_ASSIGN, ("proposals",)),
    Room("/o/{code}/handover", _l("Hand-over"), "key", Permission.BOOTH_ASSIGN),
    Room("/o/{code}/wishes", _l("Wishes"), "star", Permission.APPLICATION_SEE),
    Room("/o/{code}/draw", _l("Draw"), "list", Permission.BOOTH_ASSIGN),
    Room("/o/{code}/points", _l("Priority points"), "star", Permission.BOOTH_ASSIGN),
    Room("/o/{code}/exhibitors", _l("Exhibitors"), "users", Permission.APPLICATION_SEE),
    Room("/o/{code}/partners", _l("Partners"), "users", Permission.APPLICATION_SEE),
    Room("/o/{code}/money", _l("Money"), "cash", Permission.MONEY_SEE),
    Room("/o/{code}/badges", _l("Badges"), "badge", Permission.BADGE_APPROVE),
    Room("/o/{code}/badges/designs", _l("Badge designs"), "edit", Permission.BADGE_APPROVE),
    Room("/o/{code}/badges/queue", _l("Print queue"), "print", Permission.BADGE_PRINT, ("badges/stations",)),
    Room("/g/{code}", _l("Gate"), "scan", Permission.GATE_SCAN),
    Room("/o/{code}/documents", _l("Documents"), "file-check", Permission.DOCUMENT_CHECK),
    Room("/o/{code}/manual", _l("Manual"), "flag", Permission.MANUAL_EDIT),
    Room("/o/{code}/contract", _l("Contract"), "edit", Permission.CONTRACT_SIGN),
    Room("/o/{code}/bank", _l("Bank account"), "cash", Permission.MONEY_SEE),
    Room("/o/{code}/money/reminders", _l("Reminders"), "bell", Permission.MONEY_SEE),
    Room("/o/{code}/money/balance", _l("Trial balance"), "scale", Permission.MONEY_SEE),
    Room("/o/{code}/letters", _l("Letters"), "mail", Permission.LETTER_SEND),
    Room("/o/{code}/print", _l("Printing"), "print", Permission.CATALOGUE_PRINT),
    Room("/o/{code}/catalogue", _l("Catalogue"), "file", Permission.CATALOGUE_PRINT),
    Room("/o/{code}/reports", _l("Reports"), "chart", Permission.REPORT_SEE),
    Room("/o/{code}/import", _l("Import lists"), "upload", Permission.LIST_IMPORT, ("export",)),
    Room("/o/{code}/plan", _l("Floor plan"), "plan", Permission.PLAN_EDIT),
    Room("/o/{code}/people", _l("Roles"), "key", Permission.PEOPLE_GRANT),
    Room("/o/{code}/settings", _l("Settings"), "gear", Permission.FAIR_EDIT, SET_UP),
    Room("/o/{code}/choosing", _l("Ways to a booth"), "hall", Permission.FAIR_EDIT),
    Room("/o/{code}/audit", _l("Audit log"), "history", Permission.AUDIT_SEE),
)
"""In the order of the work. Addresses, so that no room imports another."""


@dataclass(frozen=True, slots=True)
class FileRoom:
    """A room of one application: below the applicant's and the organiser's address of it."""

    part: str
    """The end of the address; empty for the application itself."""
    label: LazyText
    icon: str
    states: frozenset[State] = frozenset(State)
    """In which states of the application there is something to do or see."""
    permission: Permission = Permission.APPLICATION_SEE
    """Who else than the applicant may enter."""
    abroad: bool = False
    """Only for applicants from another country than the fair's."""
    mine_alone: bool = False
    """Without a page of its own in the office."""


FILE_ROOMS = (
    FileRoom("", _l("Application"), "file"),
    FileRoom("details", _l("Details"), "edit", ADMITTED),
    FileRoom("changes", _l("Changes"), "swap", ON_THE_WAY),
    FileRoom("wishes", _l("Wishes"), "star", WISHED_IN, mine_alone=True),
    FileRoom("choose", _l("Choose a booth"), "plan", ADMITTED, mine_alone=True),
    FileRoom("documents", _l("Documents"), "file-check", permission=Permission.DOCUMENT_CHECK),
    FileRoom("contract", _l("Contract"), "edit", ADMITTED, Permission.CONTRACT_SIGN),
    FileRoom("partners", _l("Partners"), "users", ADMITTED),
    FileRoom("money", _l("Money"), "cash", permission=Permission.MONEY_SEE),
    FileRoom("manual", _l("Manual"), "flag", ADMITTED, Permission.MANUAL_EDIT),
    FileRoom("handover", _l("Hand-over"), "key", ADMITTED, Permission.BOOTH_ASSIGN),
    FileRoom("visa", _l("Invitation letters"), "globe", ADMITTED, Permission.LETTER_SEND, abroad=True),
)
"""In the order of the work; each room adds its own line."""

ACCOUNTS = "/admin/accounts"


def tool_nav() -> list[Way]:
    """The rail: a fair's sections as far as the actor may enter them, or the list of fairs."""
    if g.get("fair") is None:
        return _without_a_fair()
    return [
        ways[0] if len(ways) == 1 else _together(section, ways)
        for section, ways in _in_sections(tool_rooms())
    ]


def tool_parts() -> list[Way]:
    """The rooms of the section that the page belongs to; nothing to choose from when it is one."""
    if g.get("fair") is None:
        return []
    found = (ways for _section, ways in _in_sections(tool_rooms()) if any(way.current for way in ways))
    ways = next(found, [])
    return ways if len(ways) > 1 else []


def tool_rooms() -> list[Way]:
    """Every room of the fair in the address that the actor may enter; worked out once in a request."""
    if "tool_rooms" not in g:
        g.tool_rooms = _rooms()
    found: list[Way] = g.tool_rooms
    return found


def _rooms() -> list[Way]:
    fair: Fair = g.fair
    actor = current_actor()
    ways = [
        (room.address.format(code=fair.code), room) for room in ROOMS if actor.may(room.permission, fair.id)
    ]
    here = max((href for href, room in ways if _is_here(href, room, fair.code)), key=len, default="")
    return [
        Way(
            href,
            str(room.label),
            room.icon,
            href == here,
            _waiting(fair.id) if room.permission is Permission.APPLICATION_SEE and room.icon == "list" else 0,
        )
        for href, room in ways
    ]


def _in_sections(ways: list[Way]) -> list[tuple[Section | None, list[Way]]]:
    code = g.fair.code
    by_href = {way.href: way for way in ways}
    found: list[tuple[Section | None, list[Way]]] = []
    for section in SECTIONS:
        hrefs = [address.format(code=code) for address in section.rooms]
        if inside := [by_href.pop(href) for href in hrefs if href in by_href]:
            found.append((section, inside))
    return found + [(None, [way]) for way in by_href.values()]


def _together(section: Section | None, ways: list[Way]) -> Way:
    assert section is not None
    current, count = any(way.current for way in ways), sum(way.count for way in ways)
    return Way(ways[0].href, str(section.label), section.icon, current, count)


def my_file_nav(application: Application) -> list[Way]:
    """The rooms of the applicant's own application; nothing to choose from when it is one."""
    return _file_nav(f"/me/applications/{application.id}", application, lambda _room: True)


def file_nav(application: Application, code: str) -> list[Way]:
    """The rooms of an application in its fair's office, as far as the actor may enter."""
    actor = current_actor()
    return _file_nav(
        f"/o/{code}/applications/{application.id}",
        application,
        lambda room: not room.mine_alone and actor.may(room.permission, application.fair_id),
    )


def _file_nav(start: str, application: Application, may_enter: Callable[[FileRoom], bool]) -> list[Way]:
    is_abroad = application.organisation.country != application.fair.country
    here = request.path.rstrip("/").casefold()
    ways = [
        Way(href, str(room.label), room.icon, _leads_here(href) if room.part else href.casefold() == here)
        for room in FILE_ROOMS
        if application.state in room.states and may_enter(room) and (is_abroad or not room.abroad)
        for href in [f"{start}/{room.part}".rstrip("/")]
    ]
    return ways if len(ways) > 1 else []


def _without_a_fair() -> list[Way]:
    ways = [Way("/o", str(_l("Fairs")), "hall", request.path == "/o")]
    if current_actor().may(Permission.ACCOUNTS_MANAGE):
        ways.append(Way(ACCOUNTS, str(_l("Accounts")), "users", _leads_here(ACCOUNTS)))
    return ways


def tool_fairs() -> list[Way]:
    """The fairs that the actor has a part in, the latest first; nothing to choose from when it is one."""
    seen = current_actor().fairs_with(Permission.FAIR_SEE)
    wanted = select(Fair.id, Fair.code, Fair.names).order_by(Fair.starts_on.desc(), Fair.id.desc()).limit(30)
    if seen is not None:
        wanted = wanted.where(Fair.id.in_(seen))
    here: Fair | None = g.get("fair")
    ways = [
        Way(f"/o/{code}", pick(names), current=here is not None and here.id == fair_id)
        for fair_id, code, names in reading().execute(wanted)
    ]
    return ways if len(ways) > 1 else []


def account_nav() -> list[Way]:
    """Where an account has work: its organisations' pages, and the fairs it helps to run."""
    actor = current_actor()
    ways = []
    if actor.organisation_ids or not actor.grants:
        ways.append(Way("/me", str(_l("My applications")), "file"))
    if any(grant.role is Role.DELEGATION_HEAD for grant in actor.grants):
        ways.append(Way("/d", str(_l("My delegations")), "users"))
    if actor.fairs_with(Permission.FAIR_SEE) != frozenset():
        ways.append(Way("/o", str(_l("Fairs I help to run")), "hall"))
    if actor.may(Permission.ACCOUNTS_MANAGE):
        ways.append(Way(ACCOUNTS, str(_l("Accounts")), "users"))
    return ways


def _is_here(href: str, room: Room, code: str) -> bool:
    return _leads_here(href) or any(_leads_here(f"/o/{code}/{part}") for part in room.also)


def _leads_here(href: str) -> bool:
    path, href = request.path.rstrip("/").casefold(), href.casefold()
    return path == href or path.startswith(f"{href}/")


def _waiting(fair_id: int) -> int:
    """How many applications wait for a decision."""
    wanted = select(func.count()).where(Application.fair_id == fair_id, Application.state.in_(WAITING))
    return reading().scalar(wanted) or 0
