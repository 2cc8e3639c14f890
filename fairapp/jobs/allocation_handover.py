"""The letter about a hand-over: the booth is the exhibitor's now, or it was a mistake."""

from __future__ import annotations

from fairapp.jobs.applications import letters_to
from fairapp.jobs.work import Letter, LetterJob, Work
from fairapp.rules.allocation_handover import CLAIM_STEPS, ClaimStep
from fairapp.store.allocation import BoothClaim


def handover(work: Work, *, claim_id: int, step: str, words: str) -> list[Letter]:
    """Tell the holder, unless it has become otherwise since."""
    claim, taken = work.session.get(BoothClaim, claim_id), ClaimStep(step)
    after = {each: state for (_before, each), state in CLAIM_STEPS.items()}
    if claim is None or claim.state is not after[taken]:
        return []
    booth, fair, organisation = claim.booth, claim.exhibitor.fair, claim.exhibitor.organisation
    application = claim.exhibitor.application
    facts = {
        "step": taken.value,
        "words": words,
        "code": booth.code,
        "hall_code": booth.hall.code,
        "hall_names": booth.hall.names,
        "organisation": organisation.name,
        "fair_names": fair.names,
        "contact": " · ".join(each for each in (fair.contact_email, fair.contact_phone) if each),
        "path": f"/me/applications/{application.id}/handover" if application else f"/f/{fair.code}",
    }
    return letters_to(work, fair.id, organisation, "allocation/handover", facts)


LETTERS: dict[str, LetterJob] = {"mail.booth_handover": handover}
