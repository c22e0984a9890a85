"""What plugins made of the site: pages with addresses, masthead and links like any other, and files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from types import UnionType
from typing import Any, Final

from digest.formats import urls
from digest.model import (
    DayLabel,
    Entry,
    Figure,
    Link,
    MadePage,
    PluginPage,
    Sketch,
    StaticFile,
    TextFile,
    replace,
)
from digest.planning.asking import ALL, Asked
from digest.planning.atlas import Atlas, label_day
from digest.planning.marks import mark, mark_value
from digest.planning.sketching import NAMED, sketch_file, sketch_list, sketch_value
from digest.planning.views import Cards

_TEXTS: Final = ("title", "template", "description", "body")
_NAMES: Final = ("what it shows", "its entries")


def fault_of_made(document: object, keys: Mapping[str, Entry]) -> str:
    """Why a document is none that a plugin may make, or nothing; `keys` has the entries of the site by key."""
    if not isinstance(document, MadePage | TextFile | StaticFile):
        return f"it made a {type(document).__name__}, which is no MadePage, TextFile or StaticFile"
    if not _is(document.url, str):
        return f"an address is {document.url!r}"
    if fault := _fault_of_url(document):
        return f"the address {document.url!r} {fault}"
    return next(_find_faults(document, keys), "")


def _find_faults(document: MadePage | TextFile | StaticFile, keys: Mapping[str, Entry]) -> Iterator[str]:
    url = document.url
    if isinstance(document, TextFile):
        if not _is(document.text, str):
            yield f"the text of {url} is none"
    elif isinstance(document, StaticFile):
        if not _is(document.data, bytes) or document.path:
            yield f"{url} needs its data, as bytes, and no path"
    else:
        yield from (f"the {name} of {url} is no text" for name in _TEXTS if not _is(getattr(document, name), str))
        if not document.title or not document.template:
            yield f"{url} has no title or no template"
        if not _is(document.modified, date | None):
            yield f"{url} was changed on {document.modified!r}, which is no day"
        if not _is(document.fields, Mapping):
            yield f"the fields of {url} have no names"
        yield from (f"{url}: {fault}" for fault in _find_odd(document.fields, keys))


def _is(value: object, kind: type | UnionType) -> bool:
    """As `isinstance`, of what is so if a plugin keeps to its types."""
    return isinstance(value, kind)


def _fault_of_url(document: MadePage | TextFile | StaticFile) -> str:
    if "%" in document.url:
        return "holds a %: write the sign that it stands for"
    if fault := urls.fault_of_path(document.url):
        return fault
    if isinstance(document, MadePage):
        return "" if document.url.endswith(("/", ".html")) else "is none of a page, which ends with / or .html"
    return "is none of a file" if document.url.endswith("/") else ""


def _find_odd(value: object, keys: Mapping[str, Entry]) -> Iterator[str]:
    """What no field may hold."""
    if isinstance(value, Entry):  # before lists: it is a tuple
        if keys.get(value.key) != value:
            yield f"the entry {value.key!r} is none of the site as it is"
    elif isinstance(value, Mapping):
        yield from (f"the name of a field is {name!r}" for name in value if not _is(name, str))
        yield from (fault for each in value.values() for fault in _find_odd(each, keys))
    elif isinstance(value, list | tuple):
        yield from (fault for each in value for fault in _find_odd(each, keys))
    elif not isinstance(value, str | int | float | date | Link | Figure | None):
        yield f"a field holds a {type(value).__name__}"


def sketch_made_pages(atlas: Atlas, cards: Cards, asked: Asked = ALL) -> Iterator[Sketch]:
    """The pages that plugins made."""
    for plugin, page in atlas.site.made:
        if isinstance(page, MadePage) and asked.is_for(page.url):
            entries: list[Entry] = []
            shown = _tell(page.fields, atlas, entries)
            yield sketch_list(
                atlas,
                page.url,
                _NAMES,
                partial(_tell_page, atlas, page, shown, entries),
                partial(_make_page, atlas, cards, page),
                what=f"{page.url}, a page that the plugin {plugin.name!r} made",
                modified=(page.modified.isoformat()[:10] if page.modified else "") if page.listed else None,
                weight=1 + len(entries) // NAMED,
            )


def _tell_page(atlas: Atlas, page: MadePage, shown: str, entries: Sequence[Entry]) -> tuple[bytes, ...]:
    texts = [getattr(page, name) for name in _TEXTS]
    return mark(*texts, mark_value((page.modified, page.listed)), shown), atlas.mark_cards(entries)


def sketch_made_files(atlas: Atlas, asked: Asked = ALL) -> Iterator[Sketch]:
    """The other files that they made."""
    for plugin, file in atlas.site.made:
        what = f"{file.url}, a file that the plugin {plugin.name!r} made"
        if isinstance(file, TextFile) and asked.is_for(file.url):
            yield sketch_value(file, "text", file.url, what)
        elif isinstance(file, StaticFile) and asked.is_for(file.url):
            yield sketch_file(StaticFile(file.url, file.data), what)


def _tell(value: object, atlas: Atlas, entries: list[Entry]) -> str:
    """A field as a text that differs where its page could; entries are told by their marks, and added to `entries`."""
    if isinstance(value, Entry):
        entries.append(value)
        return "an entry"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name!r}: {_tell(each, atlas, entries)}" for name, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_tell(each, atlas, entries) for each in value) + "]"
    if isinstance(value, date):
        return f"{_day_of(value)} {_day_of(value) in atlas.days}"
    return repr(value)


def _make_page(atlas: Atlas, cards: Cards, page: MadePage) -> PluginPage:
    return PluginPage(
        masthead=atlas.masthead,
        url=page.url,
        title=page.title,
        description=page.description,
        canonical=atlas.permalink(page.url),
        layout=page.template,
        body=page.body,
        fields={name: _show(value, atlas, cards) for name, value in page.fields.items()},
    )


def _show(value: Any, atlas: Atlas, cards: Cards) -> Any:  # noqa: ANN401 - a field, of any of the types that one may have
    """A field as its template sees it."""
    if isinstance(value, Entry):
        return cards[value.key]
    if isinstance(value, Mapping):
        return {name: _show(each, atlas, cards) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_show(each, atlas, cards) for each in value)
    if isinstance(value, date):
        return _label(_day_of(value), atlas)
    if isinstance(value, Link) and value.href.startswith("/") and not value.href.startswith("//"):
        return Link(value.text, atlas.href(value.href), value.count)
    return value


def _label(day: date, atlas: Atlas) -> DayLabel:
    """A day, which leads somewhere if it has entries."""
    return atlas.days.get(day) or replace(label_day(day, atlas.settings.language, atlas.addresses), href="")


def _day_of(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
