"""Load the demo fair: texts, makers and plan, then every application's story through the use-cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from fairapp.adapters.files import FolderFiles
from fairapp.adapters.plans.geojson import read_plan
from fairapp.demo.bank import keep_bank
from fairapp.demo.catalogue import keep_contents
from fairapp.demo.content import DemoApplication, DemoContent
from fairapp.demo.deciding import keep_decisions
from fairapp.demo.draws import Drawn, keep_draw
from fairapp.demo.forms import answer_details, answer_questions, change_forms, keep_forms, propose_changes
from fairapp.demo.makers import Maker, keep_maker
from fairapp.demo.manual import keep_manual
from fairapp.demo.money import keep_money
from fairapp.demo.papers import keep_papers
from fairapp.demo.partners import keep_partners
from fairapp.demo.planning import keep_plans
from fairapp.demo.press import keep_press
from fairapp.demo.reading import content
from fairapp.rules.actors import SYSTEM
from fairapp.rules.applications import State, Step
from fairapp.rules.badges import BadgeState, BadgeStep
from fairapp.rules.days import DaySettings
from fairapp.rules.fairs import FairStep, FloorKind
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.applications import Application
from fairapp.store.fairs import Booth, BoothKind, Fair, Hall
from fairapp.store.gate import Gate
from fairapp.store.operations import OutboxMessage
from fairapp.store.schemes import keep_schemes
from fairapp.usecases.allocation import AssignBooth, assign_booth
from fairapp.usecases.allocation_sharing import BlockBooth, ShareBooth, block_booth, share_booth
from fairapp.usecases.applications import (
    BeginApplication,
    FillIn,
    WriteNote,
    begin_application,
    fill_in,
    write_note,
)
from fairapp.usecases.applications_steps import TakeStep, take_step
from fairapp.usecases.badges import BadgesStep, NamePerson, name_person, step_badges
from fairapp.usecases.fairs import CreateFair, FairDetails, StepFair, create_fair, step_fair
from fairapp.usecases.fairs_days import SetDays, set_days
from fairapp.usecases.fairs_kinds import KeepBoothKind, keep_booth_kind
from fairapp.usecases.fairs_plans import KeepDraft, PublishPlan, keep_draft, publish_plan

Chance = Callable[[int], int]
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Stage:
    """What has been set up so far."""

    session: Session
    content: DemoContent
    now: datetime
    below: Chance
    fair: Fair
    makers: dict[str, Maker]
    booths: dict[str, Booth]
    kinds: dict[str, BoothKind]


def load_demo(
    session: Session, files: FolderFiles, today: date, now: datetime, below: Chance, progress: Progress
) -> Fair:
    """Make the whole demo fair in the caller's transaction; ``today`` decides its edition."""
    demo = content(today)
    before = session.scalar(select(func.max(OutboxMessage.id))) or 0
    keep_schemes(session)
    fair = _fair(session, demo, now - timedelta(days=70))
    stage = Stage(session, demo, now, below, fair, {}, {}, {})
    stage.kinds = _kinds(stage)
    keep_forms(session, fair, now - timedelta(days=65))
    for number, producer in enumerate(demo.producers, start=1):
        stage.makers[producer.key] = keep_maker(session, files, producer, demo.fair.scheme, now)
        progress(number, len(demo.producers))
    stage.booths = _plan(stage)
    alone = [each for each in demo.applications if each.shares_with is None]
    played = [(told, _play(stage, told)) for told in alone]
    drawn = [_drawn(stage, told, application) for told, application in played if told.state == State.ACCEPTED]
    keep_draw(session, fair, drawn, now, below)
    for guest in demo.applications:
        if guest.shares_with is not None:
            _play(stage, guest)
    for code, reason in demo.fair.blocked.items():
        block_booth(session, SYSTEM, BlockBooth(stage.booths[code].id, reason), now)
    change_forms(session, fair, now - timedelta(days=2))
    actors = {maker.organisation.id: maker.actor for maker in stage.makers.values()}
    propose_changes(session, fair, actors, now)
    session.flush()
    keep_decisions(session, fair, now)
    keep_papers(session, fair, FolderFiles(files.root.with_name("private")), now)
    keep_partners(session, fair, actors, now)
    keep_money(session, fair, now)
    keep_bank(session, files, fair, today, now)
    keep_manual(session, fair, actors, FolderFiles(files.root.with_name("private")), now)
    keep_plans(session, fair, now)
    keep_press(session, fair, now)
    keep_contents(session, fair, now)
    # The story is told, not lived: nobody is written to about steps that lie in the past.
    told = (OutboxMessage.id > before, OutboxMessage.done_at.is_(None))
    session.execute(update(OutboxMessage).where(*told).values(done_at=now))
    return fair


