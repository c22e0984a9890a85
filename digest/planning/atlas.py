"""What every page draws on, worked out once: addresses, the masthead, the pages of tags and authors, the links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from digest.formats import calendars, venue_names
from digest.model import (
    Catalogue,
    DayLabel,
    Entry,
    Gist,
    Link,
    Masthead,
    NamedTuple,
    PageFile,
    Problem,
    Prose,
    Settings,
    Site,
    Theme,
    dataclass,
)
from digest.planning import addresses as at
from digest.planning.feed_times import Times
from digest.planning.lazily import Lookup, Postponed
from digest.planning.linking import Linker, Place
from digest.planning.marks import mark, mark_all, mark_settings, mark_value
from digest.planning.mastheads import lay_navigation, make_masthead
from digest.planning.names import name_slug
from digest.planning.published import Published, PublishedFiles, Topics
from digest.planning.roster import index_keys, outline_entries

_NO_GIST: Final = Gist()
_NO_PROSE: Final = Prose("")  # of entries that a mail of one day does not show


# One of three thousand authors has no page by that: each such page, and its feeds, would name all the others.
_CROWD: Final = 200
FRAME: Final = ("the settings", "the theme")  # of what the marks are that every document has


class _EntryMarks(NamedTuple):
    """Of what the rest of the site says of an entry; of its card, of its head and of the whole, all with that."""

    facts: bytes
    card: bytes
    head: bytes
    whole: bytes


_UNMARKED: Final = _EntryMarks(b"", b"", b"", b"")


@dataclass(frozen=True, slots=True)
class Atlas:
    """Where everything of a site stands.

    `frame` are the marks of what every document may show of settings and theme, see `FRAME`.

    `tags`, `authors` and `venues` lead from names as any entry writes them, `slugs` from those of tags and authors;
    `tag_urls`, `author_urls` and `venue_urls` from slugs, and authors and venues without a page are not among them.
    `counted_tags` and `counted_authors` are the same with their counts. Only pages that are about counts show one: it
    would change all the others. `tag_marks` and `author_marks` are marks of those.
    `days` have the label of each day that has entries. `written_tags` and `written_authors` are the names by slug.
    One that is not `marked` is for who makes documents and compares them with no others: its marks tell nothing.
    """

    site: Site
    addresses: at.Addresses
    masthead: Masthead
    linker: Linker
    days: Mapping[date, DayLabel]
    slugs: Mapping[str, str]
    tag_urls: Mapping[str, str]
    author_urls: Mapping[str, str]
    venue_urls: Mapping[str, str]
    tags: Mapping[str, Link]
    authors: Mapping[str, Link]
    venues: Mapping[str, Link]
    counted_tags: Mapping[str, Link]
    counted_authors: Mapping[str, Link]
    tag_marks: Mapping[str, bytes]
    author_marks: Mapping[str, bytes]
    theme: Theme
    pages: tuple[PageFile, ...]
    introduction: PageFile | None
    problems: tuple[Problem, ...]
    frame: tuple[bytes, ...]
    times: Times
    by_key: Mapping[str, Entry]
    written_tags: Mapping[str, str]
    written_authors: Mapping[str, str]
    marked: bool
    _marks: dict[str, _EntryMarks]  # of entries that somebody asked for

    @property
    def words(self) -> Catalogue:
        """The words of the interface."""
        return self.theme.words

    @property
    def settings(self) -> Settings:
        """The settings of the site."""
        return self.site.settings

    @property
    def newest(self) -> str:
        """The newest day that has entries, `YYYY-MM-DD`, if there is one."""
        return next((label.iso for label in self.days.values()), "")

    def href(self, url: str) -> str:
        """The address as a page of the site writes it."""
        return self.addresses.href(url)

    def permalink(self, url: str) -> str:
        """The address as the world writes it."""
        return self.addresses.permalink(url)

    def prose_of(self, source: Entry | PageFile) -> Prose:
        """The compiled body of an entry or page."""
        return self.site.prose.get(source.key, _NO_PROSE)

    def gist_of(self, source: Entry | PageFile) -> Gist:
        """What is known of the body of an entry or page."""
        return self.site.gists.get(source.key, _NO_GIST)

    def title_of(self, entry: Entry) -> str:
        """The title of an entry as plain text."""
        return self.gist_of(entry).title_text or entry.title

    def mark_links(self, source: Entry | PageFile) -> bytes:
        """The mark of where links lead within the site, those of the body and of the front matter."""
        if not self.marked:
            return b""
        targets = [link.target for link in self.gist_of(source).links]
        if isinstance(source, Entry) and source.links:
            targets += [target for _, target in source.links]
        return self._mark_targets(source, targets) if targets else b""

    def mark_facts(self, entry: Entry) -> bytes:
        """The mark of what of an entry the rest of the site has a say in: where its names and links lead."""
        return (self._marks.get(entry.key) or self._mark_entry(entry)).facts

    def _list_marks(self, entries: Iterable[Entry]) -> list[_EntryMarks]:
        known, mark_entry = self._marks.get, self._mark_entry
        return [known(entry.key) or mark_entry(entry) for entry in entries]

    def _mark_entry(self, entry: Entry) -> _EntryMarks:
        if not self.marked:
            return _UNMARKED
        gist, own = self.gist_of(entry), entry.fingerprint
        told = self.author_urls or self.venue_urls or entry.links or gist.links
        facts = self._find_facts(entry) if told else b""
        marks = _EntryMarks(b"", gist.card, gist.head, own)  # as nearly always
        if facts:
            marks = _EntryMarks(facts, mark(gist.card, facts), mark(gist.head, facts), mark(own, facts))
        self._marks[entry.key] = marks
        return marks

    def _find_facts(self, entry: Entry) -> bytes:
        hrefs = [self.authors[name].href for name in entry.authors] if self.author_urls else []
        hrefs += [self.venues[entry.venue].href] if entry.venue and self.venue_urls else []
        return "\n".join(hrefs).encode("utf-8", "surrogatepass") + self.mark_links(entry)

    def _mark_targets(self, source: Entry | PageFile, targets: Iterable[str]) -> bytes:
        place = Place(source.key, source.url)
        leads = (self.linker.resolve(target, place) for target in targets)
        return mark(*(destination.href(self.addresses) if destination else "" for destination in leads))

    def mark_heads(self, entries: Iterable[Entry]) -> bytes:
        """The mark of all that is shown of some entries, in their order, where they are but named."""
        return mark_all([each.head for each in self._list_marks(entries)])

    def mark_cards(self, entries: Iterable[Entry]) -> bytes:
        """The mark of all that a list shows of some entries, in their order."""
        return mark_all([each.card for each in self._list_marks(entries)])

    def mark_wholes(self, entries: Iterable[Entry]) -> bytes:
        """The mark of all that is shown of some entries where their bodies are, in their order."""
        return mark_all([each.whole for each in self._list_marks(entries)])

    def count_venue(self, venue: str) -> Link:
        """A venue, by its name without year and volume, with the count of its entries."""
        url = self.venue_urls.get(name_slug(venue), "")
        return Link(venue, self.href(url) if url else "", len(self.site.by_venue[venue]))


def draw_atlas(site: Site, theme: Theme, *, marked: bool = True) -> Atlas:
    """The atlas of a site."""
    addresses = at.site_addresses(site.settings)
    introduction = next((page for page in site.pages if page.url in {at.HOME, "/index/"}), None)
    pages = tuple(page for page in site.pages if page is not introduction)
    slugs = Lookup(name_slug)
    tag_urls = Postponed(lambda: {slugs[tag]: f"{at.TAGS}{slugs[tag]}/" for tag in site.by_tag})
    author_urls = {slugs[name]: f"{at.AUTHORS}{slugs[name]}/" for name in _list_authors(site)}
    venue_urls = {slugs[venue]: f"{at.VENUES}{slugs[venue]}/" for venue in _list_venues(site)}
    published = Published(site, theme, pages, Topics(tag_urls.values(), author_urls.values(), venue_urls.values()))
    by_key = index_keys(site.entries)
    linker = Linker(
        addresses,
        lambda: frozenset(published) if marked else published,  # many links are sought in a set, few are not
        PublishedFiles(site, introduction, by_key),
        site.withheld,
    )
    navigation, problems = lay_navigation(site.settings, theme.words, pages, linker, with_authors=bool(author_urls))
    masthead = make_masthead(site.settings, theme, addresses, navigation)
    tags: Mapping[str, Link] = Lookup(
        lambda tag: _link_name(tag, f"{at.TAGS}{slugs[tag]}/" if slugs[tag] else "", addresses)
    )
    # Where none of them has a page, nobody needs a slug of theirs: each entry has several authors.
    authors: Mapping[str, Link] = Lookup(
        lambda name: _link_name(name, author_urls.get(slugs[name]) if author_urls else None, addresses)
    )
    return Atlas(
        site=site,
        addresses=addresses,
        masthead=masthead,
        linker=linker,
        days={day: label_day(day, site.settings.language, addresses) for day in site.by_day},
        slugs=slugs,
        tag_urls=tag_urls,
        author_urls=author_urls,
        venue_urls=venue_urls,
        tags=tags,
        authors=authors,
        venues=Lookup(
            lambda name: _link_name(name, venue_urls.get(_series_slug(name)) if venue_urls else None, addresses)
        ),
        counted_tags=Lookup(lambda tag: Link(tag, tags[tag].href, len(site.by_tag[tag]))),
        counted_authors=Lookup(lambda name: Link(name, authors[name].href, len(site.by_author[name]))),
        tag_marks=Lookup(lambda tag: mark(tag, f"{len(site.by_tag[tag])}")),
        author_marks=Lookup(lambda name: mark(name, f"{len(site.by_author[name])}", author_urls.get(slugs[name], ""))),
        theme=theme,
        pages=pages,
        introduction=introduction,
        problems=problems,
        frame=(mark(mark_settings(site.settings), mark_value(masthead)), theme.fingerprint),
        times=Times(site),
        by_key=by_key,
        written_tags=Postponed(lambda: {slugs[tag]: tag for tag in site.by_tag}),
        written_authors=Postponed(lambda: {slugs[name]: name for name in site.by_author}),
        marked=marked,
        _marks={},
    )


def label_day(day: date, language: str, addresses: at.Addresses) -> DayLabel:
    """A day in the language of the site, leading to its page."""
    number, month = calendars.day_parts(day, language)
    return DayLabel(
        text=calendars.day_text(day, language),
        iso=calendars.iso_day(day),
        href=addresses.href(at.day_url(day)),
        weekday=calendars.weekday(day, language),
        number=number,
        month=month,
    )


def _list_authors(site: Site) -> Iterator[str]:
    """The authors who have a page."""
    least = site.settings.author_page_entries
    if not least:
        return
    crowds = {entry.key for entry in outline_entries(site.entries) if len(entry.authors) > _CROWD}
    for name, entries in site.by_author.items():
        count = len(entries)
        if count >= least and count - (sum(entry.key in crowds for entry in entries) if crowds else 0) >= least:
            yield name


def _list_venues(site: Site) -> Iterator[str]:
    """The venues that have a page."""
    least = site.settings.venue_page_entries
    return (venue for venue, entries in site.by_venue.items() if len(entries) >= least) if least else iter(())


def _series_slug(venue: str) -> str:
    return name_slug(venue_names.name_series(venue))


def _link_name(name: str, url: str | None, addresses: at.Addresses) -> Link:
    return Link(name, addresses.href(url) if url else "")
