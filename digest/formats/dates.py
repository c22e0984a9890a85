"""Dates as people write them on a line of their own, and as front matter writes them; no locale is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from digest.formats.patterns import lazily
from digest.model import PartialDate, dataclass

# English alone: it comes first, and needs no data of other languages (see `languages`, which is heavy to load).
_MONTH_NAMES: Final = (
    "january jan",
    "february feb",
    "march mar",
    "april apr",
    "may",
    "june jun",
    "july jul",
    "august aug",
    "september sept sep",
    "october oct",
    "november nov",
    "december dec",
)
_MONTHS: Final = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_WEEKDAY_NAMES: Final = (
    "monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun"
)
_WEEKDAYS: Final = frozenset(_WEEKDAY_NAMES.split())


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of one language or of many: the number of a month, 0 where a word is none, and the weekdays."""

    month_number: Callable[[str], int]
    is_weekday: Callable[[str], bool]


_ENGLISH: Final = _Names(lambda name: _MONTHS.get(name, 0), _WEEKDAYS.__contains__)

_WORD: Final = r"[^\W\d_]{3,16}"
_DAY: Final = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th|er|eme|e|o|a|\.|-?(?:го|е))?"
_GAP: Final = r"[\s,،./‐‑–-]{1,3}"
_OF: Final = r"(?:(?:of|de|di|del|do|dels?|tháng|thang)\s+|d['’])?"
_YEAR_MARK: Final = r"(?:\s?(?:г\.?|года|р\.?|року|r\.?|roku|g\.?|m\.?|年|년))?"
_TIME: Final = r"(?:[t ]\s?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s?(?:z|utc|gmt|[+-][0-9]{2}:?[0-9]{2})?)?"
_DAY_FORMS: Final = tuple(
    lazily(form)
    for form in (
        rf"(?:(?:le|el|il|den|d\.|der|am|on|the|op)\s+)?{_DAY}{_GAP}{_OF}(?P<month>{_WORD})(?:{_GAP}{_OF})"
        rf"(?P<y>[0-9]{{4}}){_YEAR_MARK}",
        rf"(?:(?:on|the)\s+)?(?P<month>{_WORD}){_GAP}(?:the\s+)?{_DAY}(?:{_GAP}|\s+of\s+)(?P<y>[0-9]{{4}})",
        rf"(?P<y>[0-9]{{4}}){_GAP}(?P<month>{_WORD}){_GAP}{_DAY}",
        rf"(?P<y>[0-9]{{4}})(?P<sign>[-/.‐‑–])(?P<m>[0-9]{{1,2}})(?P=sign)(?P<d>[0-9]{{1,2}}){_TIME}",
        r"(?P<y>[0-9]{4})\s?[年년]\s?(?P<m>[0-9]{1,2})\s?[月월]\s?(?P<d>[0-9]{1,2})\s?[日号號일]"
        r"(?:\s?\(?(?:[月火水木金土日](?:曜日?)?|(?:星期|周|週)[一二三四五六日天]|[월화수목금토일](?:요일)?)\)?)?",
        r"(?P<y>[0-9]{4})\.\s(?P<m>[0-9]{1,2})\.\s(?P<d>[0-9]{1,2})\.?",  # Korean, Hungarian
        r"(?P<y>(?:19|20)[0-9]{2})(?P<m>[01][0-9])(?P<d>[0-3][0-9])",
        # Where dots are written the day comes first, everywhere.
        r"(?P<d>[0-9]{1,2})\.\s?(?P<m>[0-9]{1,2})\.\s?(?P<y>[0-9]{4})",
    )
)
_CLASHING: Final = lazily(r"(?P<one>[0-9]{1,2})(?P<sign>[-/])(?P<two>[0-9]{1,2})(?P=sign)(?P<y>[0-9]{4})")
# A time of day behind a date, and the zone behind that.
_CLOCK: Final = lazily(
    r",?\s+(?:at\s+|um\s+|à\s+)?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s?[ap]\.?m\.?)?(?:\s?(?:[a-z]{1,4}|[+-][0-9]{2}:?[0-9]{2}))?$"
)
_LETTERS: Final = lazily(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_WEEKDAY_FRONT: Final = lazily(
    r"([^\W\d_]+(?:-[^\W\d_]+)*)(?:\s[-–—]|[.,:،]{0,2})\s+(?:(?:den|der|the|le|el|il|d\.)\s+)?(?=\S)"
)
_WEEKDAY_BACK: Final = lazily(r"[,،]?\s+\(?([^\W\d_]+(?:-[^\W\d_]+)*)\.?\)?$")
_MONTH_FORMS: Final = (
    lazily(rf"(?P<month>{_WORD})[.,]?\s+{_OF}(?P<y>[0-9]{{4}}){_YEAR_MARK}"),
    lazily(rf"(?P<y>[0-9]{{4}})\.?\s+(?P<month>{_WORD})"),
    lazily(r"(?P<y>[0-9]{4})\s?[年년]\s?(?P<m>[0-9]{1,2})\s?[月월]"),
    lazily(r"(?P<y>(?:19|20)[0-9]{2})[-/](?P<m>[0-9]{2})"),
)
_YEAR: Final = lazily(r"(?P<y>(?:19|20)[0-9]{2})")
# What listings write around their date: `New submissions for`, `(showing 3 of 23 entries)`.
_LISTING: Final = lazily(
    r"(?:(?:new|daily|today's|recent|showing|arxiv|papers?|preprints?|listings?|submissions?|articles?|abstracts?|digest"
    r"|week|day|for|of|on|the)[\s:,–—-]+){1,6}(?=\S)"
)
_COUNT: Final = lazily(
    r"\s*[(\[][^()\[\]]*\b(?:papers?|entries|entry|items?|articles?|new|abstracts?)\b[^()\[\]]*[)\]]$"
)
_PARTIAL: Final = lazily(
    r"(?P<y>[0-9]{4})(?:-(?P<m>[0-9]{2})(?:-(?P<d>[0-9]{2})"
    r"(?:[Tt ]\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s*(?:[Zz]|[+-][0-9]{1,2}(?::?[0-9]{2})?)?)?)?)?"
)


# Of entries: four digits in every address, and room for every offset.
YEARS: Final = range(1000, 9999)


def parse_date_line(line: str, *, day_first: bool | None = None) -> date | PartialDate | None:
    """The date that a line is, marks of a heading and a weekday apart; a month or year alone is a partial date.

    `03/04/2019` is two dates and so none, unless `day_first` tells which of them.
    """
    if not any(map(str.isdigit, line)):
        return None
    text = _COUNT.sub("", _plain(line))
    if not text or len(text) > 60 or not any(map(str.isdigit, text)):
        return None
    listing = _LISTING.match(text)
    for written in (text, text[listing.end() :] if listing else ""):
        if found := _date_in(written, _ENGLISH, day_first):
            return found[0]
    if not _may_be_date(text):
        return None
    from digest.formats import languages  # noqa: PLC0415 - heavy: names in all languages

    found = _date_in(text, _Names(languages.month_number, languages.is_weekday), day_first)
    return found[0] if found else None


def find_order(lines: Iterable[str]) -> bool | None:
    """Whether days come first in a document's dates of figures alone; nothing where none tells, or two disagree."""
    orders = set()
    for line in lines:
        if len(line) <= 60 and (match := _CLASHING.search(line)):
            one, two = int(match["one"]), int(match["two"])
            orders |= {one > two} if (one > 12) != (two > 12) and max(one, two) <= 31 else set()
    return orders.pop() if len(orders) == 1 else None


def _may_be_date(text: str) -> bool:
    """Whether a text has a year, perhaps one more number, and as many words as a date in any language may have."""
    numbers = sorted(re.findall(r"[0-9]+", _CLOCK.sub("", text)), key=len)
    words = _LETTERS.findall(text)
    return 1 <= len(words) <= 6 and 1 <= len(numbers) <= 2 and len(numbers[-1]) == 4 and len("".join(numbers)) <= 6


def _date_in(text: str, names: _Names, day_first: bool | None) -> tuple[date | PartialDate | None] | None:
    """The date that a text is in a language, if it is one, a weekday and a time of day apart."""
    for bare in _without_weekday(text, names):
        for written in dict.fromkeys((bare, _CLOCK.sub("", bare))):
            if found := _read(written, names, day_first):
                return found
    return None


def _without_weekday(text: str, names: _Names) -> Iterator[str]:
    """The text, and what is left of it without a weekday in front, behind, or both: `mar` is Tuesday and March."""
    yield text
    front, back = _WEEKDAY_FRONT.match(text), _WEEKDAY_BACK.search(text)
    start = front.end() if front and names.is_weekday(front[1]) else 0
    end = back.start() if back and names.is_weekday(back[1]) else len(text)
    if start:
        yield text[start:]
    if start < end < len(text):
        yield text[start:end]


def _read(text: str, names: _Names, day_first: bool | None) -> tuple[date | PartialDate | None] | None:
    """The date that a text is written as, if it is; a day that does not exist, or that may be two, is none."""
    for form in _DAY_FORMS:
        if (match := form.fullmatch(text)) and (month := _month_of(match, names)) is not None:
            return (_day(int(match["y"]), month, int(match["d"])),)
    if match := _CLASHING.fullmatch(text):
        return (_settle(int(match["one"]), int(match["two"]), int(match["y"]), day_first),)
    for form in _MONTH_FORMS:
        if (match := form.fullmatch(text)) and (month := _month_of(match, names)) is not None:
            return (PartialDate(int(match["y"]), month) if month <= 12 else None,)
    match = _YEAR.fullmatch(text)
    return (PartialDate(int(match["y"])),) if match else None


def parse_partial(text: str) -> PartialDate | None:
    """`2018`, `2018-04` or `2018-04-13`, a time of day after it passed over; nothing where no such day exists."""
    match = _PARTIAL.fullmatch(text.strip())
    if not match:
        return None
    year, month, day = (int(match[part]) if match[part] else None for part in "ymd")
    if not year or (month is not None and not 1 <= month <= 12):
        return None
    if month is not None and day is not None and _day(year, month, day) is None:
        return None
    return PartialDate(year, month, day)


def _plain(line: str) -> str:
    """The line without the marks of headings and emphasis, in lower case, without accents, digits plain."""
    text = line.strip().lstrip("\ufeff").strip()
    if len(text) > 400:  # nor are the rules around one, and the patterns below look at every place
        return ""
    text = re.sub(r"^#{1,6}\s*|\s*#+$", "", text)
    text = re.sub(r"^[=\-–—*_~\s]{2,}|[=\-–—*_~\s]{2,}$", "", text)
    # A bullet, a bar, a picture of a calendar.
    text = re.sub(r"^(?:[|•·»>►▶]|[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?)\s*|\s*[|«<◀]$", "", text)
    text = text.strip("*_ \t").removesuffix(":").strip("*_ \t")
    if len(text) > 2 and text[0] + text[-1] in {"[]", "()", "<>"}:
        text = text[1:-1].strip()
    text = re.sub(r"^[Dd][Aa][Tt][Ee]:\s*", "", text)
    if len(text) > 80:  # no date is so long, and decomposing costs
        return ""
    from digest.formats import languages  # noqa: PLC0415 - heavy: names in all languages

    return languages.fold_name(text)


def _month_of(match: re.Match[str], names: _Names) -> int | None:
    """The number of the month; nothing where the word is none."""
    groups = match.groupdict()
    return (names.month_number(groups["month"]) or None) if groups.get("month") else int(groups["m"]) or None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _settle(one: int, two: int, year: int, day_first: bool | None) -> date | None:
    """Day and month in the only order that gives a date, or in the one that the document settles."""
    if day_first is not None:
        return _day(year, two, one) if day_first else _day(year, one, two)
    candidates = {_day(year, two, one), _day(year, one, two)} - {None}
    return candidates.pop() if len(candidates) == 1 else None
