"""What an import will do, row by row, decided before anything is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum

from fairapp.rules.allocation import Obstacle
from fairapp.rules.column_titles import Field
from fairapp.rules.imports import Outcome, Record, RowNote, SourceRow, read_row
from fairapp.rules.same_names import NameBook, Who
from fairapp.rules.stand_book import StandBook
from fairapp.rules.stand_codes import StandName, StandReading, StandReason, code_key


class Part(StrEnum):
    """What an exhibitor becomes on a stand."""

    HOLDER = "holder"
    CO_EXHIBITOR = "co_exhibitor"
    ALREADY_THERE = "already_there"


class WithoutBooth(StrEnum):
    """What to do with an exhibitor whose booth cell is blank or says ``tbc``."""

    REFUSE = "refuse"
    ADMIT = "admit"


@dataclass(frozen=True, slots=True)
class KnownStand:
    """A booth of the plan as it is now; exhibitors by their ids."""

    id: int
    hall: str
    code: str
    holder: int | None = None
    co_exhibitors: frozenset[int] = frozenset()
    other_codes: tuple[str, ...] = ()
    """Further codes of the same floor: a list that names one means this booth."""
    obstacle: StrEnum | None = None
    """Why it cannot be given to anybody, if so."""
    kept_for: frozenset[int] | None = None
    """In a delegation's block: the exhibitors whom it brings, the only ones who may stand here."""


@dataclass(frozen=True, slots=True)
class KnownExhibitor:
    """An exhibitor of the fair (or a producer already registered) as it is now."""

    id: int
    name: str
    other_name: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """One stand of a row and what its exhibitor becomes there."""

    stand_id: int
    hall: str
    code: str
    part: Part


@dataclass(frozen=True, slots=True)
class RowPlan:
    """One row's end. Its exhibitor is ``known_id`` or ``newcomers[newcomer]``, neither when it is refused."""

    line: int
    outcome: Outcome
    reasons: tuple[StrEnum, ...] = ()
    notes: tuple[RowNote, ...] = ()
    record: Record | None = None
    known_id: int | None = None
    newcomer: int | None = None
    placements: tuple[Placement, ...] = ()
    unknown_codes: tuple[str, ...] = ()
    same_as_line: int | None = None
    over: int = 0
    """How many characters its description is longer than what fits in print."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything an import will do; apply ``rows`` in order, making ``newcomers[n]`` when first met."""

    rows: tuple[RowPlan, ...]
    newcomers: tuple[Record, ...]
    findings: tuple[RowNote, ...] = ()
    counts: Mapping[Outcome, int] = field(default_factory=dict)

    def figures(self) -> dict[str, int]:
        """Return the figures of ``--json``: rows, taken, merged, refused."""
        return {"rows": len(self.rows), **{outcome.value: self.counts.get(outcome, 0) for outcome in Outcome}}


def plan_rows(
    rows: Iterable[SourceRow],
    mapping: Mapping[Field, int],
    width: int,
    stands: Sequence[KnownStand] = (),
    exhibitors: Sequence[KnownExhibitor] = (),
    *,
    country_code: Callable[[str], str] = lambda country: country,
    without_booth: WithoutBooth = WithoutBooth.REFUSE,
) -> ImportPlan:
    """Decide for each row whether it is taken, merged or refused, and what it does.

    The first row on a free booth makes its exhibitor the holder, later rows become co-exhibitors; a name met
    before (in the fair or in the list) is the same exhibitor. ``country_code`` makes ``Đức`` ``DE``.
    """
    rows = list(rows)
    planning = _Planning(mapping, width, stands, exhibitors, country_code, without_booth)
    planning.look_at_halls(rows)
    planned = tuple(planning.row(row) for row in rows)
    counts = dict.fromkeys(Outcome, 0)
    for row in planned:
        counts[row.outcome] += 1
    findings = (RowNote.HALLS_IGNORED,) if planning.halls_ignored else ()
    return ImportPlan(planned, tuple(planning.newcomers), findings, counts)


