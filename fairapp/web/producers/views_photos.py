"""Logo and photos of an organisation."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm

from fairapp.i18n import LANGUAGES
from fairapp.i18n import gettext as _
from fairapp.rules.pictures import BYTES_AT_MOST
from fairapp.rules.producers import MOST_PHOTOS
from fairapp.store.base import reading, transaction
from fairapp.store.producers import Organisation
from fairapp.store.producers_queries import gallery_of
from fairapp.usecases.producers_photos import (
    AddPhoto,
    add_photo,
    describe_photo,
    remove_photo,
    take_picture,
)
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.producers.bp import bp, files, own, tried
from fairapp.web.producers.forms import LogoForm, PhotoForm


def _page(organisation: Organisation, logo: FlaskForm | None = None, photo: FlaskForm | None = None) -> str:
    gallery = gallery_of(reading(), organisation)
    return render_template(
        "producers/photos.html",
        organisation=organisation,
        gallery=gallery,
        logo_form=logo or LogoForm(formdata=None, prefix="logo"),
        photo_form=photo or PhotoForm(formdata=None),
        most=MOST_PHOTOS,
        max_mb=BYTES_AT_MOST // 2**20,
    )


@bp.get("/me/organisations/<int(max=2147483647):organisation_id>/photos")
@signed_in
def photos(organisation_id: int) -> Any:
    """What is there, and the two forms that add to it."""
    return _page(own(organisation_id))


@bp.post("/me/organisations/<int(max=2147483647):organisation_id>/photos")
@signed_in
def hang_photo(organisation_id: int) -> Any:
    """Add a photo to the gallery."""
    organisation, form = own(organisation_id), PhotoForm()
    if not tried(form, lambda: _hang(form, organisation.id, form.alt(), is_logo=False)):
        return _page(organisation, photo=form), 422
    flash(_("Saved."), "ok")
    return redirect(url_for("producers.photos", organisation_id=organisation.id))


@bp.post("/me/organisations/<int(max=2147483647):organisation_id>/logo")
@signed_in
def hang_logo(organisation_id: int) -> Any:
    """Put a logo in place of the old one."""
    organisation, form = own(organisation_id), LogoForm(prefix="logo")
    if not tried(form, lambda: _hang(form, organisation.id, {}, is_logo=True)):
        return _page(organisation, logo=form), 422
    flash(_("Saved."), "ok")
    return redirect(url_for("producers.photos", organisation_id=organisation.id))


def _hang(form: Any, organisation_id: int, alt: dict[str, str], *, is_logo: bool) -> None:
    sent = form.photo.data.read() if form.photo.data else b""
    picture = take_picture(files(), sent, is_logo=is_logo)
    with transaction() as session:
        order = AddPhoto(organisation_id, picture, alt, is_logo=is_logo)
        add_photo(session, current_actor(), order, datetime.now(UTC))


@bp.post(
    "/me/organisations/<int(max=2147483647):organisation_id>/photos/<int(max=2147483647):photo_id>/describe"
)
@signed_in
def caption_photo(organisation_id: int, photo_id: int) -> Any:
    """Say what a photo shows."""
    alt = {lang: request.form.get(f"alt_{lang}", "") for lang in LANGUAGES}
    with transaction() as session:
        describe_photo(session, current_actor(), organisation_id, photo_id, alt, datetime.now(UTC))
    flash(_("Saved."), "ok")
    return redirect(url_for("producers.photos", organisation_id=organisation_id))


@bp.post(
    "/me/organisations/<int(max=2147483647):organisation_id>/photos/<int(max=2147483647):photo_id>/remove"
)
@signed_in
def drop_photo(organisation_id: int, photo_id: int) -> Any:
    """Take a photo, or the logo, away."""
    with transaction() as session:
        remove_photo(session, current_actor(), organisation_id, photo_id, datetime.now(UTC))
    flash(_("The photo was removed."), "ok")
    return redirect(url_for("producers.photos", organisation_id=organisation_id))
