"""What keeps a plan from being published, the cure proposed for each trouble, and the plan after them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from fairapp.rules.geometry import Rings, area
from fairapp.rules.plan_findings import (
    CHOICES,
    Cure,
    Fault,
    Finding,
    Overlap,
    Settlement,
    Survey,
    folded,
)
from fairapp.rules.plans import BoothOutline, PlanDraft

# Two outlines are one booth under two codes when their common floor is this share of the larger one.
SAME_FLOOR = 0.8
# An outline of whose floor others cover this share is an envelope around them, not a booth beside them.
ENVELOPE = 0.5


def unsettled(draft: PlanDraft, survey: Survey) -> tuple[Finding, ...]:
    """Everything that keeps the draft from being published, each with the cure proposed."""
    cures: dict[tuple[int, Fault], Settlement] = {}
    for settlement, fault in _proposals(draft, survey):
        cures[settlement.number, fault] = settlement
    left_out = {settlement.number for settlement in cures.values() if settlement.cure is Cure.LEAVE_OUT}
    by_number = {booth.number: booth for booth in draft.booths}
    found = []
    for number, fault, others in _faults(draft, survey):
        cured_elsewhere = {number, *others} & left_out or any((other, fault) in cures for other in others)
        if (number, fault) not in cures and cured_elsewhere:
            continue  # the same trouble, told once: at the booth where the cure is
        booth = by_number[number]
        found.append(
            Finding(
                number=number,
                fault=fault,
                hall=booth.hall,
                code=booth.code,
                others=others,
                other_codes=tuple(by_number[other].code for other in others),
                proposed=cures.get((number, fault)),
            )
        )
    return tuple(found)


def propose(draft: PlanDraft, survey: Survey) -> tuple[Settlement, ...]:
    """The cures that make the draft publishable, one per trouble, in the order to apply them."""
    return tuple(settlement for settlement, _ in _proposals(draft, survey))


def settlement_for(finding: Finding, cure: Cure, code: str, survey: Survey) -> Settlement | None:
    """The decision that takes ``cure`` for what was found; None when the cure does not fit it."""
    if cure not in CHOICES.get(finding.fault, ()):
        return None
    number, proposed = finding.number, finding.proposed
    if proposed is not None and proposed.cure is cure and cure is not Cure.RECODE:
        return proposed
    match cure:
        case Cure.RECODE:
            return Settlement(number, cure, code=code) if code else None
        case Cure.SAME_BOOTH:
            return Settlement(number, cure, others=finding.others[:1]) if finding.others else None
        case Cure.ALTERNATIVE:
            return Settlement(number, cure, others=finding.others) if finding.others else None
        case Cure.REDRAW:
            outlines = dict(survey.repairs) if finding.fault is Fault.CROSSES_ITSELF else _rests(survey)
            rings = outlines.get(number, ())
            return Settlement(number, cure, rings=rings) if rings else None
        case Cure.LEAVE_OUT:
            return Settlement(number, cure)


def _rests(survey: Survey) -> dict[int, Rings]:
    return {number: rest for number, _share, rest in survey.covered}


def settle(draft: PlanDraft, settlements: Iterable[Settlement]) -> PlanDraft:
    """The draft after the decisions; ValueError when one names a booth that is not there."""
    booths = {booth.number: booth for booth in draft.booths}
    decided = tuple(settlements)
    if strangers := {n for s in decided for n in (s.number, *s.others)} - booths.keys():
        raise ValueError(f"no booth number {min(strangers)} in this draft")
    # New codes first: a code that becomes somebody's further code must be the settled one.
    for settlement in sorted(decided, key=lambda s: s.cure is not Cure.RECODE):
        _apply(booths, settlement)
    alive = {(booth.hall, booth.code) for booth in booths.values()}
    kept = (
        replace(b, instead_of=tuple(c for c in b.instead_of if (b.hall, c) in alive)) for b in booths.values()
    )
    return replace(draft, booths=tuple(kept))


def _apply(booths: dict[int, BoothOutline], settlement: Settlement) -> None:
    booth = booths.get(settlement.number)
    if booth is None:
        return  # left out, or joined to another, by an earlier decision
    match settlement.cure:
        case Cure.RECODE:
            booths[booth.number] = replace(booth, code=settlement.code)
        case Cure.REDRAW:
            measured = round(area(settlement.rings), 2)
            booths[booth.number] = replace(booth, rings=settlement.rings, area_m2=measured)
        case Cure.ALTERNATIVE:
            codes = tuple(booths[other].code for other in settlement.others if other in booths)
            booths[booth.number] = replace(booth, instead_of=codes)
        case Cure.SAME_BOOTH:
            (other,) = settlement.others
            host = booths[other]
            booths[other] = replace(host, also=(*host.also, *booth.codes))
            del booths[booth.number]
        case Cure.LEAVE_OUT:
            del booths[booth.number]


# --- looking ---


def _faults(draft: PlanDraft, survey: Survey) -> Iterable[tuple[int, Fault, tuple[int, ...]]]:
    """(number, fault, other booths) of every trouble, in the file's order."""
    partners: dict[int, list[int]] = defaultdict(list)
    for overlap in _live_overlaps(draft, survey):
        partners[overlap.first].append(overlap.second)
        partners[overlap.second].append(overlap.first)
    crossing = {number for number, _ in survey.repairs}
    seen: dict[tuple[str, str], int] = {}
    for booth in draft.booths:
        if not booth.code:
            yield booth.number, Fault.CODE_MISSING, ()
        for code in filter(None, booth.codes):
            first = seen.setdefault((booth.hall, folded(code)), booth.number)
            if first != booth.number:
                yield booth.number, Fault.CODE_REPEATED, (first,)
        if booth.number in crossing:
            yield booth.number, Fault.CROSSES_ITSELF, ()
        if booth.number in partners:
            yield booth.number, Fault.OVERLAPS, tuple(partners[booth.number])