def _fair(session: Session, demo: DemoContent, at: datetime) -> Fair:
    said, days = demo.fair, demo.calendar
    details = FairDetails(
        names=said.names,
        starts_on=days.starts_on,
        ends_on=days.ends_on,
        taglines=said.taglines,
        texts=said.texts,
        terms=said.terms,
        venue_names=said.venue_names,
        venue_address=said.venue_address,
        organiser_names=said.organiser_names,
        contact_email=said.contact_email,
        contact_phone=said.contact_phone,
        country=said.country,
        opening_hours=said.opening_hours,
        timezone=said.timezone,
        currency=said.currency,
        scheme=said.scheme,
        apply_from=days.apply_from,
        apply_until=days.apply_until,
        badges_until=days.badges_until,
    )
    fair = create_fair(session, SYSTEM, CreateFair(said.code, details, is_demo=True), at)
    fair.terms_version = said.terms_version
    fair.settings = {
        "demo_note": said.demo_note,
        "zones": {zone.code: zone.names for zone in said.zones},
    }
    set_days(session, SYSTEM, SetDays(fair.id, DaySettings(asked=True)), at)
    for gate in session.scalars(select(Gate).where(Gate.fair_id == fair.id)):
        session.delete(gate)
    for position, named in enumerate(said.gates):
        session.add(Gate(fair_id=fair.id, code=named.code, names=named.names, position=position))
    step_fair(session, SYSTEM, StepFair(fair.id, FairStep.PUBLISH), at)
    return fair


def _kinds(stage: Stage) -> dict[str, BoothKind]:
    return {
        kind.code: keep_booth_kind(
            stage.session,
            SYSTEM,
            KeepBoothKind(
                fair_id=stage.fair.id,
                code=kind.code,
                floor=FloorKind(kind.floor),
                names=kind.names,
                unit_area_m2=kind.unit_area_m2,
                min_area_m2=kind.min_area_m2,
                price_minor=kind.price_minor,
                texts=kind.texts,
            ),
            stage.now,
        )
        for kind in stage.content.fair.booth_kinds
    }


def _plan(stage: Stage) -> dict[str, Booth]:
    """The plan goes the way of every organiser's file: read, kept as a draft, published."""
    session, fair = stage.session, stage.fair
    file = read_plan(stage.content.plan)
    at = stage.now - timedelta(days=60)
    draft = keep_draft(session, SYSTEM, KeepDraft(fair.id, file.draft, "plan.geojson", file.findings), at)
    publish_plan(session, SYSTEM, PublishPlan(draft.id), at, stage.below)
    names = {hall.code: hall.names for hall in stage.content.fair.halls}
    for hall in session.scalars(select(Hall).where(Hall.fair_id == fair.id)):
        hall.names = names.get(hall.code, {})
    return {booth.code: booth for booth in session.scalars(select(Booth).where(Booth.fair_id == fair.id))}


