"""A plan in the public format."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Mapping

from fairapp.optimiser.mending import Step
from fairapp.optimiser.model import Placement, Plan
from fairapp.optimiser.solving import Solution


def places(held: Mapping[str, Placement]) -> dict[str, dict[str, object]]:
    """Places by id, as the format writes them."""
    return {identifier: {"row": place.row, "start": place.start} for identifier, place in held.items()}


def plan_of(plan: Plan) -> dict[str, object]:
    """The plan alone."""
    return {"placements": places(plan.placements), "pavilions": places(plan.pavilions)}


def solution_of(found: Solution) -> dict[str, object]:
    """A plan with its bound, rounded up so that it stays true, and the seconds it took."""
    bound = math.ceil(found.bound * 100 - 1e-6) / 100
    return plan_of(found.plan) | {"bound": bound, "seconds": round(found.seconds, 3)}


def answer_of(start: Plan, steps: list[Step]) -> dict[str, object]:
    """A start plan and the answers to withdrawals, one after another."""
    told = [
        {step.kind: step.subject, "changes": places(step.changes), "seconds": round(step.seconds, 6)}
        for step in steps
    ]
    return {"start": plan_of(start), "steps": told}


def written(data: Mapping[str, object], name: str) -> bytes:
    """The bytes of a file of that name, packed if it ends in .gz."""
    body = json.dumps(data, ensure_ascii=False).encode()
    return gzip.compress(body, mtime=0) if name.endswith(".gz") else body
