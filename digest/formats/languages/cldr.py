"""What Unicode knows of languages (CLDR), as Babel carries it."""

# Babel takes twenty milliseconds to load: every function here imports it for itself, and English asks none of them.
from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any


def find_locale(tag: str) -> str:
    """The name of the data for a tag, nothing where there are none."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - heavy: see above

    if tag.startswith("und"):  # which Babel takes for American English
        return ""
    try:
        return str(Locale.parse(tag, sep="-"))
    except (UnknownLocaleError, ValueError):
        return ""


def load_locale(locale: str) -> Mapping[Any, Any]:
    """All that is known of a locale, as Babel keeps it: an alias in it is not resolved."""
    from babel import localedata  # noqa: PLC0415 - heavy: see above

    return localedata.load(locale)


def load_names(locale: str) -> Mapping[str, Any]:
    """The names of months and days.

    They are made from copies: Babel resolves aliases in place, and what a language has from the root it shares with all
    others, who would be given the names of the language that was asked first.
    """
    from babel import localedata  # noqa: PLC0415 - heavy: see above

    raw = localedata.load(locale)
    return localedata.LocaleDataDict({key: deepcopy(raw[key]) for key in ("months", "days")})
