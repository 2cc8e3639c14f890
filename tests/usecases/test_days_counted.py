"""A booth shared by days is counted once, priced by its days, left alone by plans and said on badges."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Role
from fairapp.rules.applications import State
from fairapp.rules.days import DaySettings
from fairapp.rules.exports import ExportColumn, ExportPage
from fairapp.rules.reports import Dimension, Measure, total
from fairapp.store.allocation import BoothClaim, ClaimDay, Exhibitor
from fairapp.store.claim_days import days_of_claims
from fairapp.store.fairs import Booth
from fairapp.usecases.badges_printing import part_days_of
from fairapp.usecases.billing_quotes import quote_for
from fairapp.usecases.claiming import fair_days
from fairapp.usecases.exchange_export import export_fair
from fairapp.usecases.planning import PlanFair, keep_scenario, work_out
from fairapp.usecases.planning_applying import ApplyScenario, apply_scenario
from fairapp.usecases.reports import reports_of
from tests import factories as make

NOW = make.NOW


class Shared:
    """A fair of five days: tea has A-001 on two of them, silk on the other three; clay has A-002 on all."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.fair = make.fair(session)
        self.kind = make.booth_kind(session, self.fair)
        hall = make.hall(session, self.fair)
        self.booth, self.other, self.free = (make.booth(session, hall, f"A-00{n}") for n in (1, 2, 3))
        self.days = fair_days(self.fair)
        self.tea, self.silk, self.clay = (self.admitted(name) for name in ("Trà", "Lụa", "Gốm"))
        self.tea_claim = self.claim(self.tea, self.booth, self.days[:2])
        self.silk_claim = self.claim(self.silk, self.booth, self.days[2:])
        self.clay_claim = self.claim(self.clay, self.other, self.days)
        self.office: Actor = make.actor(Role.ORGANISER, self.fair)

    def admitted(self, name: str, **wishes: object) -> Exhibitor:
        organisation = make.organisation(self.session, name)
        asked = make.application(
            self.session,
            organisation,
            self.fair,
            state=State.ACCEPTED,
            booth_kind_id=self.kind.id,
            wishes=wishes,
        )
        return make.exhibitor(self.session, organisation, self.fair, application_id=asked.id)

    def claim(self, by: Exhibitor, on: Booth, days: tuple[date, ...]) -> BoothClaim:
        kept = BoothClaim(booth_id=on.id, exhibitor_id=by.id, state="confirmed", made_at=NOW)
        self.session.add(kept)
        self.session.flush()
        self.session.add_all(ClaimDay(booth_id=on.id, day=day, claim_id=kept.id) for day in days)
        self.session.flush()
        return kept


@pytest.fixture
def shared(session: Session) -> Shared:
    return Shared(session)


def test_reports_count_a_shared_booth_and_its_floor_once_with_who_has_most_days(shared: Shared) -> None:
    found = reports_of(shared.session, shared.office, shared.fair)
    for dimension in Dimension:
        whole = total(found[dimension])
        assert (whole[Measure.BOOTHS], whole[Measure.AREA]) == (2, 18.0)
        assert (whole[Measure.EXHIBITORS], whole[Measure.SHARING]) == (3, 1)
    shared.session.execute(delete(ClaimDay).where(ClaimDay.claim_id == shared.silk_claim.id))
    shared.silk_claim.state = "released"
    shared.session.flush()
    whole = total(reports_of(shared.session, shared.office, shared.fair)[Dimension.KIND])
    assert (whole[Measure.BOOTHS], whole[Measure.AREA], whole[Measure.SHARING]) == (2, 18.0, 0)


def test_the_workbook_has_a_row_for_each_booth_and_says_who_is_there_when(shared: Shared) -> None:
    tables = {
        each.page: each for each in export_fair(shared.session, shared.office, shared.fair.id, "vi", NOW)
    }
    booths = tables[ExportPage.BOOTHS]
    rows = [dict(zip(booths.columns, row, strict=True)) for row in booths.rows]
    assert [row[ExportColumn.BOOTH] for row in rows] == ["A-001", "A-002", "A-003"]
    d = [day.isoformat() for day in shared.days]
    assert rows[0][ExportColumn.BY_DAYS] == f"Trà ({d[0]}/{d[1]}); Lụa ({d[2]}/{d[4]})"
    assert [row[ExportColumn.BY_DAYS] for row in rows[1:]] == [None, None]
    assert sum(float(str(row[ExportColumn.AREA])) for row in rows) == 27.0


def test_floor_costs_the_share_of_its_days_only_where_the_fair_says_so(shared: Shared) -> None:
    application = shared.tea.application
    assert application is not None
    (line,) = quote_for(shared.session, application, NOW).lines
    assert (line.unit_minor, line.names["vi"]) == (6_000_000, "Gian tiêu chuẩn · A-001")
    shared.fair.settings = {"days": DaySettings(priced_by_day=True).kept()}
    (line,) = quote_for(shared.session, application, NOW).lines
    assert (line.unit_minor, line.names["vi"]) == (2_400_000, "Gian tiêu chuẩn · A-001 · 2/5 ngày")
    whole = shared.clay.application
    assert whole is not None
    (line,) = quote_for(shared.session, whole, NOW).lines
    assert line.unit_minor == 6_000_000


def test_what_is_asked_by_days_is_quoted_by_days_before_there_is_a_booth(shared: Shared) -> None:
    shared.fair.settings = {"days": DaySettings(asked=True, priced_by_day=True).kept()}
    asks = shared.admitted("Nón", days=[shared.days[4].isoformat()]).application
    assert asks is not None
    (line,) = quote_for(shared.session, asks, NOW).lines
    assert line.unit_minor == 1_200_000


def test_a_plan_leaves_booths_by_days_alone_and_gives_who_asks_for_days_those_days(shared: Shared) -> None:
    shared.fair.settings = {"days": DaySettings(asked=True).kept()}
    late = shared.admitted("Nón", days=[shared.days[4].isoformat()])
    worked = work_out(shared.session, shared.office, PlanFair(shared.fair.id, seconds=1))
    kept = keep_scenario(shared.session, shared.office, shared.fair.id, "", worked, NOW)
    apply_scenario(shared.session, shared.office, ApplyScenario(kept.id), NOW)
    shared.session.flush()
    new = shared.session.scalars(select(BoothClaim).where(BoothClaim.exhibitor_id == late.id)).one()
    assert new.booth_id == shared.free.id
    held = days_of_claims(shared.session, [new.id, shared.tea_claim.id, shared.silk_claim.id])
    assert held == {
        new.id: shared.days[4:],
        shared.tea_claim.id: shared.days[:2],
        shared.silk_claim.id: shared.days[2:],
    }


def test_a_badge_says_its_days_where_they_are_not_all(shared: Shared) -> None:
    tea, clay = make.badge(shared.session, shared.tea), make.badge(shared.session, shared.clay)
    guest = make.badge(shared.session, shared.clay, days=0b10000)
    listed = [tea, clay, guest]
    assert part_days_of(shared.session, shared.fair, listed) == {
        tea.id: shared.days[:2],
        guest.id: (shared.fair.starts_on + timedelta(days=4),),
    }
