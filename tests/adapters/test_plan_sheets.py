"""A hall on paper: at the largest usual scale that fits, with true measures."""

from io import BytesIO

import pikepdf
import pytest

from fairapp.adapters.pdf.document import MM
from fairapp.adapters.pdf.plan_sheets import Piece, PlanSheet, fitted, print_plan
from fairapp.rules.geometry import Box

SHEET = PlanSheet("Sơ đồ nhà A", "Hội chợ OCOP", "Tỷ lệ")


@pytest.mark.parametrize(
    ("width", "height", "paper", "scale"),
    [(15, 10, "A4", 100), (30, 20, "A4", 200), (30, 20, "A1", 50), (120, 85, "A3", 500), (9, 30, "A4", 200)],
)
def test_the_largest_usual_scale_that_fits_is_taken(width, height, paper, scale):
    assert fitted(Box(0, 0, width, height), paper).scale == scale


def test_a_booth_of_three_metres_is_three_centimetres_long_at_one_to_a_hundred():
    ring = ((0.0, 0.0), (3.0, 0.0), (3.0, 3.0), (0.0, 3.0))
    out = BytesIO()
    fit = print_plan(out, [Piece((ring,), "A-01")], Box(-1, -1, 14, 9), SHEET, "A4")
    assert fit.scale == 100
    with pikepdf.open(out) as pdf:
        assert len(pdf.pages) == 1
        xs = [
            float(operands[0])
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operator) in ("m", "l")
        ]
    assert max(xs) - min(xs) == pytest.approx(30 * MM, abs=0.1)
