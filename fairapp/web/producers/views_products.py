"""The products of an organisation: listed, added, changed, put in order, removed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from wtforms import SelectChoice

from fairapp.i18n import gettext as _
from fairapp.i18n import pick
from fairapp.rules.producers import MOST_PRODUCTS
from fairapp.store.base import reading, transaction
from fairapp.store.producers import Organisation, Product
from fairapp.store.producers_queries import certificates_of, product_of, products_of
from fairapp.store.schemes import groups_of_scheme
from fairapp.usecases.producers_photos import AddPhoto, add_photo, take_picture
from fairapp.usecases.producers_products import MoveProduct, keep_product, move_product, remove_product
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.producers.bp import bp, files, own, tried
from fairapp.web.producers.forms import ProductForm

HOME_SCHEME = "ocop2021"
SCHEMES = {"TH": "otop"}
"""The scheme in which a country's makers know their groups; all others use Viet Nam's."""


@bp.get("/me/organisations/<int(max=2147483647):organisation_id>/products")
@signed_in
def products(organisation_id: int) -> Any:
    """What the organisation makes, in its own order."""
    organisation, session = own(organisation_id), reading()
    shown = products_of(session, organisation.id)
    groups = {
        (group.scheme, group.code): group
        for scheme in sorted({each.scheme for each in shown})
        for group in groups_of_scheme(session, scheme)
    }
    return render_template(
        "producers/products.html",
        organisation=organisation,
        products=shown,
        papers=certificates_of(session, [each.id for each in shown]),
        groups=groups,
        most=MOST_PRODUCTS,
        today=datetime.now(UTC).date(),
    )


@bp.route("/me/organisations/<int(max=2147483647):organisation_id>/products/new", methods=["GET", "POST"])
@signed_in
def new_product(organisation_id: int) -> Any:
    """Add a product."""
    organisation = own(organisation_id)
    return _product_page(organisation, None, SCHEMES.get(organisation.country, HOME_SCHEME))


@bp.route(
    "/me/organisations/<int(max=2147483647):organisation_id>/products/<int(max=2147483647):product_id>",
    methods=["GET", "POST"],
)
@signed_in
def product(organisation_id: int, product_id: int) -> Any:
    """Change a product."""
    organisation = own(organisation_id)
    kept = product_of(reading(), organisation.id, product_id)
    return _product_page(organisation, kept, kept.scheme)


def _product_page(organisation: Organisation, kept: Product | None, scheme: str) -> Any:
    groups = groups_of_scheme(reading(), scheme) or groups_of_scheme(reading(), HOME_SCHEME)
    scheme = groups[0].scheme if groups else scheme
    choices = [SelectChoice(group.code, pick(group.names)) for group in groups]
    product_id = None if kept is None else kept.id
    facts = {"organisation": organisation, "product": kept}
    if request.method == "GET":
        form = ProductForm(choices, data=_answers(kept))
        return render_template("producers/product.html", form=form, **facts)
    form = ProductForm(choices)
    if tried(form, lambda: _save(form, organisation.id, scheme, product_id)):
        flash(_("Saved."), "ok")
        if request.form.get("then") == "another":
            return redirect(url_for("producers.new_product", organisation_id=organisation.id))
        return redirect(url_for("producers.products", organisation_id=organisation.id))
    return render_template("producers/product.html", form=form, **facts), 422


def _save(form: ProductForm, organisation_id: int, scheme: str, product_id: int | None) -> None:
    """The picture first, for it takes longest and may be refused; then everything in one transaction."""
    picture = take_picture(files(), form.photo.data.read()) if form.photo.data else None
    now = datetime.now(UTC)
    with transaction() as session:
        kept = keep_product(session, current_actor(), form.order(organisation_id, scheme, product_id), now)
        if picture is not None:
            order = AddPhoto(organisation_id, picture, dict(kept.names), product_id=kept.id)
            add_photo(session, current_actor(), order, now)


def _answers(kept: Product | None) -> dict[str, Any]:
    if kept is None:
        return {}
    paper = certificates_of(reading(), [kept.id]).get(kept.id)
    papers = {name: getattr(paper, name, None) for name in ("authority", "number", "issued_on", "expires_on")}
    return {
        "name_vi": kept.names.get("vi", ""),
        "name_en": kept.names.get("en", ""),
        "text_vi": kept.texts.get("vi", ""),
        "text_en": kept.texts.get("en", ""),
        "group": kept.group_code,
        "stars": str(kept.stars or ""),
        "trace_code": kept.trace_code or "",
        **papers,
    }


@bp.post(
    "/me/organisations/<int(max=2147483647):organisation_id>/products/<int(max=2147483647):product_id>/remove"
)
@signed_in
def drop_product(organisation_id: int, product_id: int) -> Any:
    """Take a product out of the profile."""
    with transaction() as session:
        gone = remove_product(session, current_actor(), organisation_id, product_id, datetime.now(UTC))
        name = pick(gone.names)
    flash(_("%(name)s was removed.", name=name), "ok")
    return redirect(url_for("producers.products", organisation_id=organisation_id))


@bp.post(
    "/me/organisations/<int(max=2147483647):organisation_id>/products/<int(max=2147483647):product_id>/move"
)
@signed_in
def shift_product(organisation_id: int, product_id: int) -> Any:
    """Move a product one place up or down."""
    if (way := request.form.get("way")) not in ("up", "down"):
        abort(400)
    order = MoveProduct(organisation_id, product_id, up=way == "up")
    with transaction() as session:
        move_product(session, current_actor(), order, datetime.now(UTC))
    return redirect(url_for("producers.products", organisation_id=organisation_id) + f"#product-{product_id}")