def _play(stage: Stage, told: DemoApplication) -> Application:
    """One application from its first answer to where it stands today; who is accepted waits for the draw."""
    session, maker = stage.session, stage.makers[told.producer]
    begun = stage.now - timedelta(days=told.begun_days_ago)
    order = BeginApplication(stage.fair.id, maker.organisation.id)
    application = begin_application(session, maker.actor, order, begun)
    filled = FillIn(
        application.id,
        part="terms",
        booth_kind_id=stage.kinds[told.kind].id,
        booths=told.booths,
        area_m2=told.area_m2,
        wishes=dict(told.wishes),
        days=tuple((stage.fair.starts_on + timedelta(days=day - 1)).isoformat() for day in told.days),
        needs=dict(told.needs),
        product_ids=tuple(product.id for product in maker.products),
        accepts_terms=told.state != "draft",
    )
    fill_in(session, maker.actor, filled, begun)
    if told.state != "draft":
        answer_questions(session, application, maker.actor, begun)
    for step in told.steps:
        at = stage.now - timedelta(days=step.days_ago)
        if step.step == Step.CONFIRM:
            _place(stage, told, at)
            people = [badge.person.name for badge in told.badges] or [maker.organisation.name]
            answer_details(session, application, maker.actor, people, at)
        own = step.step in (Step.SUBMIT, Step.RESUBMIT, Step.CONFIRM, Step.WITHDRAW)
        take = TakeStep(application.id, Step(step.step), step.reason, step.reason_fields)
        take_step(session, maker.actor if own else SYSTEM, take, at)
    for note in told.notes:
        write_note(session, SYSTEM, WriteNote(application.id, note), stage.now)
    _badges(stage, told)
    return application


def _drawn(stage: Stage, told: DemoApplication, application: Application) -> Drawn:
    _exhibitor(stage, told.producer).fascia_name = stage.content.producer(told.producer).fascia_name
    booth = stage.booths[told.claims[0]] if told.claims else None
    return Drawn(application, stage.makers[told.producer].actor, booth)


def _place(stage: Stage, told: DemoApplication, at: datetime) -> None:
    session = stage.session
    exhibitor = _exhibitor(stage, told.producer)
    exhibitor.fascia_name = stage.content.producer(told.producer).fascia_name
    for code in told.claims:
        assign_booth(session, SYSTEM, AssignBooth(exhibitor.id, stage.booths[code].id), at)
    if told.shares_with is not None:
        holder = _exhibitor(stage, told.shares_with)
        held = session.scalar(
            select(BoothClaim).where(BoothClaim.exhibitor_id == holder.id).order_by(BoothClaim.id).limit(1)
        )
        if held is not None:
            share_booth(session, SYSTEM, ShareBooth(held.id, exhibitor.id), at)


def _exhibitor(stage: Stage, producer: str) -> Exhibitor:
    return stage.session.scalars(
        select(Exhibitor).where(
            Exhibitor.fair_id == stage.fair.id,
            Exhibitor.organisation_id == stage.makers[producer].organisation.id,
        )
    ).one()


def _badges(stage: Stage, told: DemoApplication) -> None:
    """Name the people and bring each badge as far as the story says."""
    if not told.badges:
        return
    exhibitor, session = _exhibitor(stage, told.producer), stage.session
    actor = stage.makers[told.producer].actor
    for wanted in told.badges:
        order = NamePerson(exhibitor.id, wanted.person.name, wanted.person.name_latin)
        badge = name_person(session, actor, order, stage.now - timedelta(days=6), stage.below)
        state = BadgeState(wanted.state)
        if state is not BadgeState.NAMED:
            step_badges(
                session, SYSTEM, BadgesStep((badge.id,), BadgeStep.APPROVE), stage.now - timedelta(days=4)
            )
        if state in (BadgeState.ISSUED, BadgeState.REVOKED):
            step_badges(
                session, SYSTEM, BadgesStep((badge.id,), BadgeStep.PRINT), stage.now - timedelta(days=3)
            )
        if state is BadgeState.REVOKED:
            order_ = BadgesStep((badge.id,), BadgeStep.REVOKE, "Đổi người")
            step_badges(session, SYSTEM, order_, stage.now - timedelta(days=1))
