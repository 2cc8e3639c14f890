"""Languages of people and of names, each in its own words; data, so nobody translates it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

TONGUES: Mapping[str, str] = {
    "vi": "Tiếng Việt", "en": "English", "th": "ไทย", "lo": "ລາວ", "km": "ខ្មែរ", "my": "မြန်မာ", "zh": "中文",
    "ja": "日本語", "ko": "한국어", "id": "Bahasa Indonesia", "ms": "Bahasa Melayu", "tl": "Filipino",
    "hi": "हिन्दी", "bn": "বাংলা", "ne": "नेपाली", "si": "සිංහල", "ta": "தமிழ்", "mn": "Монгол",
    "ru": "Русский", "ar": "العربية", "fr": "Français", "es": "Español", "pt": "Português",
    "sw": "Kiswahili", "mg": "Malagasy", "it": "Italiano",
}  # fmt: skip
MOST_SPOKEN = 6
"""So many languages a booth's sign has room for."""


def known_tongues(said: Iterable[object]) -> tuple[str, ...]:
    """Those of the languages that are known, each once, in the order of the table."""
    wanted = {each for each in said if isinstance(each, str)}
    return tuple(code for code in TONGUES if code in wanted)
