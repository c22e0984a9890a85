"""What a search knows, and the page that searches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, overload

from digest.formats import opensearch
from digest.model import Entry, Link, SearchIndex, SearchPage, SearchRecord, Sketch, TextFile
from digest.planning import addresses as at
from digest.planning.asking import ALL, Asked
from digest.planning.atlas import Atlas
from digest.planning.marks import mark, mark_all, mark_contents
from digest.planning.sketching import sketch_page, sketch_value
from digest.planning.summaries import title_text

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
        entries = atlas.site.entries
        nameless = replace(atlas.settings, title="", description="", id="", author="", license="")
        marks = (
            mark_contents(nameless),  # the index tells nothing of the site as a whole
            mark_all(entry.fingerprint for entry in entries),
            mark("\n".join(sorted(atlas.author_urls))),
        )
        weight = 1 + len(entries) // _LIGHT
        yield Sketch(at.SEARCH_INDEX, "search", _NAMES, marks, partial(_make_index, atlas), "the search", weight=weight)
    if asked.is_for(at.OPENSEARCH):
        yield from (sketch_value(text, "text", text.url, "the search") for text in plan_opensearch(atlas))


def _make_index(atlas: Atlas) -> SearchIndex:
    return SearchIndex(at.SEARCH, _Records(atlas))


class _Records(Sequence[SearchRecord]):
    """A record for each entry, each made when it is asked for: together they are as large as the site."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._entries = sorted(atlas.site.entries, key=lambda entry: (entry.date, atlas.href(entry.url)))

    @overload
    def __getitem__(self, place: int) -> SearchRecord: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[SearchRecord, ...]: ...

    def __getitem__(self, place: int | slice) -> SearchRecord | tuple[SearchRecord, ...]:
        """The record of the entry at this place, or those of several."""
        if isinstance(place, slice):
            return tuple(_make_record(self._atlas, entry) for entry in self._entries[place])
        return _make_record(self._atlas, self._entries[place])

    def __len__(self) -> int:
        """As many as there are entries."""
        return len(self._entries)

    def __eq__(self, other: object) -> bool:
        """Whether the records are the same."""
        return isinstance(other, _Records) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment] # as of a list


def _make_record(atlas: Atlas, entry: Entry) -> SearchRecord:
    """What a search knows of an entry.

    Authors are a filter once they have a page: before, their name alone finds what there is.
    """
    prose, known = atlas.prose_of(entry), entry.identifiers
    authors = (name for name in entry.authors if atlas.authors[name].href)
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
        filters=(
            *(("tag", tag) for tag in entry.tags),
            *(("author", name) for name in authors),
            ("year", f"{entry.date.year:04d}"),
            ("kind", entry.kind),
        ),
    )
