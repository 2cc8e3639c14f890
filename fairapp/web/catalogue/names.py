"""What a document that was asked for is called in lists."""

from __future__ import annotations

from fairapp.i18n import LANGUAGES
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.catalogue import CatalogueOrder
from fairapp.rules.signs import SignKind
from fairapp.store.operations import Job


def name_of(job: Job) -> str:
    """Its kind, language, order and paper, as far as it has them."""
    facts = job.facts
    language = str(facts.get("language", ""))
    spoken = LANGUAGES.get(language, language)
    if job.name == "badges":
        return _("Badges")
    if job.name == "signs":
        return f"{phrase(SignKind(facts.get('kind', SignKind.BOOTH.value)))} · {spoken}"
    parts = [_("Addendum") if facts.get("addendum") else _("Catalogue"), spoken]
    if order := facts.get("order"):
        parts.append(phrase(CatalogueOrder(order)))
    return " · ".join([*parts, *([str(facts["paper"]).upper()] if "paper" in facts else [])])
