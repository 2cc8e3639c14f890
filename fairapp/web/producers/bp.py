"""The blueprint of the producers' pages, and what each of them needs first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, current_app

from fairapp.adapters import places
from fairapp.adapters.files import FolderFiles
from fairapp.adapters.phones import shown_phone
from fairapp.i18n import current_language
from fairapp.rules.errors import Invalid, Refused
from fairapp.store.base import reading
from fairapp.store.producers import Organisation
from fairapp.store.producers_queries import organisation_of
from fairapp.web.actor import current_actor
from fairapp.web.wording import say_faults

bp = Blueprint("producers", __name__)


@bp.app_template_filter("country_name")
def country_name(code: str) -> str:
    """The country in the reader's language."""
    return places.country_name(code, current_language())


@bp.app_template_filter("place_words")
def place_words(organisation: Organisation) -> str:
    """Commune, province and country as the reader calls them."""
    language = current_language()
    commune = places.commune(organisation.commune_code) if organisation.commune_code else None
    province = places.province(organisation.province_code) if organisation.province_code else None
    told = [
        commune.name_in(language) if commune else "",
        province.name_in(language) if province else organisation.place,
        "" if organisation.country == "VN" else places.country_name(organisation.country, language),
    ]
    return ", ".join(part for part in told if part)


@bp.app_template_filter("shown_phone")
def phone_words(e164: str) -> str:
    """The number as people at home read it."""
    return shown_phone(e164)


def own(organisation_id: int) -> Organisation:
    """The organisation, which answers like a missing one when the actor does not act for it."""
    return organisation_of(reading(), current_actor(), organisation_id)


def files() -> FolderFiles:
    """Where pictures are kept."""
    return FolderFiles(current_app.config["FAIRAPP"].files)


def tried(form: Any, act: Callable[[], Any]) -> bool:
    """Whether the form held and the act was done; otherwise the form knows why not."""
    if not form.validate():
        return False
    try:
        act()
    except (Invalid, Refused) as refusal:
        say_faults(form, refusal)
        return False
    return True
