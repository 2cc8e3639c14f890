"""What a design must have, and by which name it is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fairapp.rules.badge_designs import (
    LEAST_CODE,
    LEAST_QR,
    MODULES,
    QUIET,
    Design,
    DesignFault,
    Face,
    Part,
    Placed,
    Sides,
    body_of,
    design_from,
    faults_of,
    one_face,
)
from fairapp.rules.badge_presets import PRESETS, Preset
from fairapp.rules.badge_samples import OF_THE_HOUSE, Sample, one_of_each_script, script_of

LANYARD = PRESETS[Preset.LANYARD]


def changed(part: Part, **values: float) -> Design:
    """The usual design with one field otherwise."""
    return replace(
        LANYARD,
        front=tuple(
            replace(each, **values) if each.part is part else each  # type: ignore[arg-type]
            for each in LANYARD.front
        ),
    )


def without(part: Part) -> Design:
    """The usual design without a field."""
    return replace(LANYARD, front=tuple(each for each in LANYARD.front if each.part is not part))


@pytest.mark.parametrize("preset", list(Preset))
def test_every_paper_to_begin_with_can_be_printed_and_comes_back_from_its_body(preset: Preset) -> None:
    design = PRESETS[preset]
    assert faults_of(design) == ()
    assert design_from(body_of(design)) == design


def test_the_field_of_the_code_leaves_thirty_millimetres_for_the_symbol() -> None:
    assert LEAST_QR * MODULES / (MODULES + 2 * QUIET) >= LEAST_CODE


@pytest.mark.parametrize(
    ("design", "fault"),
    [
        (without(Part.QR), DesignFault.QR_MISSING),
        (without(Part.NAME), DesignFault.NAME_MISSING),
        (without(Part.CODE), DesignFault.CODE_MISSING),
        (changed(Part.QR, width=36.4), DesignFault.QR_TOO_SMALL),
        (changed(Part.QR, height=20), DesignFault.QR_TOO_SMALL),
        (changed(Part.QR, x=47, y=60), DesignFault.QR_COVERED),
        (changed(Part.BOOTH, x=39), DesignFault.QR_COVERED),
        (changed(Part.QR, x=24, y=2), DesignFault.QR_COVERED),
        (changed(Part.NAME, x=-1), DesignFault.OUTSIDE),
        (changed(Part.NAME, width=82), DesignFault.OUTSIDE),
        (changed(Part.NAME, size=11), DesignFault.NAME_TOO_SMALL),
        (changed(Part.NAME, size=73), DesignFault.LETTERS),
        (changed(Part.BAND, height=1), DesignFault.TOO_SMALL),
        (replace(LANYARD, width=49), DesignFault.PAPER),
        (replace(LANYARD, height=298), DesignFault.PAPER),
        (replace(LANYARD, height=149, sides=Sides.FOLD_TOP), DesignFault.PAPER),
        (replace(LANYARD, width=106, sides=Sides.FOLD_SIDE), DesignFault.PAPER),
        (replace(LANYARD, colour="red"), DesignFault.COLOUR),
        (replace(LANYARD, text="x" * 201), DesignFault.TEXT_TOO_LONG),
        (
            replace(LANYARD, front=(*LANYARD.front, Placed(Part.TEXT, 43, 114, 30, 5))),
            DesignFault.TEXT_MISSING,
        ),
        (
            replace(LANYARD, front=(*LANYARD.front, Placed(Part.PICTURE, 70, 8, 10, 10))),
            DesignFault.PICTURE_MISSING,
        ),
    ],
)
def test_what_is_wrong_has_a_name(design: Design, fault: DesignFault) -> None:
    assert fault in {wrong.fault for wrong in faults_of(design)}


def test_a_back_counts_only_where_the_badge_is_folded() -> None:
    small = (Placed(Part.QR, 0, 0, 10, 10),)
    assert faults_of(replace(LANYARD, back=small)) == ()
    folded = replace(LANYARD, back=small, sides=Sides.FOLD_TOP)
    assert [(wrong.fault, wrong.face) for wrong in faults_of(folded)] == [
        (DesignFault.QR_TOO_SMALL, Face.BACK)
    ]


def test_a_side_alone_is_a_badge_of_one_side() -> None:
    folded = replace(PRESETS[Preset.FOLDED], back=(Placed(Part.TEXT, 5, 5, 40, 20),), text="Words")
    assert one_face(folded, Face.BACK).front == folded.back
    assert one_face(folded, Face.FRONT).paper == (86, 124)
    assert folded.paper == (86, 248)


@pytest.mark.parametrize("body", [{}, {"front": 1}, body_of(LANYARD) | {"front": [["nothing"] * 8]}])
def test_a_body_that_is_no_design_is_refused(body: dict[str, object]) -> None:
    with pytest.raises((KeyError, ValueError, TypeError)):
        design_from(body)


def test_samples_are_the_longest_of_each_script() -> None:
    names = ["Nguyễn Thị Hoàng", "กัญญารัตน์", "Lê An", "王小明", "กก", "🍵"]
    found = one_of_each_script([Sample(name) for name in names], 3)
    assert [each.name for each in found] == ["Nguyễn Thị Hoàng", "กัญญารัตน์", "王小明"]
    assert one_of_each_script([], 2) == list(OF_THE_HOUSE[:2])
    assert script_of("12 3") == ""