class _Planning:
    """The fair as it will be after the rows read so far."""

    def __init__(
        self,
        mapping: Mapping[Field, int],
        width: int,
        stands: Sequence[KnownStand],
        exhibitors: Sequence[KnownExhibitor],
        country_code: Callable[[str], str],
        without_booth: WithoutBooth,
    ) -> None:
        self.mapping, self.width = mapping, width
        self.country_code, self.without_booth = country_code, without_booth
        self.book = StandBook(_names_of(stand for stand in stands if stand.obstacle is None))
        self.shut_book = StandBook(_names_of(stand for stand in stands if stand.obstacle is not None))
        self.obstacles = {stand.id: stand.obstacle for stand in stands if stand.obstacle is not None}
        self.kept_for = {stand.id: stand.kept_for for stand in stands if stand.kept_for is not None}
        self.on_stand: dict[int, set[Who]] = {}
        for stand in stands:
            if there := ({stand.holder} if stand.holder is not None else set()) | stand.co_exhibitors:
                self.on_stand[stand.id] = {(True, who) for who in there}
        self.held = {stand.id for stand in stands if stand.holder is not None}
        self.names = NameBook()
        for known in exhibitors:
            self.names.enter((True, known.id), (known.name, known.other_name), country_code(known.country))
        self.newcomers: list[Record] = []
        self.first_line: dict[Who, int] = {}
        self.halls_ignored = False

    def look_at_halls(self, rows: Sequence[SourceRow]) -> None:
        """Ignore a hall column that speaks of no hall of the plan at all: it is another kind of hall."""
        position = self.mapping.get(Field.HALL)
        if position is None or Field.BOOTH not in self.mapping:
            return
        written = {
            row.cells[position] for row in rows if position < len(row.cells) and row.cells[position].strip()
        }
        self.halls_ignored = bool(written) and not any(
            book.reads_hall(hall) for hall in written for book in (self.book, self.shut_book)
        )

    def row(self, row: SourceRow) -> RowPlan:
        """Decide one row, and remember what it does."""
        record, reasons, notes, over = read_row(row, self.mapping, self.width)
        if record is None:
            return RowPlan(row.line, Outcome.REFUSED, reasons, notes)
        return replace(self._decided(row, record, notes), over=over)

    def _decided(self, row: SourceRow, record: Record, notes: tuple[RowNote, ...]) -> RowPlan:
        country = self.country_code(record.country) if record.country else ""
        who, similar = self.names.find((record.name, record.other_name), country)
        if similar and who is None:
            notes += (RowNote.SIMILAR_NAME,)
        reading = self._stands(record)
        if reading.reason and not self._may_stay(reading.reason, who):
            against = self._obstacles(record, reading.reason) or (reading.reason,)
            return RowPlan(row.line, Outcome.REFUSED, against, notes, record, unknown_codes=reading.unknown)
        if any(self._is_kept(_id_of(stand), who) for stand in reading.stands):
            kept = (Obstacle.KEPT_FOR_DELEGATION,)
            return RowPlan(row.line, Outcome.REFUSED, kept, notes, record, unknown_codes=reading.unknown)
        return self._place(row.line, record, who, country, reading, notes)

    def _is_kept(self, stand_id: int, who: Who | None) -> bool:
        """Whether the stand is in the block of a delegation that does not bring this one."""
        brought = self.kept_for.get(stand_id)
        if brought is None or (who is not None and who in self.on_stand.get(stand_id, ())):
            return False
        return who is None or not who[0] or who[1] not in brought

    def _stands(self, record: Record) -> StandReading:
        if Field.BOOTH not in self.mapping:
            return StandReading()
        return self.book.read(record.booth, "" if self.halls_ignored else record.hall)

    def _obstacles(self, record: Record, reason: StandReason) -> tuple[StrEnum, ...]:
        """Say why a stand of the plan cannot be had: it is kept back, or only another outline."""
        if reason not in (StandReason.UNKNOWN_BOOTH, StandReason.UNKNOWN_HALL):
            return ()
        shut = self.shut_book.read(record.booth, "" if self.halls_ignored else record.hall).stands
        return tuple(dict.fromkeys(self.obstacles[_id_of(stand)] for stand in shut))

    def _may_stay(self, reason: StandReason, who: Who | None) -> bool:
        """Without a booth stays who is there already, or everybody when the organiser says so."""
        if reason is StandReason.NO_BOOTH and who is not None:
            return True
        blank = reason in (StandReason.NO_BOOTH, StandReason.NOT_A_BOOTH)
        return blank and self.without_booth is WithoutBooth.ADMIT

    def _place(
        self,
        line: int,
        record: Record,
        who: Who | None,
        country: str,
        reading: StandReading,
        notes: tuple[RowNote, ...],
    ) -> RowPlan:
        is_new = who is None
        who = who if who is not None else self._newcomer(record)
        self.names.enter(who, (record.name, record.other_name), country)
        same_as = self.first_line.get(who)
        self.first_line.setdefault(who, line)
        if not is_new and not who[0]:
            self.newcomers[who[1]] = _fill_gaps(self.newcomers[who[1]], record)
        stands = {_id_of(stand): stand for stand in reversed(reading.stands)}
        placements = tuple(self._settle(stands[key], who) for key in reversed(stands))
        parts = {placement.part for placement in placements}
        taken = is_new and (not placements or Part.HOLDER in parts)
        return RowPlan(
            line,
            Outcome.TAKEN if taken else Outcome.MERGED,
            (),
            notes + _notes_of(is_new, parts, reading),
            record,
            who[1] if who[0] else None,
            None if who[0] else who[1],
            placements,
            reading.unknown if reading.stands else (),
            same_as,
        )

    def _newcomer(self, record: Record) -> Who:
        self.newcomers.append(record)
        return (False, len(self.newcomers) - 1)

    def _settle(self, stand: StandName, who: Who) -> Placement:
        key = _id_of(stand)
        there = self.on_stand.setdefault(key, set())
        if who in there:
            part = Part.ALREADY_THERE
        else:
            part = Part.CO_EXHIBITOR if key in self.held else Part.HOLDER
            self.held.add(key)
            there.add(who)
        return Placement(key, stand.hall, stand.code, part)


