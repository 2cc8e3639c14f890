"""What organisers mark for themselves: tags on applications, and filters that are kept under a name."""

from __future__ import annotations

from enum import StrEnum

from fairapp.rules.text import fold

LONGEST_TAG, LONGEST_FILTER_NAME, LONGEST_FILTER = 30, 60, 1000
MOST_TAGS, MOST_TAGS_IN_A_FAIR, MOST_FILTERS = 10, 60, 20


class MarkRefusal(StrEnum):
    """Why a tag or a filter cannot be kept."""

    TAG_EMPTY = "tag_empty"
    TAG_TOO_LONG = "tag_too_long"
    TOO_MANY_TAGS = "too_many_tags"
    FAIR_HAS_TOO_MANY_TAGS = "fair_has_too_many_tags"
    FILTER_EMPTY = "filter_empty"
    FILTER_UNNAMED = "filter_unnamed"
    FILTER_NAME_TAKEN = "filter_name_taken"
    TOO_MANY_FILTERS = "too_many_filters"


def key_of(name: str) -> str:
    """Under which two spellings of a name are the same."""
    return fold(name)


def tag_faults(tag: str) -> tuple[MarkRefusal, ...]:
    """Every reason why these words are no tag: none at all when they are."""
    against = {
        MarkRefusal.TAG_EMPTY: not key_of(tag),
        MarkRefusal.TAG_TOO_LONG: len(tag) > LONGEST_TAG,
    }
    return tuple(reason for reason, holds in against.items() if holds)


def filter_faults(name: str, query: str) -> tuple[MarkRefusal, ...]:
    """Every reason why a filter cannot be kept under this name: none at all when it can."""
    against = {
        MarkRefusal.FILTER_UNNAMED: not key_of(name) or len(name) > LONGEST_FILTER_NAME,
        MarkRefusal.FILTER_EMPTY: not query or len(query) > LONGEST_FILTER,
    }
    return tuple(reason for reason, holds in against.items() if holds)
