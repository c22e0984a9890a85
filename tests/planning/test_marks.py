"""Marks are complete: while they stay as they are, so does what is made; and they tell no more than that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from planning_values import NOW, THEME, a_page, an_entry

from digest.model import (
    Entry,
    Export,
    Feed,
    Ground,
    Identifiers,
    PageFile,
    PartialDate,
    Plan,
    PluginChoice,
    Provenance,
    Reference,
    Settings,
    Site,
    StaticFile,
)
from digest.planning import (
    Memory,
    find_retold,
    find_reworded,
    gather_site,
    ground_plan,
    make_gist,
    plan_retold,
    plan_reworded,
    plan_site,
    recall_site,
)
from digest.planning.marks import mark
from digest.planning.recalling import Recalled
from digest.reading import compile_prose

SEARCHING = replace(
    THEME,
    search_script="/assets/search.0123abcd.js",
    script="/assets/page.0123abcd.js",
    starred_script="/assets/starred.0123abcd.js",
)
RETOLD = frozenset(["title", "title_from", "summary", "body", "announced", "published", "details", "source", "license"])
DAYS = [date(2019, 12, 6), date(2019, 12, 5), date(2019, 11, 30), date(2018, 1, 2), date(2030, 1, 1)]
BODIES = [
    "One.",
    "One.\n\nAnother paragraph.",
    "See [it](1.md) and [that](/2019/12/06/e1/).",
    "# A heading\n\nSee [above](#a-heading), ![](/fig.png), [tag](/tags/graphs/) and [Ada](/authors/ada-lovelace/).",
    "A word. " * 300,
]
LONG = "A word. " * 300
ENDS = ["", "The end.", "The very end.\n\nOf it.", "See [it](1.md).", "One more word. " * 100]
# What the front matter of an entry may say, and its path.
FIELDS: dict[str, list[Any]] = {
    "key": ["0.md", "1.md", "2.md", "3.md", "4.md", "5.md", "sub/6.md"],
    "title": ["On oak", "On elm", "Of $x$ & <y>", "On `oak`"],
    "date": DAYS,
    "slug": ["a", "ü"],
    "body": BODIES,
    "id": ["urn:uuid:1", "urn:uuid:2", "", "no uri"],
    "title_from": ["", "first-sentence"],
    "time": [None, datetime(2019, 12, 6, 1, tzinfo=UTC), datetime(2019, 12, 6, 2, tzinfo=UTC)],
    "kind": ["note", "abstract", "summary"],
    "announced": [None, DAYS[2]],
    "published": [None, PartialDate(2018), PartialDate(2018, 4, 3)],
    "updated": [None, PartialDate(2019, 12, 7)],
    "authors": [(), ("Ada Lovelace",), ("Kurt Gödel", "Ada Lovelace"), ("Kurt Godel", "???")],
    "tags": [(), ("graphs",), ("trees", "graphs"), ("Graphs", "trees"), ("oaks",)],
    "identifiers": [Identifiers(), Identifiers(arxiv="1804.00222", doi="10.1000/x")],
    "venue": ["", "ICLR 2018", "ICLR 2019", "Nature"],
    "summary": ["", "In short.", "As [they](2.md) say."],
    "links": [(), (("code", "1.md"), ("pdf", "https://example.com/x.pdf"))],
    "details": [(), (("volume", "12"), ("publisher", "Some"))],
    "aliases": [(), ("/old/",)],
    "source": [Provenance(), Provenance(url="https://example.com/")],
    "lang": ["", "de"],
    "license": ["", "CC0"],
    "draft": [False, False, True],
}
SETTINGS: dict[str, list[Any]] = {
    "title": ["Notes", "Papers"],
    "description": ["", "Of trees."],
    "base_url": ["https://example.org/", "https://example.org/repo/"],
    "id": ["", "x"],
    "language": ["en", "ar"],
    "timezone": ["UTC"],
    "author": ["", "Ann Author"],
    "license": ["", "CC0"],
    "theme": ["default"],
    "colors": [()],
    "fonts": [()],
    "logo": [""],
    "footer": ["", "Bye"],
    "navigation": [(), (("One", "1.md"), ("Tags", "/tags/"))],
    "home_days": [1, 2, 7],
    "home_day_entries": [1, 2, 20],
    "fold": [False, True],
    "page_size": [1, 2, 50],
    "author_page_entries": [0, 1, 2],
    "venue_page_entries": [0, 1, 2],
    "related_entries": [0, 1, 5],
    "statistics": [True, False],
    "search": [True, False],
    "script": [True, False],
    "feeds": [("rss", "atom", "json"), ("atom",), ()],
    "day_feeds": [True, False],
    "topic_feeds": [True, False],
    "feed_size": [1, 2, 50],
    "feed_archives": ["site", "all", "none"],
    "exports": [("bibtex", "ris", "csl-json"), ("ris",), ()],
    "paper_metadata": [True, False],
    "markdown_twins": [True, False],
    "llms_txt": [True, False],
    "social_cards": [True, False],
    "macros": [(), (("x", "y"),)],
    "plugins": [(), (PluginChoice("reading-list", ("pages",), "{}", "1.0"),)],
    "vocabulary": ["", "content/words.yml"],
    "vocabulary_mode": ["extend", "replace"],
    "on_known": ["update", "new"],
    "contact": ["", "ada@example.org"],
    "ignore": [(), ("DG905",)],
    "sources": [()],
}
PAGES: dict[str, list[Any]] = {
    "title": ["About", "Else"],
    "body": BODIES[:4],
    "description": ["", "Some"],
    "lang": ["", "de"],
}


@dataclass(frozen=True)
class Files:
    """A site as it lies on a disk."""

    entries: tuple[Entry, ...] = ()
    pages: tuple[PageFile, ...] = ()
    static: tuple[StaticFile, ...] = ()
    settings: Settings = field(default_factory=Settings)


def plan_files(files: Files) -> Plan:
    """The plan of a site."""
    return plan_site(gather_files(files), SEARCHING)


def gather_files(files: Files) -> Site:
    """A site, read and compiled as a build does."""
    sources: list[Entry | PageFile] = [_sign(one) for one in (*files.entries, *files.pages)]
    prose = {one.key: compile_prose(one, files.settings.dialect) for one in sources}
    gists = {one.key: make_gist(one, prose[one.key], _head(one)) for one in sources}
    light = [one._replace(body="") for one in sources]
    return gather_site(
        files.settings,
        [one for one in light if isinstance(one, Entry)],
        [one for one in light if isinstance(one, PageFile)],
        files.static,
        prose=prose,
        gists=gists,
        now=NOW,
        drafts=False,
        future=False,
    )


def _sign(one: Any) -> Any:
    """With the fingerprint that its file has: of its path and all that it says."""
    return one._replace(fingerprint=mark(repr(one._replace(fingerprint=b""))))


def _head(one: Any) -> bytes:
    """What of the file is not its body."""
    return repr(one._replace(body="", fingerprint=b"")).encode()


def entries_of(key: str) -> st.SearchStrategy[Entry]:
    own = f"e{key.removesuffix('.md')[-1]}"  # two of one slug and day would be a fault
    choices = FIELDS | {"slug": [own, own, own, *FIELDS["slug"]]}
    said = {name: st.sampled_from(values) for name, values in choices.items() if name != "key"}
    return st.fixed_dictionaries(said).map(lambda values: an_entry(**{**values, "day": values["date"], "key": key}))


def pages_of(stem: str) -> st.SearchStrategy[PageFile]:
    said = {name: st.sampled_from(values) for name, values in PAGES.items()}
    return st.fixed_dictionaries(said).map(lambda values: a_page(stem)._replace(**values))


def some_of(made: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.fixed_dictionaries({}, optional=made).map(lambda found: tuple(found.values()))


STATIC = [
    StaticFile("/fig.png", b"", "content/static/fig.png", bytes(16)),
    StaticFile("/fig.png", b"", "content/static/fig.png", bytes(range(16))),
    StaticFile("/font.ttf", b"", "content/static/font.ttf", bytes(16)),
    StaticFile("/robots.txt", b"User-agent: *\n", "content/static/robots.txt", bytes(16)),
]
SITES = st.builds(
    Files,
    some_of({key: entries_of(key) for key in FIELDS["key"]}),
    some_of({name: pages_of(name) for name in ("about", "index", "else")}),
    st.lists(st.sampled_from(STATIC), max_size=2, unique_by=lambda file: file.url).map(tuple),
    st.fixed_dictionaries({name: st.sampled_from(values) for name, values in SETTINGS.items()}).map(
        lambda values: Settings(**values)
    ),
)


@st.composite
def edits(draw: st.DrawFn) -> tuple[Files, Files]:
    """A site before and after somebody edited something."""
    files = draw(SITES)
    kind = draw(st.sampled_from(["field", "field", "setting", "add", "delete", "rename", "page", "static"]))
    if kind == "setting":
        name = draw(st.sampled_from([name for name, values in SETTINGS.items() if len(values) > 1]))
        return files, replace(files, settings=replace(files.settings, **{name: draw(st.sampled_from(SETTINGS[name]))}))
    if kind == "page":
        return files, replace(files, pages=draw(some_of({name: pages_of(name) for name in ("about", "index")})))
    if kind == "static":
        return files, replace(files, static=tuple(draw(st.lists(st.sampled_from(STATIC[:3]), max_size=1))))
    free = [key for key in FIELDS["key"] if key not in {entry.key for entry in files.entries}]
    if kind == "add" and free:
        return files, replace(files, entries=(*files.entries, draw(entries_of(draw(st.sampled_from(free))))))
    if not files.entries:
        return files, files
    entry = draw(st.sampled_from(files.entries))
    others = tuple(other for other in files.entries if other is not entry)
    if kind == "delete":
        return files, replace(files, entries=others)
    if kind == "rename" and free:
        key = draw(st.sampled_from(free))
        return files, replace(files, entries=(*others, entry._replace(key=key, path=f"content/{key}")))
    name = draw(st.sampled_from([name for name in FIELDS if name != "key"]))
    return files, replace(files, entries=(*others, entry._replace(**{name: draw(st.sampled_from(FIELDS[name]))})))


def stale(before: Files, after: Files) -> list[str]:
    """What has the marks that it had and is another."""
    known = {sketch.url: sketch for sketch in plan_files(before).sketches}
    found = []
    for sketch in plan_files(after).sketches:
        assert len(sketch.names) == len(sketch.marks)
        last = known.get(sketch.url)
        if last and last.marks == sketch.marks and last.make() != sketch.make():
            found.append(sketch.url)
    return found


def test_no_setting_and_no_field_is_forgotten_here() -> None:
    assert set(SETTINGS) == {one.name for one in fields(Settings)}
    places = {"path", "body_line", "fingerprint", "title_at", "summary_line"}
    assert set(FIELDS) == set(Entry._fields) - places


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(edits())
def test_what_has_the_marks_that_it_had_is_what_it_was(edit: tuple[Files, Files]) -> None:
    assert stale(*edit) == []


OAK = an_entry("On oak", DAYS[0], key="0.md", id="urn:uuid:1", body="One.")
OLDER = an_entry("On oak", DAYS[2], key="1.md", id="urn:uuid:2", body="One.")


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(edits())
@example((Files((OAK,)), Files((OAK,), settings=Settings(base_url="https://example.org/repo/"))))
@example((Files((OAK,)), Files((OAK, OLDER))))  # which takes its citation key
@example((Files((OAK,)), Files((OAK._replace(body="Two."),))))
def test_pieces_of_feeds_and_bibliographies_that_have_one_mark_are_one(edit: tuple[Files, Files]) -> None:
    known: dict[tuple[bytes, bool], object] = {}
    for files in edit:
        for sketch in plan_files(files).sketches:
            if sketch.kind in {"feed", "bibliography"}:
                made = sketch.make()
                assert isinstance(made, Feed | Export)
                for piece in made.pieces:
                    value = piece.make()
                    if isinstance(value, Reference) and value.abstract:
                        assert isinstance(made, Export)
                        assert made.abstracts
                        assert known.setdefault((piece.mark, True), value) == value
                        value = replace(value, abstract="")
                    assert known.setdefault((piece.mark, False), value) == value


@st.composite
def rewordings(draw: st.DrawFn) -> tuple[Files, Files]:
    """A site before and after somebody wrote more, or less, at the end of long bodies."""
    files = draw(SITES)
    bodies = st.lists(st.sampled_from(ENDS), min_size=len(files.entries), max_size=len(files.entries))
    before, after = (
        tuple(one._replace(body=LONG + end) for one, end in zip(files.entries, draw(bodies), strict=True))
        for _ in range(2)
    )
    return replace(files, entries=before), replace(files, entries=after)


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(rewordings() | edits())
def test_who_shows_bodies_that_alone_are_others_is_planned_and_nobody_else_has_changed(
    edit: tuple[Files, Files],
) -> None:
    check_reworded(*edit)


@st.composite
def retellings(draw: st.DrawFn) -> tuple[Files, Files]:
    """A site before and after somebody told some entries otherwise."""
    files = draw(SITES)
    entries = []
    for entry in files.entries:
        names = draw(st.sets(st.sampled_from(sorted(RETOLD)), max_size=2))
        entries.append(entry._replace(**{name: draw(st.sampled_from(FIELDS[name])) for name in names}))
    return files, replace(files, entries=tuple(entries))


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(retellings() | rewordings() | edits())
def test_who_shows_or_names_what_is_told_otherwise_is_planned_and_nobody_else_has_changed(
    edit: tuple[Files, Files],
) -> None:
    check_retold(*edit)


@pytest.mark.parametrize("name", sorted(RETOLD))
@pytest.mark.parametrize("key", ["a.md", "d.md"])
def test_what_is_told_otherwise_needs_no_plan_of_the_whole(key: str, name: str) -> None:
    files = a_library()
    entry = next(entry for entry in files.entries if entry.key == key)
    value = next(value for value in reversed(FIELDS[name]) if value != getattr(entry, name))
    value = f"{entry.title} again" if name == "title" else value  # which is where it was on its day
    assert check_retold(files, with_entry(files, key, **{name: value}))


@pytest.mark.parametrize(("told", "other"), [("a.md", "d.md"), ("d.md", "a.md")])
def test_who_has_another_citation_key_by_the_title_of_another_entry_is_planned(told: str, other: str) -> None:
    """Of two papers of one author, year and first word the older has the bare key."""
    paper = {"kind": "abstract", "published": PartialDate(2018)}
    files = with_settings(a_library(), exports=("bibtex",))
    files = with_entry(with_entry(files, "a.md", title="Alpha, a", **paper), "d.md", title="Alpha, d", **paper)
    assert check_retold(files, with_entry(files, told, title="Aleph"))
    assert check_retold(with_entry(files, told, title="Aleph"), files)
    assert check_retold(files, with_entry(files, other, summary="In a word."))


def check_retold(*edit: Files) -> bool:
    """Hold the plan of what shows some entries that stand where they stood to one of the whole, if they do."""
    before, after = map(gather_files, edit)
    grounds = [ground_plan(site, SEARCHING, b"") for site in (before, after)]
    was, now = (plan_site(site, SEARCHING) for site in (before, after))
    sites = ({entry.key: entry for entry in (*site.entries, *site.withheld)} for site in (before, after))
    old, new = sites
    if old.keys() != new.keys() or any(problem.severity == "error" for problem in was.problems):
        return False
    edited = {key: (entry, before.gists[key]) for key, entry in old.items() if entry != new[key]}
    retold = find_retold(after, edited, *grounds)
    if retold is None:
        return False
    for sound in {not was.problems, False}:
        for known in (was.related, b""):
            ground = grounds[0]._replace(pages=now.pages, sound=sound, related=known)
            few = plan_retold(after, SEARCHING, retold, ground)
            check_few(was, now, few)
    return True


def check_few(was: Plan, now: Plan, few: Plan) -> None:
    """What is not among few documents is as it was, and these are as they are in a plan of the whole."""
    assert [sketch.url for sketch in was.sketches] == [sketch.url for sketch in now.sketches]
    again = {sketch.url: sketch for sketch in few.sketches}
    for old, new in zip(was.sketches, now.sketches, strict=True):
        told = again.pop(new.url, old)
        assert (told.marks, told.names, told.kind) == (new.marks, new.names, new.kind)
        assert told is old or told.make() == new.make()
    assert not again
    assert (few.problems, few.pages, few.related) == (now.problems, now.pages, now.related)


@pytest.mark.parametrize("archives", ["none", "site", "all"])
@pytest.mark.parametrize("key", ["a.md", "b.md", "c.md", "d.md"])
def test_a_feed_that_ends_before_an_entry_shows_nothing_of_it(key: str, archives: str) -> None:
    files = with_settings(a_library(), feeds=("rss",), feed_size=1, feed_archives=archives)
    check_reworded(files, with_entry(files, key, body=files.entries[0].body + "\n\nAn end."))


def check_reworded(*edit: Files) -> None:
    """Hold the plan of what shows bodies that alone are others to one of the whole."""
    before, after = map(gather_files, edit)
    grounds = [ground_plan(site, SEARCHING, b"") for site in (before, after)]
    reworded = find_reworded(after, *grounds)
    recalled = recall(before, after, grounds[0])
    assert (reworded is None) == (recalled is None)
    if reworded is None or recalled is None:
        return
    assert (recalled.ground, recalled.reworded) == (grounds[1], reworded)
    assert list_parts(recalled.site) == list_parts(after)
    was, now = (plan_site(site, SEARCHING) for site in (before, after))
    if any(problem.severity == "error" for problem in was.problems):
        return  # such a build has no next one to tell
    ground = grounds[0]._replace(pages=now.pages, sound=not was.problems, related=was.related)
    for site in (after, recalled.site):
        check_few(was, now, plan_reworded(site, SEARCHING, reworded, ground))


def recall(before: Site, after: Site, ground: Ground) -> Recalled | None:
    """The site after an edit as it is taken from the plan before, by the bodies that changed."""
    was, now = ({entry.key: entry for entry in (*site.entries, *site.withheld)} for site in (before, after))
    if was.keys() != now.keys():
        return None  # nobody asks then
    edited = {key: before.gists[key] for key, entry in now.items() if entry.fingerprint != was[key].fingerprint}
    memory = Memory(now.keys(), now.__getitem__, after.gists, edited)
    bare = gather_site(
        after.settings,
        (),
        after.pages,
        after.static,
        prose=after.prose,
        gists=after.gists,
        now=NOW,
        drafts=False,
        future=False,
    )
    return recall_site(ground, memory, bare, SEARCHING, now=NOW, drafts=False, future=False)


def list_parts(site: Site) -> list[Any]:
    """All that a site is made of, with the order of its indexes."""
    told: list[Any] = [tuple(site.entries), site.withheld, site.pages, site.static, site.prose, site.gists, site.zone]
    return told + [list(index.items()) for index in (site.by_day, site.by_tag, site.by_author, site.by_venue)]


@settings(deadline=None, max_examples=60)
@given(
    order=st.binary(max_size=24),
    days=st.lists(st.tuples(st.sampled_from(DAYS), st.integers(-1, 3)), max_size=3).map(tuple),
    bodies=st.binary(max_size=48),
)
def test_a_ground_that_nobody_wrote_recalls_nothing_or_all(
    order: bytes, days: tuple[tuple[date, int], ...], bodies: bytes
) -> None:
    site = gather_files(a_library())
    ground = ground_plan(site, SEARCHING, b"")
    for forged in (ground._replace(order=order), ground._replace(days=days), ground._replace(bodies=bodies)):
        recalled = recall(site, site, forged)
        assert recalled is None or len(recalled.site.entries) + len(recalled.site.withheld) == len(site.entries)


def a_library() -> Files:
    """Four entries on three days of two years, of a site that has pages and nothing else."""
    long = "One two three. " * 60
    about = {"body": long, "authors": ("Ada Lovelace",)}
    entries = (
        an_entry("Alpha", DAYS[0], key="a.md", tags=("graphs",), **about),
        an_entry("Beta", DAYS[0], key="b.md", tags=("graphs", "trees"), **(about | {"authors": ("Bea Writer",)})),
        an_entry("Gamma", DAYS[1], key="c.md", slug="gamma", tags=("trees",), **(about | {"authors": ("Bea Writer",)})),
        an_entry("Delta", DAYS[3], key="d.md", tags=("graphs",), **about),
    )
    only_pages = Settings(
        base_url="https://example.org/",
        home_days=2,
        page_size=2,
        related_entries=0,
        statistics=False,
        search=False,
        script=False,
        feeds=(),
        exports=(),
        markdown_twins=False,
        llms_txt=False,
    )
    return Files(entries, (), (), only_pages)


def with_entry(files: Files, key: str, **changes: Any) -> Files:
    return replace(files, entries=tuple(one._replace(**changes) if one.key == key else one for one in files.entries))


def with_new(files: Files, **changes: Any) -> Files:
    return replace(files, entries=(*files.entries, an_entry("New", key="n.md", slug="new", **changes)))


def without(files: Files, key: str) -> Files:
    return replace(files, entries=tuple(one for one in files.entries if one.key != key))


def with_settings(files: Files, **changes: Any) -> Files:
    return replace(files, settings=replace(files.settings, **changes))


# What somebody edits, and the pages that are made anew, or for the first time, or are there no more.
EDITS: dict[str, tuple[Callable[[Files], Files], str]] = {
    "nothing": (lambda files: files, ""),
    "the end of a body": (
        lambda files: with_entry(files, "d.md", body=files.entries[3].body + "\n\nAn end."),
        "/2018/01/02/delta/ /2018/01/02/",
    ),
    "a title": (
        lambda files: with_entry(files, "c.md", title="Gamut"),
        "/2019/12/05/gamma/ /2019/12/05/ /2019/12/ / /tags/trees/ /authors/bea-writer/"
        " /2019/12/06/beta/ /2018/01/02/delta/",  # its neighbours
    ),
    "one more tag": (
        lambda files: with_entry(files, "d.md", tags=("graphs", "oaks")),
        "/2018/01/02/delta/ /2018/01/02/ /2018/01/ /tags/graphs/ /tags/graphs/page/2/ /tags/oaks/ /tags/"
        " /authors/ada-lovelace/ /archive/",
    ),
    "an entry on an old day": (
        lambda files: with_new(files, day=DAYS[3], authors=("Cy New",)),
        "/2018/01/02/new/ /2018/01/02/delta/ /2018/01/02/ /2018/01/ /2018/ /archive/ /",
    ),
    "an entry on an old day, with a page for its author": (
        lambda files: with_new(with_settings(files, author_page_entries=1), day=DAYS[3], authors=("Cy New",)),
        "/2018/01/02/new/ /2018/01/02/delta/ /2018/01/02/ /2018/01/ /2018/ /archive/ / /authors/ /authors/cy-new/",
    ),
    "an entry on a new day": (
        lambda files: with_new(files, day=DAYS[2], tags=("trees",)),
        "/2019/11/30/new/ /2019/11/30/ /2019/11/ /2019/ /archive/ / /2019/12/ /2019/12/05/ /2018/01/02/ /2018/01/"
        " /2019/12/05/gamma/ /2018/01/02/delta/ /tags/ /tags/trees/ /tags/trees/page/2/ /tags/graphs/"
        " /tags/graphs/page/2/",  # they name trees, and how many entries these have
    ),
    "an entry less": (
        lambda files: without(files, "d.md"),
        "/2018/01/02/delta/ /2018/01/02/ /2018/01/ /2018/ /2019/ /2019/12/ /2019/12/05/ /2019/12/05/gamma/ /archive/ /"
        " /tags/ /tags/graphs/ /tags/graphs/page/2/ /tags/trees/ /authors/ /authors/ada-lovelace/"
        " /2019/12/06/ /2019/12/06/alpha/",  # Ada has one entry left, and so no page
    ),
    "a draft": (lambda files: with_new(files, draft=True, tags=("oaks",)), ""),
    "fold": (lambda files: with_settings(files, fold=True), "/2019/12/06/ /2019/12/05/ /2018/01/02/"),
    "home_days": (lambda files: with_settings(files, home_days=1), "/"),
    "home_day_entries": (lambda files: with_settings(files, home_day_entries=1), "/"),
    "page_size": (
        lambda files: with_settings(files, page_size=3),
        "/tags/graphs/ /tags/graphs/page/2/",
    ),
    "author_page_entries": (
        lambda files: with_settings(with_entry(files, "c.md", authors=("Cy New",)), author_page_entries=2),
        "/2019/12/05/gamma/ /2019/12/05/ /2019/12/ / /tags/trees/ /2019/12/06/beta/ /2019/12/06/ /tags/graphs/"
        " /authors/ /authors/bea-writer/ /archive/",
    ),
    "related_entries": (lambda files: with_settings(files, related_entries=-1), ""),
    "vocabulary": (lambda files: with_settings(files, vocabulary="content/words.yml", on_known="new"), ""),
}


@pytest.mark.parametrize("said", [{"summary": "As [they](2.md) say."}, {"body": "[They](2.md) say."}])
def test_where_a_text_leads_is_told_when_that_comes(said: dict[str, str]) -> None:
    linking = an_entry("Alpha", DAYS[0], key="0.md", tags=("graphs",), **said)
    files = Files((linking,))
    assert stale(files, replace(files, entries=(linking, an_entry("They", DAYS[3], key="2.md")))) == []


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_changes_the_pages_that_show_it_and_no_others(edit: str) -> None:
    files = a_library()
    before, after = plan_files(files), plan_files(EDITS[edit][0](files))
    marks = [{sketch.url: sketch.marks for sketch in plan.sketches} for plan in (before, after)]
    changed = {url for url in marks[0] | marks[1] if marks[0].get(url) != marks[1].get(url)}
    told = {"/sitemap.xml"} if changed - {"/sitemap.xml"} else set()
    assert changed - told == set(EDITS[edit][1].split())


def test_what_every_page_shows_changes_every_page_and_no_file() -> None:
    files = a_library()
    before, after = plan_files(files), plan_files(with_settings(files, footer="Else"))
    pairs = list(zip(before.sketches, after.sketches, strict=True))
    assert {one.kind for one, other in pairs if one.marks != other.marks} == {"page", "entry"}
    assert {one.kind for one, other in pairs if one.marks == other.marks} == {"sitemap", "file", "text"}


def a_year() -> Files:
    """Eight entries, each in a month of its own, of two authors, two venues and one tag, two to a page."""
    entries = tuple(
        an_entry(
            f"Entry {number}",
            date(2019, 1 + number, 10),
            key=f"{number}.md",
            tags=("graphs",),
            authors=(("Ada Lovelace", "Bea Writer")[number % 2],),
            venue=("ICLR 2018", "Nature")[number % 2],
        )
        for number in range(8)
    )
    return Files(entries, (), (), Settings(page_size=2))


@pytest.mark.parametrize(
    ("edit", "shown"),
    [
        # How a tag grew stands on its first page, wherever the entry does.
        ({"date": date(2019, 2, 20)}, "/statistics/ /archive/ /2019/ /tags/graphs/"),
        ({"authors": ("Bea Writer",)}, "/statistics/ /authors/ /authors/bea-writer/ /subscribe/"),
        ({"venue": "Nature"}, "/statistics/ /venues/ /venues/nature/"),
        ({"tags": ("trees",)}, "/statistics/ /tags/ /tags/graphs/ /subscribe/ /feeds.opml /search/index.json"),
    ],
)
def test_pages_of_numbers_tell_of_every_entry(edit: dict[str, Any], shown: str) -> None:
    before = a_year()
    after = with_entry(before, "2.md", **edit)
    assert stale(before, after) == []
    old, new = ({sketch.url: sketch for sketch in plan_files(files).sketches} for files in (before, after))
    assert set(shown.split()) <= {url for url in old.keys() & new.keys() if old[url].make() != new[url].make()}
