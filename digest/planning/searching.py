"""What a search knows, and the page that searches."""

from __future__ import annotations

from collections.abc import Iterator

from digest.formats import opensearch
from digest.model import Link, SearchIndex, SearchPage, SearchRecord, Sketch, TextFile
from digest.planning import addresses as at
from digest.planning.atlas import Atlas
from digest.planning.sketching import sketch_page, sketch_value
from digest.planning.summaries import title_text


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


def list_records(atlas: Atlas) -> Iterator[SearchRecord]:
    """A record for each entry; none where nobody searches.

    Authors are a filter once they have a page: before, their name alone finds what there is.
    """
    if not atlas.masthead.search:
        return
    for entry in atlas.site.entries:
        prose = atlas.prose_of(entry)
        known = entry.identifiers
        authors = (name for name in entry.authors if atlas.authors[name].href)
        yield SearchRecord(
            href=atlas.href(entry.url),
            title=title_text(entry, prose),
            authors=entry.authors,
            names=tuple(
                filter(
                    None,
                    (*entry.tags, entry.venue, known.arxiv, known.doi, known.pmid, known.pmcid, known.openreview),
                )
            ),
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


def sketch_search(atlas: Atlas) -> Iterator[Sketch]:
    """The page that searches, its index, and what tells browsers of it."""
    for page in plan_search(atlas):
        yield sketch_page(atlas, page)


def sketch_index(atlas: Atlas) -> Iterator[Sketch]:
    """What the page that searches needs."""
    if atlas.masthead.search:
        index = SearchIndex(at.SEARCH, tuple(list_records(atlas)))
        yield sketch_value(index, "search", at.SEARCH_INDEX, "the search")
        yield from (sketch_value(text, "text", text.url, "the search") for text in plan_opensearch(atlas))
