"""Letters to many: all of them written and put into the outbox at once, then sent one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.config import Settings
from fairapp.i18n.mailings import mailing_language, mailing_words
from fairapp.jobs.work import Letter, LetterJob, LongJob, Result, Work
from fairapp.rules.letters import LetterEvent
from fairapp.rules.mailings import MailingState, unsubscribe_token
from fairapp.store.applications_review import booths_of_applications
from fairapp.store.base import transaction
from fairapp.store.fairs import Booth
from fairapp.store.letters import LetterLog, Mailing
from fairapp.usecases.letters_mailings import (
    JOB,
    MESSAGE,
    Envelope,
    Ready,
    digest_of,
    envelopes_of,
    post_mailing,
    wants_news,
)
from fairapp.usecases.letters_preview import facts_of_mailing

PORTION = 200
"""Letters between two looks at the progress bar."""


def send_mailing(
    work: Work,
    progress: Callable[[int, int], None],
    *,
    mailing_id: int,
    other_fairs: Sequence[int] | None,
) -> Result:
    """Write every letter, then promise them all in one transaction: whoever is stopped has sent nothing."""
    mailing = work.session.get_one(Mailing, mailing_id)
    if mailing.state is not MailingState.SENDING:
        return Result()
    envelopes = envelopes_of(work.session, mailing, other_fairs, work.now)
    ready: list[Ready] = []
    for start in range(0, len(envelopes.ready), PORTION):
        progress(start, len(envelopes.ready))
        some = envelopes.ready[start : start + PORTION]
        ready += written_for(work.session, work.settings, mailing, some)
    with transaction() as session:
        post_mailing(session, mailing_id, ready, envelopes.unsubscribed, work.now)
    progress(len(ready), len(ready))
    return Result()


def written_for(
    session: Session, settings: Settings, mailing: Mailing, envelopes: Sequence[Envelope]
) -> Iterator[Ready]:
    """Each letter in its reader's language, with the places of its organisation."""
    numbers = [each.application_id for each in envelopes if each.application_id is not None]
    booths = booths_of_applications(session, numbers) if numbers else {}
    for each in envelopes:
        language = mailing_language(mailing.subjects, each.reader.language)
        theirs: list[Booth] = booths.get(each.application_id, []) if each.application_id else []
        facts = facts_of_mailing(
            mailing.fair, each.organisation, each.application_id, theirs[0] if theirs else None
        )
        words = mailing_words(mailing.subjects, mailing.bodies, language, facts, settings.base_url)
        yield Ready(each, language, *words)


def mailing_letter(work: Work, *, mailing_id: int, organisation_id: int, reader: str) -> list[Letter]:
    """One letter of a mailing; none to somebody who has stopped such letters since."""
    row = work.session.scalar(
        select(LetterLog).where(
            LetterLog.mailing_id == mailing_id,
            LetterLog.organisation_id == organisation_id,
            LetterLog.reader == reader,
        )
    )
    if row is None:
        return []
    unsubscribe = ""
    if row.event is LetterEvent.NEWS:
        digest = digest_of(row.to_address)
        if not wants_news(work.session, digest):
            return []
        unsubscribe = f"/unsubscribe/{unsubscribe_token(work.settings.secret_key, digest)}"
    return [
        Letter(
            "",
            row.to_address,
            row.language,
            fair_id=row.fair_id,
            organisation_id=row.organisation_id,
            ready=(row.subject, row.body),
            event=row.event,
            unsubscribe=unsubscribe,
        )
    ]


LETTERS: dict[str, LetterJob] = {MESSAGE: mailing_letter}
LONG: dict[str, LongJob] = {JOB: send_mailing}
