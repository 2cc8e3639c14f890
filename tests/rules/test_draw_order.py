"""The order of a draw: fixed vectors for other programs, fairness, and files that were tampered with."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.rules.draw_file import verify
from fairapp.rules.draw_order import (
    DrawFault,
    DrawFileWrong,
    Entrant,
    canonical,
    chance_from,
    commitment_of,
    digest,
    order_from,
    order_of,
    sealed_file,
    shuffled,
    terms_of,
)
from fairapp.rules.draws import DrawRule

SEED = "00112233445566778899aabbccddeeff" * 2
DAY = date(2027, 1, 4)
ENTRANTS = (
    Entrant(1, 5, DAY, "HTX Chè Suối Giàng"),
    Entrant(2, 0, DAY, "Mật ong Mèo Vạc"),
    Entrant(3, 5, DAY + timedelta(days=1), "Nước mắm Cát Hải"),
    Entrant(4, 5, DAY, "Quế Trà Bồng"),
    Entrant(5, 2, DAY, "Gốm Bát Tràng"),
    Entrant(6, 0, DAY, 'Lụa "Vạn Phúc"'),
)


def terms(rule: DrawRule = DrawRule.POINTS, entrants: tuple[Entrant, ...] = ENTRANTS) -> dict[str, Any]:
    known = "2027-02-01T11:30:00+00:00"
    return terms_of("OCOP27", 1, rule, "Mega 6/45, 1 February 2027", known, entrants)


def published(rule: DrawRule = DrawRule.POINTS, entrants: tuple[Entrant, ...] = ENTRANTS) -> bytes:
    said = terms(rule, entrants)
    opening = {"seed": SEED, "public_value": "04 11 23 29 38 41"}
    return sealed_file(said, commitment_of(said, SEED), opening)


VECTORS: dict[DrawRule, tuple[str, list[int]]] = {
    DrawRule.LOT: (
        "dbd014851b0210786c352cecb4fca618af6a25150b44490f2db1d1c24ee54c9b",
        [3, 6, 1, 5, 2, 4],
    ),
    DrawRule.POINTS: (
        "ea0173e37358d2309105ec5b096a4049bba915c4353a13c80ab2fc9a2531a4a9",
        [3, 4, 1, 5, 2, 6],
    ),
    DrawRule.POINTS_THEN_DATE: (
        "eb37fbdde70cbe218e78ce5822a0c74222460a03b3b30a557639e393b3ae7db8",
        [1, 4, 3, 5, 2, 6],
    ),
    DrawRule.TICKETS: (
        "22588bedf6d07fa534b730f5f0dc053cb228b8c5069b66529ce792ec857f1431",
        [3, 2, 5, 4, 1, 6],
    ),
}


@pytest.mark.parametrize("rule", list(DrawRule))
def test_the_vectors_of_the_document_hold(rule: DrawRule) -> None:
    said = terms(rule)
    assert (commitment_of(said, SEED), order_from(said, SEED, "04 11 23 29 38 41")) == VECTORS[rule]


def test_the_canonical_form_is_written_in_one_way() -> None:
    value = {"b": [1, {"z": 'Chè\n"x"', "a": 0}], "a": "é"}
    assert canonical(value) == '{"a":"é","b":[1,{"a":0,"z":"Chè\\n\\"x\\""}]}'.encode()


def test_points_and_dates_come_before_chance() -> None:
    order = order_from(terms(DrawRule.POINTS_THEN_DATE), SEED, "any")
    assert set(order[:2]) == {1, 4}
    assert order[2:4] == [3, 5]
    assert set(order[4:]) == {2, 6}
    assert set(order_from(terms(), SEED, "any")[:3]) == {1, 3, 4}


@given(st.lists(st.integers(0, 40), min_size=1, max_size=30), st.sampled_from(DrawRule), st.text(max_size=20))
def test_an_order_holds_everybody_once_and_is_always_the_same(
    points: list[int], rule: DrawRule, value: str
) -> None:
    entrants = [Entrant(n, each, DAY) for n, each in enumerate(points, 1)]
    order = order_of(entrants, rule, chance_from(SEED, "c", value.encode(errors="replace").decode()))
    assert sorted(order) == list(range(1, len(points) + 1))
    again = order_of(
        list(reversed(entrants)), rule, chance_from(SEED, "c", value.encode(errors="replace").decode())
    )
    assert again == order


def test_every_order_is_as_likely_as_any_other() -> None:
    below = chance_from(SEED, "fair", "dice")
    counted = Counter(tuple(shuffled([1, 2, 3], below)) for _ in range(6_000))
    assert len(counted) == 6
    # chi-square with five degrees of freedom: beyond 20.5 once in a thousand
    assert sum((seen - 1_000) ** 2 / 1_000 for seen in counted.values()) < 20.5


def test_each_point_is_a_ticket() -> None:
    entrants = [Entrant(1, 3, DAY), Entrant(2, 0, DAY)]
    below = chance_from(SEED, "fair", "tickets")
    first = Counter(order_of(entrants, DrawRule.TICKETS, below)[0] for _ in range(5_000))
    assert 3_850 < first[1] < 4_150


def test_another_seed_or_public_value_gives_another_order() -> None:
    many = tuple(Entrant(n, 0, DAY) for n in range(1, 60))
    said = terms(DrawRule.LOT, many)
    orders = [order_from(said, seed, value) for seed in (SEED, "f" * 64) for value in ("1", "2")]
    assert len({tuple(order) for order in orders}) == 4


def test_a_published_file_is_sound_before_and_after_the_reveal() -> None:
    said = terms()
    commitment = commitment_of(said, SEED)
    before = verify(sealed_file(said, commitment, None), commitment)
    assert (before.order, before.public_value) == ((), "")
    after = verify(published(), commitment)
    assert list(after.order) == order_from(said, SEED, "04 11 23 29 38 41")
    assert SEED.encode() not in sealed_file(said, commitment, None)


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value inside."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inner:
        yield (*way, name)
        yield from places(each, (*way, name))


def changed(value: Any) -> list[Any]:
    if isinstance(value, str):
        return [value + "0", value[1:] + "x" if value else "x", value.upper() + "!", 7, None]
    if isinstance(value, int):
        return [value + 1, value - 1, True, float(value), str(value)]
    return [[], {}, None]


WHOLE = json.loads(published())


@pytest.mark.parametrize("way", list(places(WHOLE)), ids=lambda way: ".".join(map(str, way)))
def test_whatever_is_changed_in_a_file_it_is_rejected_by_name(way: tuple[Any, ...]) -> None:
    holder: Any = WHOLE
    for name in way[:-1]:
        holder = holder[name]
    for other in changed(holder[way[-1]]):
        if other == holder[way[-1]] and type(other) is type(holder[way[-1]]):
            continue
        body = copy.deepcopy(WHOLE)
        inside = body
        for name in way[:-1]:
            inside = inside[name]
        inside[way[-1]] = other
        with pytest.raises(DrawFileWrong) as wrong:
            verify(json.dumps(body).encode())
        assert wrong.value.fault in DrawFault


@given(st.data())
def test_no_byte_of_meaning_can_be_changed(data: st.DataObject) -> None:
    content = published(DrawRule.TICKETS)
    at = data.draw(st.integers(0, len(content) - 2))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != content[at]))
    tampered = content[:at] + bytes([other]) + content[at + 1 :]
    try:
        same = json.loads(tampered) == json.loads(content)
    except ValueError:
        same = False
    if not same:
        with pytest.raises(DrawFileWrong):
            verify(tampered)


def resealed(**members: Any) -> bytes:
    body = {**copy.deepcopy(WHOLE), **members}
    body.pop("seal")
    return canonical({**body, "seal": digest(body)})


def test_a_new_seal_hides_no_change() -> None:
    swapped = [*WHOLE["order"][1::-1], *WHOLE["order"][2:]]
    more = copy.deepcopy(WHOLE["terms"])
    more["entrants"][1]["points"] = 99
    other = {"seed": "f" * 64, "public_value": WHOLE["opening"]["public_value"]}
    for members, fault in (
        ({"order": swapped}, DrawFault.ORDER),
        ({"order": WHOLE["order"][1:]}, DrawFault.ORDER),
        ({"terms": more}, DrawFault.COMMITMENT),
        ({"opening": other}, DrawFault.COMMITMENT),
        ({"commitment": "0" * 64}, DrawFault.COMMITMENT),
        ({"note": "x"}, DrawFault.SHAPE),
        ({"format": "fairapp-draw/2"}, DrawFault.OTHER_ALGORITHM),
    ):
        with pytest.raises(DrawFileWrong) as wrong:
            verify(resealed(**members))
        assert wrong.value.fault is fault


def test_a_whole_other_draw_is_told_by_the_noted_check_sum() -> None:
    noted = commitment_of(terms(), "a" * 64)
    with pytest.raises(DrawFileWrong) as wrong:
        verify(published(), noted)
    assert wrong.value.fault is DrawFault.OTHER_COMMITMENT


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"[" * 200_000, b"{}", b"[]", b'{"a":NaN}', b'{"seal":1,"seal":2}', b"7" * 5_000],
    ids=range(8),
)
def test_what_is_no_such_file_is_refused(content: bytes) -> None:
    with pytest.raises(DrawFileWrong) as wrong:
        verify(content)
    assert wrong.value.fault in (DrawFault.UNREADABLE, DrawFault.SHAPE)
