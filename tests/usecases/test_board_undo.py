"""Every change of the board leaves one event, and one's own steps are taken back by their inverse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Role
from fairapp.rules.allocation import LIVE, Obstacle
from fairapp.rules.board import BoardAct, UndoRefusal
from fairapp.rules.errors import Invalid, Missing, NotAllowed, Refused
from fairapp.store.allocation import BoothClaim, CoExhibitor
from fairapp.store.board_events import BoardEvent, BoothNote, booths_since, last_number, number_events
from fairapp.usecases.allocation import (
    AssignBooth,
    MoveClaim,
    ReleaseClaim,
    SwapClaims,
    assign_booth,
    move_claim,
    release_claim,
    swap_claims,
)
from fairapp.usecases.allocation_marks import NoteBooth, PinClaim, note_booth, pin_claim
from fairapp.usecases.allocation_sharing import BlockBooth, ShareBooth, block_booth, share_booth, stop_sharing
from fairapp.usecases.allocation_undo import UndoStep, undo_step
from tests import factories as make

NOW = make.NOW


@dataclass
class Board:
    """A fair with four booths, two exhibitors, and two organisers at work on it."""

    session: Session

    def __post_init__(self) -> None:
        rows = self.session
        self.fair = make.fair(rows)
        hall = make.hall(rows, self.fair)
        self.booths = [make.booth(rows, hall) for _ in range(4)]
        self.tea = make.exhibitor(rows, make.organisation(rows), self.fair)
        self.silk = make.exhibitor(rows, make.organisation(rows), self.fair)
        self.lan = self.organiser()
        self.mai = self.organiser()

    def organiser(self) -> Actor:
        account = make.account(self.session)
        self.session.flush()
        return make.actor(Role.ORGANISER, self.fair, account_id=account.id)

    def place(self, who: Actor | None = None, booth: int = 0) -> BoothClaim:
        order = AssignBooth(self.tea.id, self.booths[booth].id)
        return assign_booth(self.session, who or self.lan, order, NOW)

    def last(self) -> BoardEvent:
        """Number what is written, as a commit does, and give the newest step."""
        self.session.flush()
        number_events(self.session, self.fair.id)
        self.session.flush()
        found = self.session.scalar(select(BoardEvent).order_by(BoardEvent.id.desc()).limit(1))
        assert found is not None
        return found

    def undo(self, event: BoardEvent, who: Actor | None = None) -> BoardEvent:
        written = undo_step(self.session, who or self.lan, UndoStep(event.id, "undone"), NOW)
        self.last()
        return written

    def picture(self) -> tuple[object, ...]:
        """Who stands where and with whom, what is kept back, pinned and noted."""
        held = self.session.execute(
            select(BoothClaim.booth_id, BoothClaim.exhibitor_id, BoothClaim.pinned)
            .where(BoothClaim.state.in_(LIVE))
            .order_by(BoothClaim.booth_id)
        ).all()
        shared = self.session.execute(
            select(BoothClaim.booth_id, CoExhibitor.exhibitor_id)
            .join(BoothClaim, BoothClaim.id == CoExhibitor.claim_id)
            .where(BoothClaim.state.in_(LIVE))
        ).all()
        blocked = [booth.blocked_because for booth in self.booths]
        notes = self.session.execute(select(BoothNote.booth_id, BoothNote.text)).all()
        return tuple(held), tuple(shared), tuple(blocked), tuple(notes)


@pytest.fixture
def board(session: Session) -> Board:
    return Board(session)


def _move(board: Board) -> None:
    move_claim(board.session, board.lan, MoveClaim(board.place(board.mai).id, board.booths[1].id), NOW)


def _swap(board: Board) -> None:
    one = board.place(board.mai)
    order = AssignBooth(board.silk.id, board.booths[1].id)
    other = assign_booth(board.session, board.mai, order, NOW)
    swap_claims(board.session, board.lan, SwapClaims(one.id, other.id), NOW)


def _release(board: Board) -> None:
    claim = board.place(board.mai)
    share_booth(board.session, board.mai, ShareBooth(claim.id, board.silk.id), NOW)
    release_claim(board.session, board.lan, ReleaseClaim(claim.id, "A larger one"), NOW)


def _share(board: Board) -> None:
    share_booth(board.session, board.lan, ShareBooth(board.place(board.mai).id, board.silk.id), NOW)


def _unshare(board: Board) -> None:
    claim = board.place(board.mai)
    share_booth(board.session, board.mai, ShareBooth(claim.id, board.silk.id), NOW)
    stop_sharing(board.session, board.lan, ShareBooth(claim.id, board.silk.id), NOW)


def _block(board: Board) -> None:
    block_booth(board.session, board.lan, BlockBooth(board.booths[0].id, "Fire door"), NOW)


def _unblock(board: Board) -> None:
    block_booth(board.session, board.mai, BlockBooth(board.booths[0].id, "Fire door"), NOW)
    block_booth(board.session, board.lan, BlockBooth(board.booths[0].id, None), NOW)


def _pin(board: Board) -> None:
    pin_claim(board.session, board.lan, PinClaim(board.place(board.mai).id, True), NOW)


def _unpin(board: Board) -> None:
    claim = board.place(board.mai)
    pin_claim(board.session, board.mai, PinClaim(claim.id, True), NOW)
    pin_claim(board.session, board.lan, PinClaim(claim.id, False), NOW)


def _note(board: Board) -> None:
    note_booth(board.session, board.mai, NoteBooth(board.booths[0].id, "Ask the fire brigade"), NOW)
    note_booth(board.session, board.lan, NoteBooth(board.booths[0].id, "They agree"), NOW)


STEPS: list[tuple[BoardAct, Callable[[Board], object]]] = [
    (BoardAct.PLACED, Board.place),
    (BoardAct.MOVED, _move),
    (BoardAct.SWAPPED, _swap),
    (BoardAct.RELEASED, _release),
    (BoardAct.SHARED, _share),
    (BoardAct.UNSHARED, _unshare),
    (BoardAct.BLOCKED, _block),
    (BoardAct.UNBLOCKED, _unblock),
    (BoardAct.PINNED, _pin),
    (BoardAct.UNPINNED, _unpin),
    (BoardAct.NOTED, _note),
]


@pytest.mark.parametrize(("act", "do"), STEPS, ids=[act.value for act, _ in STEPS])
def test_a_step_tells_the_boards_and_its_undoing_brings_back_what_was_before(
    board: Board, act: BoardAct, do: Callable[[Board], object]
) -> None:
    do(board)
    event = board.last()
    after = board.picture()
    assert (event.act, event.account_id) == (act, board.lan.account_id)
    assert event.seq == last_number(board.session, board.fair.id)

    undone = board.undo(event)
    assert undone.undoes_id == event.id
    before = board.picture()
    assert before != after

    with pytest.raises(Refused) as said:
        board.undo(event)
    assert UndoRefusal.UNDONE_ALREADY in said.value.reasons
    assert board.picture() == before


def test_taking_back_a_release_brings_everybody_who_shared_the_booth(board: Board) -> None:
    _release(board)
    board.undo(board.last())
    held, shared, _, _ = board.picture()
    assert held == ((board.booths[0].id, board.tea.id, False),)
    assert shared == ((board.booths[0].id, board.silk.id),)


def test_anothers_step_stays_theirs(board: Board) -> None:
    board.place()
    with pytest.raises(Refused) as said:
        board.undo(board.last(), board.mai)
    assert said.value.reasons == (UndoRefusal.NOT_YOURS,)


def test_what_others_built_on_stays_and_the_refusal_names_their_step(board: Board) -> None:
    claim = board.place()
    event = board.last()
    move_claim(board.session, board.mai, MoveClaim(claim.id, board.booths[2].id), NOW)
    theirs = board.last()
    with pytest.raises(Refused) as said:
        board.undo(event)
    assert said.value.reasons == (UndoRefusal.BUILT_ON,)
    built_on = said.value.facts["built_on"]
    assert (built_on.id, built_on.code) == (theirs.id, board.booths[2].code)  # type: ignore[attr-defined]


def test_a_step_can_be_taken_back_once_what_was_built_on_it_is_gone(board: Board) -> None:
    claim = board.place()
    first = board.last()
    move_claim(board.session, board.lan, MoveClaim(claim.id, board.booths[2].id), NOW)
    board.undo(board.last())
    board.undo(first)
    assert board.picture()[0] == ()


def test_a_place_that_somebody_else_has_taken_meanwhile_is_refused_like_any_other(board: Board) -> None:
    _move(board)
    event = board.last()
    order = AssignBooth(board.silk.id, board.booths[0].id)
    assign_booth(board.session, board.mai, order, NOW)
    board.last()
    with pytest.raises(Refused) as said:
        board.undo(event)
    assert said.value.reasons == (UndoRefusal.BUILT_ON,)


def test_steps_of_other_fairs_are_not_there_and_readers_undo_nothing(board: Board, session: Session) -> None:
    board.place()
    event = board.last()
    stranger = make.actor(Role.ORGANISER, make.fair(session, "OTHER"), account_id=board.lan.account_id)
    with pytest.raises(Missing):
        board.undo(event, stranger)
    with pytest.raises(NotAllowed):
        board.undo(event, make.actor(Role.FINANCE, board.fair, account_id=board.lan.account_id))


def test_a_second_press_pins_and_notes_nothing_anew(board: Board) -> None:
    _pin(board)
    _note(board)
    count = board.last().seq
    claim = board.session.scalars(select(BoothClaim)).one()
    pin_claim(board.session, board.mai, PinClaim(claim.id, True), NOW)
    note_booth(board.session, board.mai, NoteBooth(board.booths[0].id, " They agree "), NOW)
    assert board.last().seq == count


def test_a_note_too_long_is_refused(board: Board) -> None:
    with pytest.raises(Invalid):
        note_booth(board.session, board.lan, NoteBooth(board.booths[0].id, "x" * 301), NOW)


def test_events_after_a_number_are_read_in_their_order(board: Board) -> None:
    _move(board)
    board.last()
    first, second = (booth.id for booth in board.booths[:2])
    assert booths_since(board.session, board.fair.id, 0) == [(1, first, None), (2, second, first)]
    assert booths_since(board.session, board.fair.id, 1) == [(2, second, first)]


def test_a_refused_act_tells_nobody(board: Board) -> None:
    board.place()
    count = board.last().seq
    with pytest.raises(Refused) as said:
        assign_booth(board.session, board.mai, AssignBooth(board.silk.id, board.booths[0].id), NOW)
    assert Obstacle.TAKEN in said.value.reasons
    assert board.last().seq == count