def _live_overlaps(draft: PlanDraft, survey: Survey) -> list[Overlap]:
    lettable = {booth.number for booth in draft.booths if booth.lettable}
    return [o for o in survey.overlaps if o.first in lettable and o.second in lettable]


# --- proposing ---


def _proposals(draft: PlanDraft, survey: Survey) -> list[tuple[Settlement, Fault]]:
    overlaps = _live_overlaps(draft, survey)
    out: list[tuple[Settlement, Fault]] = []
    gone: set[int] = set()
    for number, rings in survey.repairs:
        if rings:
            out.append((Settlement(number, Cure.REDRAW, rings=rings), Fault.CROSSES_ITSELF))
        else:
            gone.add(number)
            out.append((Settlement(number, Cure.LEAVE_OUT), Fault.CROSSES_ITSELF))
    out += _code_proposals(draft, overlaps, gone)
    out += _floor_proposals(draft, survey, overlaps, gone)
    return out


def _code_proposals(
    draft: PlanDraft, overlaps: list[Overlap], gone: set[int]
) -> list[tuple[Settlement, Fault]]:
    """New codes for repeated and missing ones; a feature drawn twice over is left out once."""
    by_number = {booth.number: booth for booth in draft.booths}
    shares = {frozenset((o.first, o.second)): _likeness(o, by_number) for o in overlaps}
    taken = {(booth.hall, folded(code)) for booth in draft.booths for code in booth.codes}
    firsts: dict[tuple[str, str], int] = {}
    out = []
    for booth in draft.booths:
        if booth.number in gone:
            continue
        key = (booth.hall, folded(booth.code))
        first = firsts.setdefault(key, booth.number) if booth.code else -1
        if first == booth.number:
            continue
        if shares.get(frozenset((first, booth.number)), 0) >= SAME_FLOOR:
            gone.add(booth.number)
            out.append((Settlement(booth.number, Cure.LEAVE_OUT), Fault.CODE_REPEATED))
            continue
        code = _free_code(booth, taken)
        taken.add((booth.hall, folded(code)))
        fault = Fault.CODE_REPEATED if booth.code else Fault.CODE_MISSING
        out.append((Settlement(booth.number, Cure.RECODE, code=code), fault))
    return out


def _free_code(booth: BoothOutline, taken: set[tuple[str, str]]) -> str:
    """``A15-2``, ``A15-3`` … for a repeated code, ``N1``, ``N2`` … for a missing one."""
    stem, number = (f"{booth.code}-", 2) if booth.code else ("N", 1)
    while (booth.hall, folded(f"{stem}{number}")) in taken:
        number += 1
    return f"{stem}{number}"


def _likeness(overlap: Overlap, by_number: dict[int, BoothOutline]) -> float:
    """The common floor as a share of the larger outline: 1 when both outlines are the same."""
    larger = max(by_number[overlap.first].area_m2, by_number[overlap.second].area_m2)
    return overlap.area_m2 / larger if larger else 0.0


def _floor_proposals(
    draft: PlanDraft, survey: Survey, overlaps: list[Overlap], gone: set[int]
) -> list[tuple[Settlement, Fault]]:
    """Decide who has the floor: twins become one booth, envelopes step back, the rest is cut out."""
    by_number = {booth.number: booth for booth in draft.booths}
    out: list[tuple[Settlement, Fault]] = []
    for overlap in overlaps:
        pair = sorted((by_number[overlap.first], by_number[overlap.second]), key=_rank)
        host, twin = pair[0].number, pair[1].number
        if not {host, twin} & gone and _likeness(overlap, by_number) >= SAME_FLOOR:
            gone.add(twin)
            out.append((Settlement(twin, Cure.SAME_BOOTH, others=(host,)), Fault.OVERLAPS))

    covered = {number: (share, rest) for number, share, rest in survey.covered}
    beneath: dict[int, list[int]] = defaultdict(list)
    for overlap in overlaps:
        larger, smaller = sorted((overlap.first, overlap.second), key=lambda n: (-by_number[n].area_m2, n))
        beneath[larger].append(smaller)
    for number in sorted(beneath, key=lambda n: (-by_number[n].area_m2, n)):
        parts = tuple(part for part in beneath[number] if part not in gone)
        if number in gone or not parts:
            continue
        share, rest = covered.get(number, (1.0, ()))
        if share < ENVELOPE and rest:
            out.append((Settlement(number, Cure.REDRAW, rings=rest), Fault.OVERLAPS))
        else:
            gone.add(number)
            out.append((Settlement(number, Cure.ALTERNATIVE, others=parts), Fault.OVERLAPS))
    return out


def _rank(booth: BoothOutline) -> tuple[int, int]:
    """Of two codes for one floor the shorter leads (``A-047`` before ``A-047g``), then the earlier."""
    return (len(booth.code) or 1_000, booth.number)
