"""Names of months and weekdays in the languages that listings are written in, from CLDR by way of Babel."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from digest.formats.languages import cldr
from digest.model import dataclass

_LANGUAGES: Final = "de de_AT fr es pt it ca nl pl sv da nb nn fi cs sk sl ro hu tr el ru uk bg ja zh ko ar id et"
# What people write and CLDR does not list.
_MORE_MONTHS: Final = {"mrz": 3, "mrt": 3, "fevr": 2, "juill": 7, "setiembre": 9, "sept": 9, "janner": 1}
_MORE_WEEKDAYS: Final = "segunda terca quarta quinta sexta sonnabend tues thur thurs".split()  # noqa: SIM905 - a list of words
# Letters that stand for two of another alphabet or lose their dot.
_SAME: Final = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class _Names:
    months: dict[str, int]
    weekdays: frozenset[str]


def fold_name(text: str) -> str:
    """A text in lower case and without accents, digits of every script plain."""
    decomposed = unicodedata.normalize("NFKD", text)
    kept = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    folded = unicodedata.normalize("NFC", kept).casefold().translate(_SAME)
    return (
        folded if folded.isascii() else re.sub(r"(?![0-9])\d", lambda digit: str(unicodedata.decimal(digit[0])), folded)
    )


def month_number(name: str) -> int:
    """The number of the month that a folded name is in any language; 0 where it is none, or two."""
    return _load().months.get(name, 0)


def is_weekday(name: str) -> bool:
    """Whether a folded name is a weekday in any language."""
    return name in _load().weekdays


@cache
def _load() -> _Names:
    # It reads the data of every language, which takes a third of a second.
    months: dict[str, int] = dict(_MORE_MONTHS)
    weekdays = set(_MORE_WEEKDAYS)
    for language in _LANGUAGES.split():
        names = cldr.load_names(language)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in names["months"][context][width].items():
                    for form in _forms(name):
                        # One that is two months in two languages is neither.
                        months[form] = number if months.get(form, number) == number else 0
                for name in names["days"][context][width].values():
                    weekdays.update(_forms(name))
    return _Names(months, frozenset(weekdays))


def _forms(name: str) -> Iterator[str]:
    """A name as it is compared: folded, without the full stop of an abbreviation; `5月` and its like are no names."""
    folded = fold_name(name).rstrip(".")
    if len(folded) > 1 and not re.search(r"[0-9]", folded):
        yield folded
    if folded.endswith("曜日"):
        yield folded[0]
