"""An item without what no entry can hold: a source may tell anything, and one bad field must not stop a build."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

from digest.formats import characters, dates, identifiers, languages, urls
from digest.importing.fields import tidy_links
from digest.model import Identifiers, Item, PartialDate, Problem

_FIELDS: Final = tuple(field.name for field in fields(Item))
_HINT: Final = "the entry is imported without it; look at what the source says there"


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with a field, and what of it is left."""

    name: str
    message: str
    left: object


def make_sound(item: Item) -> tuple[Item, tuple[Problem, ...]]:
    """The item as an entry can hold it, and what had to be left out; control characters go without a word. DG308."""
    if characters.holds_no_characters("".join(_texts(item))):
        item = replace(item, **{name: _without_forbidden(getattr(item, name)) for name in _FIELDS})
    if not item.guid.isprintable():
        item = replace(item, guid=" ".join(item.guid.split()))
    faults = tuple(_faults(item))
    if not faults:
        return item, ()
    left: dict[str, Any] = {fault.name: fault.left for fault in faults}
    problems = (Problem("warning", "DG308", fault.message, item.span, _HINT) for fault in faults)
    return replace(item, **left), tuple(problems)


def _faults(item: Item) -> Iterator[_Fault]:
    if item.lang and not languages.is_language(item.lang):
        yield _Fault("lang", f'"{item.lang}" is not the tag of a language', "")
    for name in ("day", "published", "updated"):
        value = getattr(item, name)
        if value is not None and not _is_date(value):
            yield _Fault(name, f"{value} is no date that an entry can have", None)
    if bad := tuple(alias for alias in item.aliases if urls.fault_of_path(alias)):
        message = f'the alias "{bad[0]}" {urls.fault_of_path(bad[0])}'
        yield _Fault("aliases", message, tuple(alias for alias in item.aliases if alias not in bad))
    if faulty := {name: fault for name, url in tidy_links(item.links).items() if (fault := urls.fault_of_url(url))}:
        name, fault = next(iter(faulty.items()))
        left = tuple(pair for pair in item.links if not any(map(urls.fault_of_url, tidy_links((pair,)).values())))
        yield _Fault("links", f'the link "{name}" {fault}', left)
    if item.identifiers != Identifiers():
        names = _sound_names(item.identifiers)
        if names != item.identifiers:
            yield _Fault("identifiers", f"no identifier: {_first_other(item.identifiers, names)}", names)


def _is_date(value: date | PartialDate) -> bool:
    if value.year not in dates.YEARS:
        return False
    return isinstance(value, date) or dates.parse_partial(str(value)) is not None


def _sound_names(names: Identifiers) -> Identifiers:
    """The identifiers that are written as such, as entries have them."""
    arxiv = identifiers.parse_arxiv(names.arxiv) or ("", None)
    version = names.version or arxiv[1]
    return Identifiers(
        arxiv=arxiv[0],
        version=version if version in range(1, 1000) else None,
        doi=identifiers.parse_doi(names.doi) or "",
        pmid=identifiers.parse_pmid(names.pmid) or "",
        pmcid=identifiers.parse_pmcid(names.pmcid) or "",
        openreview=identifiers.parse_openreview(names.openreview) or "",
    )


def _first_other(before: Identifiers, after: Identifiers) -> str:
    names = (field.name for field in fields(Identifiers))
    return next(f'{name} "{getattr(before, name)}"' for name in names if getattr(before, name) != getattr(after, name))


def _texts(item: Item) -> Iterator[str]:
    """Every text of an item."""
    yield from (item.title, item.body, item.venue, item.summary, item.lang, item.license, item.slug, item.guid)
    yield from (*item.authors, *item.tags, *item.aliases)
    yield from itertools.chain(*item.links, *item.details)
    names = item.identifiers
    yield from (names.arxiv, names.doi, names.pmid, names.pmcid, names.openreview)


def _without_forbidden(value: Any) -> Any:  # noqa: ANN401 - of whatever type a field is
    if isinstance(value, str):
        return characters.NO_CHARACTERS.sub("", value)
    if isinstance(value, tuple):
        return tuple(map(_without_forbidden, value))
    if isinstance(value, Identifiers):
        return replace(value, **{field.name: _without_forbidden(getattr(value, field.name)) for field in fields(value)})
    return value
