"""A version of a plan as a page: drawn by hall, with what is to settle and what publishing changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from flask import render_template, url_for

from fairapp.i18n import LazyText, formats
from fairapp.i18n import gettext as _
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.fairs import PlanState
from fairapp.rules.plan_cures import settlement_for, unsettled
from fairapp.rules.plan_findings import CHOICES, Cure, Fault, Finding, Survey, Weight
from fairapp.rules.plan_layers import Layer, Unit
from fairapp.rules.plans import PlanDifference, PlanDraft, differences, from_json
from fairapp.store import fairs_queries
from fairapp.store.base import reading
from fairapp.store.fairs import FloorPlan
from fairapp.usecases.fairs_plans import Choice
from fairapp.web.access import current_fair
from fairapp.web.fairs.lint_marks import LintRow, lint_rows
from fairapp.web.fairs.studio import looked_at
from fairapp.web.fairs.views_plan_files import PAPERS
from fairapp.web.plan_drawing import BoothFacts, HallDrawing, MarkState, booth_title, draw_hall, with_words

MOST_LISTED = 300
FIELDS: dict[str, LazyText] = {
    "rings": _l("outline"),
    "area_m2": _l("area"),
    "kind": _l("kind"),
    "zone": _l("zone"),
    "open_sides": _l("open sides"),
    "also": _l("further codes"),
    "instead_of": _l("what it stands instead of"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """A cure that may be chosen for something found."""

    cure: Cure
    words: str
    proposed: bool


@dataclass(frozen=True, slots=True)
class Open:
    """Something to settle, with the cures to choose from."""

    finding: Finding
    options: tuple[Option, ...]
    new_code: str

    @property
    def key(self) -> str:
        """How the form calls it."""
        return f"{self.finding.number}-{self.finding.fault.value}"

    @property
    def sentence(self) -> str:
        """What is wrong."""
        return phrase(self.finding.fault, **self.finding.facts)


@dataclass(frozen=True, slots=True)
class HallRow:
    """A hall of the version in numbers."""

    name: str
    booths: int
    area_m2: float
    facilities: int
    open: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Touched:
    """A booth that publishing removes or changes, and who stands there now."""

    hall: str
    code: str
    words: str
    holder: str


def version_page(
    plan: FloorPlan,
    hall: str = "",
    reasons: tuple[str, ...] = (),
    typed: Mapping[str, str] | None = None,
) -> str:
    """The version with everything an organiser decides by."""
    from fairapp.adapters.plans.measuring import survey  # a geometry library: only here

    draft = from_json(plan.body)
    is_draft = plan.state is PlanState.DRAFT
    measured = survey(draft) if is_draft else Survey()
    found = unsettled(draft, measured) if is_draft else ()
    names = [one.name for one in draft.halls] or sorted({booth.hall for booth in draft.booths})
    shown = hall if hall in names else _first_to_see(names, found)
    difference = _difference(plan, draft) if is_draft else None
    holders = fairs_queries.holders_by_code(reading(), plan.fair_id, datetime.now(UTC)) if difference else {}
    linted = lint_rows(draft, shown, looked_at(draft, shown)) if is_draft else []
    read: dict[str, Any] = plan.report.get("reading", {})
    return render_template(
        "fairs/version.html",
        plan=plan,
        draft=draft,
        PlanState=PlanState,
        halls=_hall_rows(plan, draft, names, found, shown),
        shown=shown,
        drawing=_drawing(draft, shown, found, linted),
        open=[_open(finding, measured) for finding in found],
        refused=_reported(plan, Weight.REFUSED),
        noted=_reported(plan, Weight.NOTED),
        difference=difference,
        removed=_touched(((h, c, "") for h, c in difference.removed), holders) if difference else [],
        changed=_touched(((one.hall, one.code, _fields(one.fields)) for one in difference.changed), holders)
        if difference
        else [],
        most=MOST_LISTED,
        reasons=reasons,
        typed=typed or {},
        linted=linted,
        is_linted=is_draft,
        papers=PAPERS,
        unit=phrase(Unit(read["unit"])) if read else "",
        drawn_as=[(name, phrase(Layer(meant))) for name, meant in read.get("layers", [])],
        area=sum(booth.area_m2 for booth in draft.booths if booth.lettable),
    )


def choices_of(form: Mapping[str, str]) -> tuple[Choice, ...]:
    """The cures chosen in the form; what makes no sense is left out."""
    chosen = []
    for name, value in form.items():
        start, _dash, key = name.partition("-")
        number, _dash, fault = key.partition("-")
        is_number = number.isascii() and number.isdigit() and len(number) < 9
        if start == "cure" and is_number and fault in set(Fault) and value in set(Cure):
            code = form.get(f"code-{key}", "").strip()
            chosen.append(Choice(int(number), Fault(fault), Cure(value), code))
    return tuple(chosen)


def _first_to_see(names: list[str], found: Iterable[Finding]) -> str:
    """The first hall where something is to settle, else the first."""
    troubled = {finding.hall for finding in found}
    return next((name for name in names if name in troubled), names[0] if names else "")


def _hall_rows(
    plan: FloorPlan, draft: PlanDraft, names: list[str], found: Iterable[Finding], shown: str
) -> list[HallRow]:
    to_settle = [finding.hall for finding in found]
    fair = current_fair()
    rows = []
    for name in names:
        booths = [booth for booth in draft.booths_of(name) if booth.lettable]
        href = url_for("fairs.version", fair_code=fair.code, number=plan.version, hall=name)
        facilities = sum(1 for each in draft.facilities if each.hall == name)
        area = sum(booth.area_m2 for booth in booths)
        rows.append(HallRow(name, len(booths), area, facilities, to_settle.count(name), href, name == shown))
    return rows


def _drawing(draft: PlanDraft, hall: str, found: Iterable[Finding], linted: Iterable[LintRow]) -> HallDrawing:
    troubled = {finding.number for finding in found}
    outline = next((one.rings for one in draft.halls if one.name == hall), ())
    facts = []
    for booth in draft.booths_of(hall):
        state = MarkState.FREE if booth.lettable else MarkState.ALTERNATIVE
        conflict = booth.number in troubled
        facts.append(
            BoothFacts(
                id=booth.number,
                code=booth.code or f"#{booth.number}",
                rings=booth.rings,
                state=state,
                title=booth_title(booth.code or f"#{booth.number}", booth.area_m2, state, conflict=conflict),
                href=f"#found-{booth.number}" if conflict else None,
                conflict=conflict,
            )
        )
    here = (each for each in draft.facilities if each.hall == hall)
    facilities = with_words(here, current_fair().settings)
    drawn = draw_hall(hall, facts, outline=outline, facilities=facilities)
    return replace(drawn, notes=tuple(row.mark for row in linted if row.mark))


def _open(finding: Finding, measured: Survey) -> Open:
    proposed = finding.proposed
    options = []
    for cure in CHOICES[finding.fault]:
        if settlement_for(finding, cure, "?", measured) is None:
            continue
        others = finding.other_codes[:1] if cure is Cure.SAME_BOOTH else finding.other_codes
        facts: dict[str, str] = {**finding.facts, "others": ", ".join(others)}
        words = _("Give it another code") if cure is Cure.RECODE else phrase(cure, **facts)
        options.append(Option(cure, words, proposed is not None and proposed.cure is cure))
    return Open(finding, tuple(options), proposed.code if proposed else "")


def _reported(plan: FloorPlan, weight: Weight) -> list[dict[str, Any]]:
    """What the file's reading refused or noted, as sentences."""
    rows = []
    for raw in plan.report.get("findings", []):
        if raw["weight"] == weight.value:
            facts = {"code": raw["code"], "others": raw["others"], "new_code": raw["new_code"]}
            rows.append({**raw, "sentence": phrase(Fault(raw["fault"]), **facts)})
    return rows


def _difference(plan: FloorPlan, draft: PlanDraft) -> PlanDifference | None:
    """What publishing would change; nothing to compare with before the first plan."""
    before = fairs_queries.plan_in_force(reading(), plan.fair_id)
    return differences(from_json(before.body), draft) if before else None


def _touched(rows: Iterable[tuple[str, str, str]], holders: Mapping[tuple[str, str], str]) -> list[Touched]:
    """The booths, the ones that somebody holds first."""
    touched = [Touched(hall, code, words, holders.get((hall, code), "")) for hall, code, words in rows]
    return sorted(touched, key=lambda one: not one.holder)


def _fields(names: Iterable[str]) -> str:
    return formats.listing([str(FIELDS[name]) for name in names if name in FIELDS])
