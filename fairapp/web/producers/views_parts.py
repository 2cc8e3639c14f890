"""The parts of a profile that are forms: saved one by one, never over somebody else's unseen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm

from fairapp.adapters import places
from fairapp.adapters.phones import shown_phone
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.errors import Clash
from fairapp.rules.identifiers import masked
from fairapp.rules.printed_texts import STORY_ROOM
from fairapp.rules.producers import OrganisationKind
from fairapp.store.base import transaction
from fairapp.store.producers import Organisation
from fairapp.usecases.producers import Contact, EditOrganisation, Identity, Place, Story, edit_organisation
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.producers.bp import bp, own, tried
from fairapp.web.producers.forms import ContactForm, IdentityForm, PlaceForm, StoryForm

Answers = Mapping[str, Any]


def _identity(kept: Organisation) -> Answers:
    return {
        "kind": kept.kind.value,
        "name": kept.name,
        "name_latin": kept.name_latin,
        "name_language": kept.name_language,
        "country": kept.country,
        "tax_number": kept.tax_code or "",
    }


def _place(kept: Organisation) -> Answers:
    commune = places.commune(kept.commune_code) if kept.commune_code else None
    return {
        "province": kept.province_code or "",
        "commune": commune.name if commune else "",
        "place": kept.place,
        "address": kept.address,
    }


def _contact(kept: Organisation) -> Answers:
    return {
        "phone": shown_phone(kept.phone, kept.country) if kept.phone else "",
        "email": kept.email or "",
        "website": kept.website or "",
        "is_public": kept.contact_is_public,
    }


def _story(kept: Organisation) -> Answers:
    return {"story_vi": kept.story.get("vi", ""), "story_en": kept.story.get("en", "")}


def _part(
    kept: Organisation,
    template: str,
    form_of: type[FlaskForm],
    answers: Callable[[Organisation], Answers],
    order: Callable[[Any], Identity | Place | Contact | Story],
    **facts: Any,
) -> Any:
    """Show the form of one part, or save it; a part that changed meanwhile comes back in both versions."""
    if request.method == "GET":
        form = form_of(data={**answers(kept), "version": kept.version})
        return render_template(template, form=form, organisation=kept, theirs={}, **facts)
    form = form_of()

    def save() -> None:
        version = form.version.data or ""
        seen = int(version) if version.isdecimal() and len(version) < 10 else -1
        with transaction() as session:
            edit_organisation(
                session,
                current_actor(),
                EditOrganisation(kept.id, seen, order(form)),
                datetime.now(UTC),
            )

    try:
        if tried(form, save):
            flash(_("Saved."), "ok")
            return redirect(url_for("producers.profile", organisation_id=kept.id))
    except Clash:
        return _both_versions(template, form, own(kept.id), answers, facts), 409
    return render_template(template, form=form, organisation=kept, theirs={}, **facts), 422


def _both_versions(
    template: str, form: Any, kept: Organisation, answers: Callable[[Organisation], Answers], facts: Answers
) -> str:
    """The text that was typed stays in the form; beside it stands what is kept by now."""
    there = answers(kept)
    theirs = {
        str(form[name].label.text): _shown(name, value)
        for name, value in there.items()
        if str(value) != str(form[name].data or ("" if value != False else False))  # noqa: E712
    }
    form.version.data = form.version.raw_data = str(kept.version)
    form.version.process_data(str(kept.version))
    return render_template(template, form=form, organisation=kept, theirs=theirs, **facts)


def _shown(name: str, value: Any) -> str:
    if name == "kind":
        return phrase(OrganisationKind(value))
    if name == "province":
        found = places.province(value)
        return found.name if found else ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


@bp.route("/me/organisations/<int(max=2147483647):organisation_id>/identity", methods=["GET", "POST"])
@signed_in
def identity(organisation_id: int) -> Any:
    """Kind, name, country and number."""
    kept = own(organisation_id)
    hidden = masked(kept.personal_number) if kept.personal_number else ""

    def order(form: IdentityForm) -> Identity:
        return form.order(number_is_kept=bool(hidden) and form.country.data == kept.country)

    return _part(kept, "producers/identity.html", IdentityForm, _identity, order, number_kept=hidden)


@bp.route("/me/organisations/<int(max=2147483647):organisation_id>/place", methods=["GET", "POST"])
@signed_in
def place(organisation_id: int) -> Any:
    """Where the organisation is; "show communes" works without any script."""
    kept = own(organisation_id)
    if request.method == "POST" and "show_communes" in request.form:
        form = PlaceForm()
        chosen = form.province.data or ""
        return render_template(
            "producers/place.html", form=form, organisation=kept, theirs={}, communes=places.communes(chosen)
        )
    chosen = request.form.get("province", kept.province_code or "")
    facts = {"communes": places.communes(chosen)}
    return _part(kept, "producers/place.html", PlaceForm, _place, lambda form: form.order(), **facts)


@bp.route("/me/organisations/<int(max=2147483647):organisation_id>/contact", methods=["GET", "POST"])
@signed_in
def contact(organisation_id: int) -> Any:
    """Phone, e-mail, website, and who may see them."""
    kept = own(organisation_id)
    return _part(kept, "producers/contact.html", ContactForm, _contact, lambda form: form.order())


@bp.route("/me/organisations/<int(max=2147483647):organisation_id>/story", methods=["GET", "POST"])
@signed_in
def story(organisation_id: int) -> Any:
    """What the organisation tells of itself."""
    kept = own(organisation_id)
    return _part(
        kept, "producers/story.html", StoryForm, _story, lambda form: form.order(), longest=STORY_ROOM
    )
