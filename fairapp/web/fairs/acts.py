"""What was done, in words: names of audit entries as sentences, their facts in one line."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Role
from fairapp.rules.applications import Part, State
from fairapp.web.fairs.acts_words import ACTS

ROOMS: dict[str, LazyText] = {
    "account": _l("Accounts"),
    "application": _l("Applications"),
    "badge": _l("Badges"),
    "booth": _l("Booth assignments"),
    "catalogue": _l("Catalogue"),
    "fair": _l("Fair"),
    "list": _l("Imported lists"),
    "organisation": _l("Producers"),
    "plan": _l("Floor plan"),
    "role": _l("Roles"),
    "bank": _l("Bank account"),
    "change": _l("Requests for changes"),
    "choosing": _l("Ways to a booth"),
    "contract": _l("Contracts"),
    "delegation": _l("Delegations"),
    "document": _l("Documents"),
    "document_requirement": _l("Documents asked for"),
    "draw": _l("Space draw"),
    "entry": _l("Producers of delegations"),
    "form": _l("Forms"),
    "letter": _l("Letters"),
    "mailing": _l("Mailings"),
    "manual": _l("Exhibitor's manual"),
    "member": _l("Colleagues"),
    "money": _l("Money"),
    "news": _l("News"),
    "partner": _l("Partners"),
    "photo": _l("Photos"),
    "points": _l("Priority points"),
    "product": _l("Products"),
    "proposal": _l("Proposals for the day"),
    "review": _l("Reviews"),
    "scenario": _l("Scenarios"),
    "service": _l("Services"),
    "signs": _l("Signs and boards"),
    "turn": _l("Turns of a draw"),
    "visa_letter": _l("Invitation letters"),
    "waiting": _l("Waiting list"),
    "weights": _l("Weights"),
    "badge_design": _l("Designs of badges"),
    "print_station": _l("Print stations"),
    "print_job": _l("Print queue"),
    "catalogue_insert": _l("Inserts of the catalogue"),
    "catalogue_text": _l("Texts of the catalogue"),
}
FACTS: dict[str, LazyText] = {
    "account_id": _l("account number"),
    "after": _l("state now"),
    "application": _l("application number"),
    "badge": _l("badge number"),
    "badges": _l("badge numbers"),
    "before": _l("state before"),
    "booth": _l("booth"),
    "booths": _l("number of booths"),
    "claim": _l("assignment number"),
    "code": _l("code"),
    "cut_off": _l("cut-off"),
    "addendum": _l("addendum"),
    "exhibitor": _l("exhibitor number"),
    "file": _l("file"),
    "gate": _l("gate"),
    "hall": _l("hall"),
    "kind": _l("booth kind"),
    "organisation_id": _l("producer number"),
    "part": _l("part"),
    "plan": _l("plan number"),
    "reason": _l("reason given"),
    "role": _l("role"),
    "run": _l("list number"),
    "to": _l("moved to"),
    "version": _l("plan version"),
    "amount": _l("amount in the smallest unit"),
    "applications": _l("application numbers"),
    "capacity": _l("room"),
    "cause": _l("cause"),
    "change": _l("change number"),
    "charge": _l("charge number"),
    "charges": _l("charges"),
    "claims": _l("assignment numbers"),
    "commitment": _l("sealed code"),
    "criterion": _l("criterion number"),
    "delegation": _l("delegation number"),
    "digest": _l("fingerprint"),
    "document": _l("document number"),
    "draw": _l("draw number"),
    "entrants": _l("entrants"),
    "entry": _l("entry number"),
    "exhibitors": _l("exhibitor numbers"),
    "fee": _l("fee"),
    "form": _l("form number"),
    "gross": _l("sum with tax"),
    "instalment": _l("instalment number"),
    "invitation_id": _l("invitation number"),
    "invoice": _l("invoice"),
    "job": _l("job number"),
    "language": _l("language"),
    "letter": _l("letter number"),
    "line": _l("line"),
    "mailing": _l("mailing number"),
    "mean": _l("mean score"),
    "member_id": _l("member number"),
    "moves": _l("moves"),
    "name": _l("name"),
    "neighbours": _l("neighbours wished or not"),
    "note": _l("note"),
    "notice": _l("version of the notice"),
    "number": _l("number"),
    "offer": _l("offer number"),
    "order": _l("order number"),
    "organisation": _l("producer"),
    "organisations": _l("producers"),
    "partner": _l("partner number"),
    "payment": _l("payment number"),
    "people": _l("people"),
    "phase": _l("phase"),
    "photo_id": _l("photo number"),
    "placed": _l("placed"),
    "price": _l("price"),
    "product_id": _l("product number"),
    "proxy": _l("chosen by"),
    "public_value": _l("public value"),
    "quantity": _l("quantity"),
    "questions": _l("questions"),
    "quota": _l("quota"),
    "ranked": _l("ranked wishes"),
    "requirement": _l("requirement number"),
    "result": _l("result"),
    "retired": _l("booths retired"),
    "reviewer": _l("reviewer"),
    "reviewers": _l("reviewers"),
    "revision": _l("revision"),
    "scan": _l("scan number"),
    "scenario": _l("scenario number"),
    "seconds": _l("seconds"),
    "service": _l("service number"),
    "settlements": _l("booths settled"),
    "signature": _l("signature number"),
    "slot": _l("slot number"),
    "slots": _l("slots"),
    "source": _l("came from"),
    "statement": _l("statement number"),
    "step": _l("step"),
    "stop": _l("what is held back"),
    "stops": _l("what is held back"),
    "subsidy": _l("subsidy"),
    "task": _l("task number"),
    "unplaced": _l("without a booth"),
    "until": _l("until"),
    "ways": _l("ways"),
    "weights": _l("weights"),
    "words": _l("words"),
    "zone_is_hard": _l("zone must be kept"),
    "station": _l("station"),
    "insert": _l("insert number"),
    "wide_mm": _l("width in mm"),
    "high_mm": _l("height in mm"),
}
VALUES: dict[str, type[StrEnum]] = {"after": State, "before": State, "part": Part, "role": Role}
"""Facts whose values are names of ours, with a phrase each."""
MOST_FACTS = 6


def act_word(what: str) -> str:
    """What an audit entry says was done; the bare name of an entry that is no longer written."""
    said = ACTS.get(what)
    return str(said) if said is not None else what.replace(".", ": ").replace("_", " ")


def room_word(room: str) -> str:
    """The part of the fair that a kind of entries belongs to."""
    said = ROOMS.get(room)
    return str(said) if said is not None else room


def facts_line(facts: Mapping[str, Any]) -> str:
    """An entry's facts in one line, long ones cut."""
    parts = []
    for name, value in list(facts.items())[:MOST_FACTS]:
        if value in (None, "", [], {}):
            continue
        said = (
            ", ".join(str(one) for one in value[:8]) if isinstance(value, list) else _value(name, str(value))
        )
        parts.append(f"{FACTS.get(name, name)}: {said[:80]}")
    return " · ".join(parts)


def _value(name: str, value: str) -> str:
    """A fact's value in words where it is one of our names; old entries may hold names that are gone."""
    names = VALUES.get(name)
    return phrase(names(value)) if names is not None and value in set(names) else value