def _names_of(stands: Iterable[KnownStand]) -> Iterator[StandName]:
    """Every code under which a booth is known; the key tells the booth and which of its codes it is."""
    for stand in stands:
        written: set[str] = set()
        for number, code in enumerate((stand.code, *stand.other_codes)):
            if code_key(code) not in written:
                written.add(code_key(code))
                yield StandName((stand.id, number), stand.hall, code)


def _id_of(stand: StandName) -> int:
    assert isinstance(stand.key, tuple)
    booth_id: int = stand.key[0]
    return booth_id


def _notes_of(is_new: bool, parts: set[Part], reading: StandReading) -> tuple[RowNote, ...]:
    said = {
        RowNote.NEW_EXHIBITOR: is_new,
        RowNote.FURTHER_BOOTH: not is_new and Part.HOLDER in parts,
        RowNote.CO_EXHIBITOR: Part.CO_EXHIBITOR in parts,
        RowNote.ALREADY_THERE: not is_new and parts <= {Part.ALREADY_THERE},
        RowNote.WITHOUT_BOOTH: is_new and not parts,
        RowNote.SOME_CODES_UNKNOWN: bool(reading.stands and reading.unknown),
    }
    return tuple(note for note, holds in said.items() if holds)


_TEXTS = tuple(f.name for f in fields(Record) if f.name not in ("name", "booth", "hall", "products", "stars"))


def _fill_gaps(first: Record, later: Record) -> Record:
    """Return the first record with what only a later row of the same exhibitor tells."""
    gaps = {name: told for name in _TEXTS if not getattr(first, name) and (told := getattr(later, name))}
    have = {product.name.casefold() for product in first.products}
    more = tuple(product for product in later.products if product.name.casefold() not in have)
    if not (gaps or more):
        return first
    return replace(first, products=first.products + more, **gaps)
