"""Small random fairs, and the best plan of one by trying everything."""

import random

from fairapp.optimiser.floor import FREE, Floor
from fairapp.optimiser.model import Applicant, Instance, Pavilion, Placement, Row, Weights
from fairapp.optimiser.tables import tables_of

BANDS = ("C", "B", "A")


def small_fair(seed: int, applicants: int = 6) -> Instance:
    """Two to four short rows, some back to back, some facing, pins, clusters and perhaps a pavilion."""
    chance = random.Random(seed)
    names = [f"R{number}" for number in range(chance.randint(2, 4))]
    back = {"R0": "R1", "R1": "R0"} if chance.random() < 0.6 else {}
    offset = chance.randint(-1, 1)
    facing = {"R1": ("R2", offset), "R2": ("R1", -offset)} if len(names) > 2 else {}
    rows = {
        name: Row(
            id=name,
            modules=chance.randint(1, 5),
            zone=chance.choice(["food", "crafts", None]),
            price_band=chance.choice(BANDS),
            power=chance.randint(0, 2),
            water=chance.random() < 0.5,
            back_row=back.get(name),
            facing_row=facing.get(name, (None, 0))[0],
            facing_offset=facing.get(name, (None, 0))[1],
            bars=frozenset(chance.sample(["dear", "dark"], chance.choice([0, 0, 1]))),
        )
        for name in names
    }
    people = {f"A{number}": _applicant(chance, f"A{number}", names) for number in range(applicants)}
    pavilions = {}
    columns = min(rows["R0"].modules, rows["R1"].modules)
    if back and chance.random() < 0.7:
        priority = chance.randint(5, 60)
        pavilions["P0"] = Pavilion("P0", chance.randint(1, columns), priority)
    weights = Weights(25, {"C": 0, "B": 5, "A": 10}, 20, (30, 15), 15, 8)
    return Instance(f"small-{seed}", BANDS, weights, rows, _some_pinned(chance, people, rows), pavilions)


def _applicant(chance: random.Random, name: str, rows: list[str]) -> Applicant:
    return Applicant(
        id=name,
        size=chance.choice([1, 1, 2, 2, 3]),
        group=chance.choice(["food", "crafts"]),
        priority=chance.randint(10, 70),
        power=chance.choice([0, 0, 1, 2]),
        water=chance.random() < 0.2,
        wants_corner=chance.random() < 0.3,
        budget_band=chance.choice(BANDS),
        cluster=chance.choice(["x", "y", None]),
        wishes=tuple(chance.sample(rows, chance.randint(0, 2))),
        marks=frozenset(chance.sample(["dear", "dark"], chance.choice([0, 0, 1]))),
    )


def _some_pinned(
    chance: random.Random, people: dict[str, Applicant], rows: dict[str, Row]
) -> dict[str, Applicant]:
    """Now and then the first applicant has been promised a module, with needs that the row meets."""
    row = rows["R0"]
    if chance.random() < 0.3:
        pinned = Placement("R0", chance.randrange(row.modules))
        people["A0"] = Applicant("A0", 1, "food", 20, budget_band="A", cluster="x", pinned=pinned)
    return people


def best_by_trying(instance: Instance) -> float:
    """The objective of the best plan: every place of everybody is tried, hopeless branches are cut."""
    floor = Floor(tables_of(instance))
    floor.put_pinned()
    tables = floor.tables
    open_to = [who for who in range(len(tables.applicants)) if floor.row_at[who] < 0]
    hope = [
        max(
            [0.0]
            + [
                floor.worth(who, row, start)
                for row, kept in enumerate(tables.rows)
                for start in range(kept.modules - tables.applicants[who].size + 1)
            ]
        )
        for who in open_to
    ]
    best = [float("-inf")]

    def stand(place: int) -> None:
        now = floor.objective()
        best[0] = max(best[0], now)
        if place == len(open_to) or now + sum(hope[place:]) <= best[0]:
            return
        who = open_to[place]
        size = tables.applicants[who].size
        for row, cells in enumerate(floor.modules):
            for start in range(len(cells) - size + 1):
                if floor.worth(who, row, start) >= 0 and set(cells[start : start + size]) == {FREE}:
                    floor.put(who, row, start)
                    stand(place + 1)
                    floor.take(who)
        stand(place + 1)

    for block in [None, *_blocks(floor)]:
        if block is None:
            stand(0)
        else:
            kept = [list(cells) for cells in floor.modules]
            floor.put_pavilion(0, *block)
            stand(0)
            floor.modules, floor.pavilions = kept, {}
    return best[0]


def _blocks(floor: Floor) -> list[tuple[int, int]]:
    """Every free place of the one pavilion, if there is one."""
    if not floor.tables.pavilions:
        return []
    columns = floor.tables.pavilions[0].columns
    pair = list(zip(floor.modules[0], floor.modules[1], strict=False))
    return [
        (0, start)
        for start in range(len(pair) - columns + 1)
        if set(pair[start : start + columns]) == {(FREE, FREE)}
    ]
