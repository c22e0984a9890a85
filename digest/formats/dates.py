"""Dates as people write them on a line of their own, and as front matter writes them; no locale is asked."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from digest.model import PartialDate

# English, German, French, Spanish, Italian, Portuguese, Dutch; lower case, without accents. No name means two months.
_MONTH_NAMES: Final = (
    "january jan januar janner jann janvier janv enero ene gennaio gen janeiro januari",
    "february feb februar feber fevrier fevr fev febrero febbraio fevereiro februari",
    "march mar marz mrz mars marzo marco maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag maio mei",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug aout agosto ago augustus",
    "september sep sept septembre septiembre setiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez decembre diciembre dic dicembre dezembro",
)
_MONTHS: Final = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_WEEKDAY_NAMES: Final = (
    "monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun "
    "montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sonnabend sa sonntag so "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo "
    "lunedi martedi mercoledi giovedi venerdi domenica lun mar mer jeu ven sam dim mie jue vie sab dom gio "
    "segunda terca quarta quinta sexta segunda-feira terca-feira quarta-feira quinta-feira sexta-feira "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo"
)
_WEEKDAYS: Final = frozenset(_WEEKDAY_NAMES.split())

_WORD: Final = r"[a-z]{3,12}"
_DAY: Final = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th|er|eme|e|o|a|\.)?"
_GAP: Final = r"[\s,./-]{1,3}"
_OF: Final = r"(?:(?:of|de|di|del|do)\s+)?"
_TIME: Final = r"(?:[t ]\s?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s?(?:z|utc|gmt|[+-][0-9]{2}:?[0-9]{2})?)?"
_DAY_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        rf"(?:(?:le|el|il|den|der|am|on|the|op)\s+)?{_DAY}{_GAP}{_OF}(?P<month>{_WORD})(?:{_GAP}{_OF})(?P<y>[0-9]{{4}})",
        rf"(?:(?:on|the)\s+)?(?P<month>{_WORD}){_GAP}(?:the\s+)?{_DAY}(?:{_GAP}|\s+of\s+)(?P<y>[0-9]{{4}})",
        rf"(?P<y>[0-9]{{4}}){_GAP}(?P<month>{_WORD}){_GAP}{_DAY}",
        rf"(?P<y>[0-9]{{4}})(?P<sign>[-/.‐‑–])(?P<m>[0-9]{{1,2}})(?P=sign)(?P<d>[0-9]{{1,2}}){_TIME}",
        r"(?P<y>[0-9]{4})\s?年\s?(?P<m>[0-9]{1,2})\s?月\s?(?P<d>[0-9]{1,2})\s?日",
        r"(?P<y>(?:19|20)[0-9]{2})(?P<m>[01][0-9])(?P<d>[0-3][0-9])",
        # Where dots are written the day comes first, everywhere.
        r"(?P<d>[0-9]{1,2})\.\s?(?P<m>[0-9]{1,2})\.\s?(?P<y>[0-9]{4})",
    )
)
_CLASHING: Final = re.compile(r"(?P<one>[0-9]{1,2})(?P<sign>[-/])(?P<two>[0-9]{1,2})(?P=sign)(?P<y>[0-9]{4})")
_MONTH_FORMS: Final = (
    re.compile(rf"(?P<month>{_WORD})[.,]?\s+{_OF}(?P<y>[0-9]{{4}})"),
    re.compile(r"(?P<y>(?:19|20)[0-9]{2})[-/](?P<m>[0-9]{2})"),
    re.compile(r"(?P<y>(?:19|20)[0-9]{2})"),
)
# What listings write around their date: `New submissions for`, `(showing 3 of 23 entries)`.
_LISTING: Final = re.compile(
    r"(?:(?:new|daily|today's|recent|showing|arxiv|papers?|preprints?|listings?|submissions?|articles?|abstracts?|digest"
    r"|week|day|for|of|on|the)[\s:,–—-]+){1,6}(?=\S)"
)
_COUNT: Final = re.compile(
    r"\s*[(\[][^()\[\]]*\b(?:papers?|entries|entry|items?|articles?|new|abstracts?)\b[^()\[\]]*[)\]]$"
)
_PARTIAL: Final = re.compile(
    r"(?P<y>[0-9]{4})(?:-(?P<m>[0-9]{2})(?:-(?P<d>[0-9]{2})"
    r"(?:[Tt ]\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s*(?:[Zz]|[+-][0-9]{1,2}(?::?[0-9]{2})?)?)?)?)?"
)


def parse_date_line(line: str) -> date | PartialDate | None:
    """The date that a line is, marks of a heading and a weekday apart; a month or year alone is a partial date.

    `03/04/2019` is two dates and so none.
    """
    if not any(map(str.isdigit, line)):
        return None
    text = _COUNT.sub("", _plain(line))
    if not text or len(text) > 60 or not any(map(str.isdigit, text)):
        return None
    listing = _LISTING.match(text)
    for written in (text, text[listing.end() :] if listing else ""):
        if full := _full_date(_without_weekday(written)):
            return full[0]
    text = _without_weekday(text)
    for form in _MONTH_FORMS:
        if match := form.fullmatch(text):
            groups = match.groupdict()
            month = _month_of(match) if "month" in groups or "m" in groups else None
            valid = month is None or 1 <= month <= 12
            return PartialDate(int(match["y"]), month) if valid else None
    return None


def _full_date(text: str) -> tuple[date | None] | None:
    """The day that a text is written as, if it is; a day that does not exist, or that may be two, is none."""
    for form in _DAY_FORMS:
        if match := form.fullmatch(text):
            return (_day(int(match["y"]), _month_of(match), int(match["d"])),)
    if match := _CLASHING.fullmatch(text):
        return (_settle(int(match["one"]), int(match["two"]), int(match["y"])),)
    return None


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
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


def _without_weekday(text: str) -> str:
    """The text without a weekday in front or behind it."""
    front = re.match(r"([a-z]+(?:-feira)?)(?:\s[-–—]|[.,:]{0,2})\s+(?:(?:den|der|the|le|el|il)\s+)?(?=\S)", text)
    # `mar` is Tuesday in French and March in English; a month must follow the number after a Tuesday.
    if front and front[1] in _WEEKDAYS:
        rest = text[front.end() :]
        text = rest if front[1] not in _MONTHS or re.match(r"[0-9]{1,2}\S*\s+[a-z]", rest) else text
    back = re.search(r",?\s+\(?([a-z]+(?:-feira)?)\.?\)?$", text)
    if back and back[1] in _WEEKDAYS and back[1] not in _MONTHS:
        text = text[: back.start()]
    return text


def _month_of(match: re.Match[str]) -> int:
    """The number of the month, 0 where the word is none."""
    groups = match.groupdict()
    return _MONTHS.get(groups["month"], 0) if groups.get("month") else int(groups["m"])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _settle(one: int, two: int, year: int) -> date | None:
    """Day and month in the only order that gives a date."""
    candidates = {_day(year, two, one), _day(year, one, two)} - {None}
    return candidates.pop() if len(candidates) == 1 else None
