"""The invitation letter as a paper: who is invited to what, signed, numbered, with the way to check it."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from fairapp.adapters.pdf.contract_values import ContractSheet, SignedBy
from fairapp.i18n import formats, pick, speaking
from fairapp.i18n import gettext as _
from fairapp.rules.visa_letters import Traveller, reference_of, travellers
from fairapp.store.letters import VisaLetter
from fairapp.store.producers import Organisation
from fairapp.web.places import place_name


def paper_of(letter: VisaLetter, base_url: str, at: datetime) -> bytes:
    """The PDF in the language that was asked for."""
    from fairapp.adapters.pdf.contracts import print_contract  # heavy: only who prints pays for it

    fair = letter.fair
    with speaking(letter.language):
        name, organiser = pick(fair.names), pick(fair.organiser_names) or pick(fair.names)
        reference = reference_of(fair.code, letter.number or 0)
        contact = " · ".join(each for each in (fair.contact_email, fair.contact_phone) if each)
        sheet = ContractSheet(
            title=_("Letter of invitation"),
            subtitle=f"{name} · {reference}",
            facts=_facts(letter, reference, organiser, at),
            body=_body(letter, organiser),
            signatures=(
                SignedBy(
                    _("For the organiser"),
                    letter.signer,
                    (
                        f"{organiser} · {contact}".rstrip(" ·"),
                        _(
                            "Issued online %(when)s",
                            when=f"{formats.moment(at, fair.timezone)} ({fair.timezone})",
                        ),
                    ),
                ),
            ),
            foot=_(
                "Check that this letter is genuine: %(link)s · Reference %(number)s",
                link=f"{base_url}/visa-letters/{letter.code}",
                number=reference,
            ),
            page=_("Page %(page)s of %(pages)s"),
            lang=letter.language,
        )
        out = BytesIO()
        print_contract(out, sheet)
    return out.getvalue()


def _facts(letter: VisaLetter, reference: str, organiser: str, at: datetime) -> tuple[tuple[str, str], ...]:
    fair, organisation = letter.fair, letter.application.organisation
    venue = ", ".join(each for each in (pick(fair.venue_names), fair.venue_address) if each)
    rows = [
        (_("Reference"), reference),
        (_("Date"), formats.date(at, "long", fair.timezone)),
        (_("Organiser"), organiser),
        (_("Exhibitor"), f"{_called(organisation)}, {place_name(organisation.country)}"),
        (_("Fair"), f"{pick(fair.names)}, {formats.day_range(fair.starts_on, fair.ends_on)}"),
        (_("Venue"), venue),
    ]
    if letter.embassy:
        rows.insert(2, (_("To"), letter.embassy))
    return tuple(rows)


def _body(letter: VisaLetter, organiser: str) -> str:
    fair, organisation = letter.fair, letter.application.organisation
    people = "\n".join(
        f"{place}. {_line(person)}" for place, person in enumerate(travellers(letter.people), start=1)
    )
    return "\n\n".join(
        (
            _("To whom it may concern,"),
            _(
                "%(organiser)s invites the persons named below to %(fair)s, which takes place from "
                "%(first)s to %(last)s at %(venue)s. They come for %(organisation)s, an exhibitor that has "
                "been admitted to the fair.",
                organiser=organiser,
                fair=pick(fair.names),
                first=formats.date(fair.starts_on),
                last=formats.date(fair.ends_on),
                venue=pick(fair.venue_names) or fair.venue_address,
                organisation=_called(organisation),
            ),
            people,
            _(
                "They need to be there a few days before the opening to set up the booth, and after the "
                "end to take it down. We ask you kindly to grant them the visas that they need."
            ),
            _(
                "This letter confirms the invitation. It promises neither a visa nor the costs of travel and "
                "stay, which the exhibitor bears."
            ),
        )
    )


def _called(organisation: Organisation) -> str:
    """Its own name, and the one that an embassy can read."""
    latin = organisation.name_latin
    return f"{organisation.name} ({latin})" if latin and latin != organisation.name else organisation.name


def _line(person: Traveller) -> str:
    if person.passport:
        return _(
            "%(name)s, nationality: %(nationality)s, passport: %(number)s",
            name=person.name,
            nationality=person.nationality,
            number=person.passport,
        )
    return _("%(name)s, nationality: %(nationality)s", name=person.name, nationality=person.nationality)
