"""The contract as words: what a page shows of it, and the PDF copy that is kept of a signature."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any

from fairapp.adapters.pdf.contract_values import ContractSheet, SignedBy
from fairapp.i18n import formats, pick, speaking
from fairapp.i18n import gettext as _
from fairapp.store.contracts import Signature


def facts_shown(facts: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The parties, the days and the booths, each with its name, in the reader's language."""
    days = formats.day_range(date.fromisoformat(facts["first"]), date.fromisoformat(facts["last"]))
    venue = ", ".join(each for each in (pick(facts["venue_names"]), facts["venue_address"]) if each)
    theirs = [facts["organisation"], facts["organisation_address"]]
    if facts["tax_code"]:
        theirs.append(_("Tax code %(number)s", number=facts["tax_code"]))
    booths = ", ".join(facts["booths"])
    if booths:
        booths = f"{booths} ({formats.area(facts['area_m2'])})"
    return (
        (_("Organiser"), pick(facts["organiser_names"]) or pick(facts["fair_names"])),
        (_("Exhibitor"), " · ".join(each for each in theirs if each)),
        (_("Fair"), f"{pick(facts['fair_names'])}, {days}"),
        (_("Venue"), venue),
        (_("Booths"), booths or _("not assigned yet")),
        (_("Application"), str(facts["application"])),
    )


def signed_paper(
    facts: Mapping[str, Any], digest: str, first: SignedBy, second: SignedBy | None = None
) -> bytes:
    """The PDF copy in the contract's own language."""
    from fairapp.adapters.pdf.contracts import print_contract  # heavy: only who prints pays for it

    with speaking(facts["language"]):
        waiting = SignedBy(_("For the organiser"), _("not countersigned yet"))
        sheet = ContractSheet(
            title=_("Exhibition contract"),
            subtitle=f"{pick(facts['fair_names'])} · {_('Version %(number)s', number=facts['version'])}",
            facts=facts_shown(facts),
            body=facts["text"],
            signatures=(first, second or waiting),
            foot=_("SHA-256 of text, parties and booths: %(digest)s", digest=digest),
            page=_("Page %(page)s of %(pages)s"),
            lang=facts["language"],
        )
        out = BytesIO()
        print_contract(out, sheet)
    return out.getvalue()


def exhibitors_side(
    facts: Mapping[str, Any], name: str, account: str, at: datetime, zone: str, address: str | None
) -> SignedBy:
    """The exhibitor's signature as it stands on the paper."""
    with speaking(facts["language"]):
        return SignedBy(
            _("For the exhibitor"),
            name,
            (
                _("Signed online %(when)s by the account %(account)s", when=_at(at, zone), account=account),
                _("From the address %(address)s", address=address or "–"),
            ),
        )


def organisers_side(facts: Mapping[str, Any], name: str, account: str, at: datetime, zone: str) -> SignedBy:
    """The organiser's signature as it stands on the paper."""
    with speaking(facts["language"]):
        said = _(
            "Countersigned online %(when)s by the account %(account)s", when=_at(at, zone), account=account
        )
        return SignedBy(_("For the organiser"), name, (said,))


def both_signed(signature: Signature, zone: str, name: str, account: str, at: datetime) -> bytes:
    """The paper of a signature with the organiser's beside it."""
    signer = signature.signed_by.email if signature.signed_by else "–"
    facts = signature.facts
    first = exhibitors_side(facts, signature.typed_name, signer, signature.signed_at, zone, signature.address)
    second = organisers_side(facts, name, account, at, zone)
    return signed_paper(facts, signature.digest, first, second)


def _at(at: datetime, zone: str) -> str:
    return f"{formats.moment(at, zone)} ({zone})"
