"""What a search knows, and the page that searches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, TypeVar, overload

from digest.formats import opensearch
from digest.model import Entry, Link, SearchIndex, SearchPage, SearchRecord, Sketch, TextFile
from digest.planning import addresses as at
from digest.planning.asking import ALL, Asked
from digest.planning.atlas import Atlas
from digest.planning.marks import mark, mark_contents
from digest.planning.sketching import sketch_page, sketch_value
from digest.planning.summaries import title_text

Value = TypeVar("Value")
_LIGHT: Final = 8  # records that take as long as an entry on a page
_NAMES: Final = ("the settings", "its entries", "the authors with a page")


def plan_search(atlas: Atlas) -> Iterator[SearchPage]:
    """The page that searches, if the site wants one and the theme knows how."""
    if not atlas.masthead.search:
        return
    words = atlas.words
    ways = [(words.gettext("Archive"), at.ARCHIVE), (words.gettext("Tags"), at.TAGS)]
    yield SearchPage(
        masthead=atlas.masthead,
        url=at.SEARCH,
        title=words.gettext("Search"),
        description=words.gettext("Find entries by their words, names, tags and identifiers."),
        canonical=atlas.permalink(at.SEARCH),
        script=atlas.href(atlas.theme.search_script),
        index=atlas.href(at.SEARCH),
        ways=tuple(Link(text, atlas.href(url)) for text, url in ways),
    )


def plan_opensearch(atlas: Atlas) -> Iterator[TextFile]:
    """What lets a browser add the site to its own search engines."""
    if atlas.masthead.search:
        text = opensearch.write_description(
            atlas.settings.title, atlas.settings.description, atlas.permalink(at.SEARCH), atlas.settings.language
        )
        yield TextFile(at.OPENSEARCH, text)


def sketch_search(atlas: Atlas, asked: Asked = ALL) -> Iterator[Sketch]:
    """The page that searches."""
    if asked.is_for(at.SEARCH):
        for page in plan_search(atlas):
            yield sketch_page(atlas, page)


def sketch_index(atlas: Atlas, asked: Asked = ALL) -> Iterator[Sketch]:
    """What the page that searches needs, and what tells browsers of it; nothing where nobody searches."""
    if atlas.masthead.search and asked.is_for(at.SEARCH_INDEX):
        entries = sorted(atlas.site.entries, key=lambda entry: (entry.date, atlas.href(entry.url)))
        nameless = replace(atlas.settings, title="", description="", id="", author="", license="")
        marks = (
            mark_contents(nameless),  # the index tells nothing of the site as a whole
            b"".join([entry.fingerprint for entry in entries]),  # each by itself: see `SearchIndex`
            mark("\n".join(sorted(atlas.author_urls))),
        )
        weight = 1 + len(entries) // _LIGHT
        make = partial(_make_index, atlas, entries, *marks[:2])
        yield Sketch(at.SEARCH_INDEX, "search", _NAMES, marks, make, "the search", weight=weight)
    if asked.is_for(at.OPENSEARCH):
        yield from (sketch_value(text, "text", text.url, "the search") for text in plan_opensearch(atlas))


def _make_index(atlas: Atlas, entries: Sequence[Entry], frame: bytes, roll: bytes) -> SearchIndex:
    records = _OnDemand(partial(_make_record, atlas), entries)
    filters = _OnDemand(partial(_list_filters, atlas), entries)
    return SearchIndex(at.SEARCH, records, filters, frame, roll)


class _OnDemand(Sequence[Value]):
    """A value for each entry, each made when it is asked for: together they are as large as the site."""

    def __init__(self, make: Callable[[Entry], Value], entries: Sequence[Entry]) -> None:
        self._make, self._entries = make, entries

    @overload
    def __getitem__(self, place: int) -> Value: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Value, ...]: ...

    def __getitem__(self, place: int | slice) -> Value | tuple[Value, ...]:
        """The value of the entry at this place, or those of several."""
        if isinstance(place, slice):
            return tuple(map(self._make, self._entries[place]))
        return self._make(self._entries[place])

    def __len__(self) -> int:
        """As many as there are entries."""
        return len(self._entries)

    def __eq__(self, other: object) -> bool:
        """Whether the values are the same."""
        return isinstance(other, _OnDemand) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment] # as of a list


def _make_record(atlas: Atlas, entry: Entry) -> SearchRecord:
    """What a search knows of an entry: of it and its body alone, whatever else is on the site."""
    prose, known = atlas.prose_of(entry), entry.identifiers
    names = (*entry.tags, entry.venue, known.arxiv, known.doi, known.pmid, known.pmcid, known.openreview)
    return SearchRecord(
        href=atlas.href(entry.url),
        title=title_text(entry, prose),
        authors=entry.authors,
        names=tuple(filter(None, names)),
        day=atlas.days[entry.date].iso,
        day_text=atlas.days[entry.date].text,
        language=entry.lang,
        text=prose.text,
    )


def _list_filters(atlas: Atlas, entry: Entry) -> tuple[tuple[str, str], ...]:
    """Authors are a filter once they have a page: before, their name alone finds what there is."""
    return (
        *(("tag", tag) for tag in entry.tags),
        *(("author", name) for name in entry.authors if atlas.authors[name].href),
        ("year", f"{entry.date.year:04d}"),
        ("kind", entry.kind),
    )
