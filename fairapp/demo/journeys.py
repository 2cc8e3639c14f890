"""The steps that lead an application of the demo fair to the state it is found in."""

from collections.abc import Iterator

from fairapp.demo.content import DemoStep

SENT_BACK = "Bổ sung ảnh sản phẩm và giấy chứng nhận còn hạn."
AFTER_SUBMISSION: dict[str, tuple[str, ...]] = {
    "draft": (),
    "submitted": (),
    "in_review": ("begin_review",),
    "returned": ("begin_review", "return"),
    "resubmitted": ("begin_review", "return", "resubmit"),
    "accepted": ("begin_review", "accept"),
    "confirmed": ("begin_review", "accept", "confirm"),
    "waitlisted": ("begin_review", "waitlist"),
    "declined": ("begin_review", "decline"),
    "withdrawn": ("begin_review", "withdraw"),
    "cancelled": ("begin_review", "accept", "cancel"),
}
WITH_REASON = ("return", "waitlist", "decline", "withdraw", "cancel")


def steps_to(
    state: str, days_ago: int, reason: str, reason_fields: tuple[str, ...], returned_before: bool
) -> tuple[DemoStep, ...]:
    """From submission to ``state``, spread over the days since then; a draft has none."""
    if state == "draft":
        return ()
    names = list(_names(state, returned_before))
    gap = days_ago / len(names)
    return tuple(
        DemoStep(
            name,
            round(days_ago - place * gap),
            (reason or SENT_BACK) if name in WITH_REASON else "",
            reason_fields if name == "return" else (),
        )
        for place, name in enumerate(names)
    )


def _names(state: str, returned_before: bool) -> Iterator[str]:
    yield "submit"
    later = AFTER_SUBMISSION[state]
    yield from later[:1]
    if returned_before:
        yield from ("return", "resubmit", "begin_review")
    yield from later[1:]
