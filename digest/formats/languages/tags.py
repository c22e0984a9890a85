"""Tags of languages (BCP 47), and what they tell of a script."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from digest.formats.patterns import lazily

_TAG: Final = lazily(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_RIGHT_TO_LEFT: Final = frozenset(
    {
        "apc", "ar", "arc", "azb", "bal", "bgn", "ckb", "dv", "fa", "he", "hnd", "iw", "ji", "ks", "lrc", "mzn", "nqo",
        "pnb", "ps", "rhg", "sd", "sdh", "skr", "syr", "trw", "ug", "ur", "yi",
    }
)  # fmt: skip
_RIGHT_TO_LEFT_SCRIPTS: Final = frozenset(["adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"])
# Who writes Chinese in which script, where the tag does not say (CLDR, likely subtags).
_TRADITIONAL: Final = frozenset(["tw", "hk", "mo"])


def is_language(text: str) -> bool:
    """Whether a text is the tag of a language: `en`, `pt-BR`."""
    return _TAG.fullmatch(text) is not None


def list_fallbacks(tag: str) -> tuple[str, ...]:
    """A tag as it is commonly written, and what may stand for it: `zh-Hant-TW`, `zh-Hant`, `zh` for `zh-TW`.

    The last is a language; that English stands for every other one is left to the caller.
    """
    first, *rest = (part for part in tag.replace("_", "-").split("-") if part)
    singleton = next((index for index, part in enumerate(rest) if len(part) == 1), len(rest))
    parts = [first.lower(), *(_write_subtag(part) for part in rest[:singleton])]  # extensions say nothing of words
    if parts[0] == "zh" and len(parts) > 1 and parts[1].lower() in _TRADITIONAL:
        parts.insert(1, "Hant")
    return tuple("-".join(parts[:length]) for length in range(len(parts), 0, -1))


def text_direction(language: str) -> str:
    """`rtl` for languages that are written from the right, by script where the tag names one (RFC 5646 §2.2.3)."""
    first, *rest = language.replace("_", "-").lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    right = script in _RIGHT_TO_LEFT_SCRIPTS if script else first in _RIGHT_TO_LEFT
    return "rtl" if right else "ltr"


@lru_cache(maxsize=64)
def tell_language(language: str, around: str) -> str | None:
    """What a text says of its language within another: nothing where it is the same, or is taken for it.

    One that tells none is taken for it, too, unless it is written from the right: then it is empty, for few papers are.
    """
    if language == around or (not language and text_direction(around) == "ltr"):
        return None
    return language


def _write_subtag(part: str) -> str:
    """RFC 5646 §2.1.1: scripts as `Hant`, territories as `TW`, all else in lower case."""
    if len(part) == 4 and part.isalpha():
        return part.title()
    return part.upper() if len(part) == 2 and part.isalpha() else part.lower()
