"""Whatever was edited in whatever order, the output folder is what a clean build would make."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest
from built_sites import tree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.caching import CACHE_FOLDER, PackWriter, UnwritableCache
from digest.formats.urls import output_path
from digest.model import Artifact, Output, ProblemError
from digest.pipeline import BuildOptions, build
from digest.reading import read_content, read_past, read_settings, site_zone
from digest.rendering import Renderer
from digest.sealing import Sight
from digest.sealing.looking import look_at_outputs

NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)
OPTIONS = BuildOptions(base_url="https://demo.example/repo/", record=True)

LONG = "A word or two. " * 100 + "\n\n"
BODIES = [
    "Plain words.",
    "# A heading\n\nand $x_1 < y$ with `code`\n\n- one\n  - two\n",
    "```python\nprint('x')\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "See [the other](entry-1.md), [a page](pages/about.md), ![](static/dot.svg), [gone](entry-4.md).",
    "<script>alert(1)</script> {{ site }} {% raw %} $\\half$",
    "",
    LONG + "The end.",  # of as many signs, which are told in the title
    LONG + "Its end.",
    LONG + "[End](entry-2.md).",
    LONG + "[END](entry-2.md).",
]
SETTINGS = [
    "",
    "title: Other\n",
    "home_days: 1\npage_size: 2\n",
    "author_page_entries: 1\nfeed_size: 1\n",
    "author_page_entries: 0\nvenue_page_entries: 0\nday_feeds: false\ntopic_feeds: false\n",
    "venue_page_entries: 1\nsearch: false\nscript: false\n",
    "feeds: [json]\nexports: []\nrelated_entries: 0\nstatistics: false\n",
    "language: ar\nmarkdown_twins: false\nfeed_archives: none\n",
    'timezone: Pacific/Kiritimati\nmacros:\n  half: "1/2"\n',
    "timezone: Pacific/Pago_Pago\nfeed_archives: all\nfeed_size: 1\n",
    "theme: mine\nfold: true\npaper_metadata: false\n",
]
CARDS = [
    "{% macro card(entry, level=3, live=false) %}<p>{{ entry.title }}</p>{% endmacro %}",
    "{% macro card(entry, level=3, live=false) %}<i>{{ entry.title_text }}</i>{% endmacro %}",
]
LISTS = (
    "{% macro day_list(days, live=false) %}{% for group in days %}{% for entry in group.entries %}"
    "{{ once(card, entry, 3, live) }}{% endfor %}{% endfor %}{% endmacro %}\n"
)
GARBAGE = [b"", b"no longer what it was", b"\0" * 16 + b"{}\n"]


@dataclass
class Workshop:
    """A site that is edited, and the hour of its clock."""

    site: Path
    now: datetime = NOW
    built: list[str] = field(default_factory=list)
    outputs: tuple[str, bytes] = ("", b"")
    seen: tuple[bytes, bytes] | None = None

    @property
    def content(self) -> Path:
        return self.site / "content"

    def write(self, name: str, text: str) -> None:
        path = self.site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def build(self) -> None:
        sight = Sight([f"{self.site}/content", f"{self.site}/themes"], f"{self.site}/content/addresses.txt")
        folder, *paths = self.outputs[0].split("\0")
        if folder and look_at_outputs(folder, paths) == self.outputs[1]:
            sight.outputs = self.outputs  # as whoever finds a seal does
        sight.before = self.seen
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("digest.pipeline.finding._FINE", 0)  # nobody edits while a build is at work
            patch.setattr("digest.pipeline.issuing._MUCH", 0)  # of a small site nearly every edit changes much
            report = build(self.site, self.site / "output", OPTIONS, now=self.now, sight=sight)
        self.seen = sight.names, sight.looks
        assert not [problem for problem in report.problems if problem.severity == "error"]
        self.outputs = report.outputs

    def check(self) -> None:
        """The output is that of a clean build elsewhere, by several processes; and no address that there was is gone.

        The addresses are told to the clean build as they are after the last build, which itself knew those before it.
        """
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("digest.working.cutting.PAYS", 1)
            patch.setattr("digest.working.cutting.LEAST", 1)
            clean = self.site.parent / f"{self.site.name}-clean"
            shutil.rmtree(clean, ignore_errors=True)
            for name in ("content", "themes"):
                shutil.copytree(self.site / name, clean / name)
            build(clean, clean / "output", BuildOptions(base_url=OPTIONS.base_url, jobs=2), now=self.now)
        assert tree(self.site / "output") == tree(clean / "output")
        self.check_addresses()

    def check_addresses(self) -> None:
        """Whoever goes to an address of old comes to the entry that stood there, unless another stands there now."""
        past, faults = read_past(self.site)
        settings, _ = read_settings(self.site)
        now = self.now.astimezone(site_zone(settings))
        content = read_content(self.site, settings)
        shown = {entry.id: entry for entry in content.entries if not entry.draft and entry.date <= now.date()}
        assert past is not None
        if not faults:  # else the file is left to somebody who mends it
            assert {f"urn:uuid:{line.told}" for line in past if line.holder == "id"} >= shown.keys()
        for line in past:
            if entry := shown.get(f"urn:uuid:{line.told}"):
                page = (self.site / "output" / output_path(line.url)).read_text(encoding="utf-8")
                assert line.url == entry.url or f'content="0; url=/repo{entry.url}"' in page


Edit = Callable[[Workshop], None]


def write_entry(
    number: int,
    day: int,
    body: str,
    tags: tuple[str, ...],
    venue: str,
    language: str,
    *,
    draft: bool,
    alias: bool,
    slug: str = "entry",
) -> Edit:
    """An entry is new, or edited."""
    lines = [
        "---",
        f"title: Entry {number} with {len(body) // 1000} thousand signs",
        f"date: {date(2024, 2, 26) + timedelta(days=day)}",
        f"authors: [Ada Lovelace, {'Alan Turing' if number % 2 else 'Emmy Noether'}]",
        f"tags: [{', '.join(tags)}]",
        f"draft: {str(draft).lower()}",
        f"venue: {venue}",
        f"lang: {language}",
        f"aliases: [/old/{number}/]" if alias else "license: CC0-1.0",
        f"slug: {slug}-{number}",
        "---",
        "",
        body,
    ]

    def write(shop: Workshop) -> None:
        (shop.content / f"renamed-{number}.md").unlink(missing_ok=True)  # else two files have one address
        shop.write(f"content/entry-{number}.md", "\n".join(lines))

    return write


def lengthen_entry(number: int, words: str) -> Edit:
    """The body of an entry has another end; behind a long one nothing else shows that but what shows it whole."""

    def lengthen(shop: Workshop) -> None:
        path = shop.content / f"entry-{number}.md"
        if path.exists():
            path.write_text(f"{path.read_text(encoding='utf-8')}\n\n{words}", encoding="utf-8")

    return lengthen


def delete_entry(number: int) -> Edit:
    """An entry is gone."""
    return lambda shop: (shop.content / f"entry-{number}.md").unlink(missing_ok=True)


def rename_entry(number: int) -> Edit:
    """A file has another name, and back."""

    def rename(shop: Workshop) -> None:
        old, new = shop.content / f"entry-{number}.md", shop.content / f"renamed-{number}.md"
        if old.exists() != new.exists():
            (old if old.exists() else new).rename(new if old.exists() else old)

    return rename


def damage_cache(garbage: bytes) -> Edit:
    """Something else lies where the cache was."""

    def damage(shop: Workshop) -> None:
        for path in (shop.site / CACHE_FOLDER).rglob("*.*"):
            if path.is_file():
                path.write_bytes(garbage)

    return damage


def touch_output(place: int, data: bytes | None) -> Edit:
    """A file of the output folder is lost, or somebody wrote into it."""

    def touch(shop: Workshop) -> None:
        paths = sorted((shop.site / "output").rglob("index.html"))
        if not paths:
            return
        if data is None:
            paths[place % len(paths)].unlink()
        else:
            paths[place % len(paths)].write_bytes(data)

    return touch


def lose(name: str) -> Edit:
    """A folder is gone: the output, or the cache."""
    return lambda shop: shutil.rmtree(shop.site / name, ignore_errors=True)


def pass_days(days: int) -> Edit:
    """Time goes by."""

    def move(shop: Workshop) -> None:
        shop.now += timedelta(days=days)

    return move


def build_unrecorded(shop: Workshop) -> None:
    """A build that keeps no addresses, as publishing does that is only tried."""
    past = shop.content / "addresses.txt"
    before = past.read_bytes() if past.exists() else None
    build(shop.site, shop.site / "output", replace(OPTIONS, record=False), now=shop.now)
    assert (past.read_bytes() if past.exists() else None) == before


def forget_addresses(shop: Workshop) -> None:
    """The site has no past any more."""
    (shop.content / "addresses.txt").unlink(missing_ok=True)


def merge_addresses(shop: Workshop) -> None:
    """Somebody else's lines come among those of the site."""
    past = shop.content / "addresses.txt"
    lines = past.read_text(encoding="utf-8") if past.exists() else ""
    shop.write("content/addresses.txt", f"{lines}/elsewhere/ to /\n/2024/02/25/gone/ id 123\n<<<<<<< HEAD\n")


TAGS = st.lists(st.sampled_from(["alpha", "beta", "gamma", "Beta"]), unique=True, max_size=3).map(tuple)
ENTRIES = st.builds(
    write_entry,
    number=st.integers(1, 4),
    day=st.integers(0, 6),
    body=st.sampled_from([*BODIES, *BODIES[-3:]]),
    tags=TAGS,
    venue=st.sampled_from(["", "Journal of Beans 3 (2021)", "Journal of Beans 4 (2022)"]),
    language=st.sampled_from(["", "he"]),
    draft=st.booleans(),
    alias=st.booleans(),
    slug=st.sampled_from(["entry", "entry", "other"]),
)
ENDS = ["More words.", "A note[^1].\n\n[^1]: It.", "[One](entry-1.md)", "# Head", r"$\half$", "word " * 230]
OTHERS = st.one_of(
    st.builds(lengthen_entry, st.integers(1, 4), st.sampled_from(ENDS)),
    st.builds(lengthen_entry, st.integers(1, 4), st.sampled_from(ENDS)),
    st.integers(1, 4).map(delete_entry),
    st.integers(1, 4).map(rename_entry),
    st.sampled_from(SETTINGS).map(lambda text: lambda shop: shop.write("content/site.yml", text)),
    st.sampled_from(CARDS).map(lambda text: lambda shop: shop.write("themes/mine/templates/_card.html", text + LISTS)),
    st.sampled_from(["# About\n\n[one](../entry-1.md)\n", "# Other\n"]).map(
        lambda text: lambda shop: shop.write("content/pages/about.md", text)
    ),
    st.sampled_from(["<svg/>", "<svg> </svg>"]).map(
        lambda text: lambda shop: shop.write("content/static/dot.svg", text)
    ),
    st.sampled_from(GARBAGE).map(damage_cache),
    st.builds(touch_output, st.integers(0, 99), st.sampled_from([None, b"", b"not as it was"])),
    st.sampled_from(["output", CACHE_FOLDER]).map(lose),
    st.integers(1, 3).map(pass_days),
    st.sampled_from([build_unrecorded, forget_addresses, merge_addresses]),
)


A_FINE_ENTRY = write_entry(1, 0, "Fine.", ("alpha",), "", "", draft=False, alias=False)


def open_workshop(home: Path) -> Workshop:
    """A site with a theme of its own, and nothing else."""
    shop = Workshop(home / "site")
    shop.content.mkdir(parents=True)
    shop.write("themes/mine/theme.yml", "parent: default\n")
    return shop


@given(st.lists(st.one_of(ENTRIES, ENTRIES, OTHERS), min_size=1, max_size=8))
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_incremental_equals_clean_and_parallel_equals_serial(
    tmp_path_factory: pytest.TempPathFactory, edits: list[Edit]
) -> None:
    shop = open_workshop(tmp_path_factory.mktemp("home"))
    for edit in edits:
        edit(shop)
        shop.build()
    shop.check()
    again = build(shop.site, shop.site / "output", OPTIONS, now=shop.now)
    assert (again.written, again.removed) == ((), ())


@pytest.fixture
def built(tmp_path: Path) -> Workshop:
    """A site that was built."""
    shop = open_workshop(tmp_path)
    for number, body in enumerate(BODIES, 1):
        write_entry(number, number % 3, body, ("alpha",), "", "", draft=False, alias=number == 2)(shop)
    shop.write("content/static/dot.svg", "<svg/>")
    shop.build()
    return shop


def test_addresses_that_were_not_recorded_are_by_the_next_build_that_does(tmp_path: Path) -> None:
    shop = open_workshop(tmp_path)
    write_entry(1, 0, LONG, ("alpha",), "", "", draft=False, alias=False)(shop)
    build_unrecorded(shop)
    change_end(shop)
    shop.build()
    assert "/2024/02/26/entry-1/ id " in (shop.content / "addresses.txt").read_text(encoding="utf-8")


def test_addresses_that_could_not_be_recorded_are_once_they_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = open_workshop(tmp_path)
    write_entry(1, 0, LONG, ("alpha",), "", "", draft=False, alias=False)(shop)
    with monkeypatch.context() as patch:
        patch.setattr("digest.writing.recording.write_past", Mock(side_effect=OSError(30, "Read-only")))
        report = build(shop.site, shop.site / "output", OPTIONS, now=shop.now)
        assert [problem.code for problem in report.problems] == ["DG902"]
    change_end(shop)
    shop.build()
    assert "/2024/02/26/entry-1/ id " in (shop.content / "addresses.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("lost", ["", "index.html", "search", "dot.svg"])
def test_what_is_lost_comes_out_of_the_cache(built: Workshop, monkeypatch: pytest.MonkeyPatch, lost: str) -> None:
    before = tree(built.site / "output")
    (built.site / "output" / lost).rename(built.site / "aside")
    monkeypatch.setattr("digest.rendering.Renderer.render", None)
    monkeypatch.setattr("digest.planning.plan_site", None)
    report = build(built.site, built.site / "output", OPTIONS, now=built.now)
    assert tree(built.site / "output") == before
    assert set(report.written) == {path for path in before if path.startswith(lost)} - {".digest-manifest.json"}


@pytest.mark.parametrize(
    "hurt",
    [
        lambda pack: pack.write_bytes(pack.read_bytes()[:-9] + b"Otherwise"),
        lambda pack: pack.write_bytes(pack.read_bytes()[:1000]),
        lambda pack: pack.unlink(),
    ],
    ids=["changed", "cut", "gone"],
)
def test_what_the_cache_has_no_more_is_made_again(built: Workshop, hurt: Callable[[Path], object]) -> None:
    before = tree(built.site / "output")
    for pack in (built.site / CACHE_FOLDER).glob("files-*.pack"):
        hurt(pack)
    (built.site / "output").rename(built.site / "aside")
    report = build(built.site, built.site / "output", OPTIONS, now=built.now)
    assert "DG503" in [problem.code for problem in report.problems]
    assert tree(built.site / "output") == before


def test_a_site_whose_folder_cannot_be_written_is_built_all_the_same(tmp_path: Path) -> None:
    A_FINE_ENTRY(Workshop(tmp_path))
    (tmp_path / CACHE_FOLDER).write_text("a file where a folder should be", encoding="utf-8")
    build(tmp_path, tmp_path / "output", OPTIONS, now=NOW)
    (tmp_path / CACHE_FOLDER).unlink()
    build(tmp_path, tmp_path / "clean", OPTIONS, now=NOW)
    assert tree(tmp_path / "output") == tree(tmp_path / "clean")


@pytest.mark.parametrize("everywhere", [False, True])
def test_a_site_is_built_where_its_cache_has_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, everywhere: bool
) -> None:
    shop = open_workshop(tmp_path / "home")
    for number in range(3):
        write_entry(number, 0, "Fine.", ("alpha",), "", "", draft=False, alias=False)(shop)
    real = PackWriter.flush

    def flush(writer: PackWriter) -> None:
        if everywhere or writer._folder.name == CACHE_FOLDER:
            raise UnwritableCache("no space left")
        real(writer)

    with monkeypatch.context() as patch:
        patch.setattr(PackWriter, "flush", flush)
        if everywhere:
            with pytest.raises(ProblemError, match="DG502"):
                shop.build()
            assert not tree(shop.site / "output")
        else:
            shop.build()
            assert shop.site.joinpath("output", "index.html").exists()
    shop.build()
    shop.check()


def test_a_failing_build_leaves_the_last_one_whole(tmp_path: Path) -> None:
    A_FINE_ENTRY(Workshop(tmp_path))
    build(tmp_path, tmp_path / "output", OPTIONS, now=NOW)
    before = tree(tmp_path / "output")
    (tmp_path / "content" / "bad.md").write_text("---\ntitle: Bad\ndate: 2024-13-45\n---\nx\n", encoding="utf-8")
    report = build(tmp_path, tmp_path / "output", OPTIONS, now=NOW)
    assert [problem.code for problem in report.problems] == ["DG102"]
    assert (report.written, tree(tmp_path / "output")) == ((), before)


def test_an_entry_of_tomorrow_is_in_no_output_until_its_day_has_come(tmp_path: Path) -> None:
    A_FINE_ENTRY(Workshop(tmp_path))
    write_entry(2, 6, "Then.", ("beta",), "", "", draft=False, alias=False)(Workshop(tmp_path))
    report = build(tmp_path, tmp_path / "output", OPTIONS, now=NOW)
    assert (report.entries, report.withheld) == (1, 1)
    assert not [path for path, data in tree(tmp_path / "output").items() if b"Entry 2" in data or "beta" in path]
    build(tmp_path, tmp_path / "output", OPTIONS, now=NOW + timedelta(days=3))
    assert "2024/03/03/entry-2/index.html" in tree(tmp_path / "output")


def change_body(shop: Workshop) -> None:
    """The words of an entry are others, and nothing else."""
    write_entry(1, 0, "Other words.", ("alpha",), "", "", draft=False, alias=False)(shop)


def change_end(shop: Workshop) -> None:
    """The words of an entry are others behind its opening, and nothing else."""
    lengthen_entry(1, "Other words.")(shop)


def change_title(shop: Workshop) -> None:
    """The title of an entry is another."""
    path = shop.content / "entry-2.md"
    path.write_text(path.read_text(encoding="utf-8").replace("title: Entry", "title: Another entry"), encoding="utf-8")


def change_settings(shop: Workshop) -> None:
    """Entries have no twins any more, to which their pages lead."""
    shop.write("content/site.yml", "theme: mine\nrelated_entries: 0\nmarkdown_twins: false\nmacros:\n  half: '1/2'\n")


def change_macro(shop: Workshop) -> None:
    """A formula is read in another way."""
    shop.write("content/site.yml", "theme: mine\nrelated_entries: 0\nmacros:\n  half: '2/4'\n")


def change_template(shop: Workshop) -> None:
    """Cards look otherwise."""
    shop.write("themes/mine/templates/_card.html", CARDS[1] + LISTS)


def add_entry(shop: Workshop) -> None:
    """An author whose second entry it is has a page now."""
    write_entry(4, 0, "More.", ("alpha",), "", "", draft=False, alias=False)(shop)


# What would go wrong if a fingerprint left something out: where it is made, and an edit that nobody would see.
MUTATIONS = [
    ("digest.reading.files.fingerprint_source", lambda key, _: key.encode().ljust(16), change_body),
    ("digest.planning.texts._mark_links", lambda _, entries, __: [b"" for _ in entries], change_title),
    ("digest.planning.atlas.mark_settings", lambda _: b"", change_settings),
    ("digest.pipeline.bodies.basis_of", lambda _: b"", change_macro),
    ("digest.rendering.themes._fingerprint", lambda *_: b"", change_template),
    ("digest.planning.atlas.Atlas._find_facts", lambda *_: b"", add_entry),
    ("digest.planning.atlas.Atlas.mark_cards", lambda *_: b"", change_title),
    ("digest.planning.rewording.mark", lambda *_: bytes(16), change_title),
    ("digest.planning.rewording.Showing.entries", lambda *_: (), change_end),
    ("digest.planning.rewording.Showing.days", lambda *_: {}.keys(), change_end),
    ("digest.planning.rewording.Showing.ends", lambda *_: False, change_end),
]


@pytest.mark.parametrize(("name", "mutant", "edit"), MUTATIONS, ids=[name for name, _, _ in MUTATIONS])
def test_a_fingerprint_that_leaves_something_out_is_found(
    tmp_path: Path, name: str, mutant: Callable[..., object], edit: Edit
) -> None:
    """Each edit is seen by a build as it is, and lost by one with the mutation: the check above does find it."""
    for mutated in (False, True):
        shop = open_workshop(tmp_path / str(mutated))
        shop.write("content/site.yml", "theme: mine\nrelated_entries: 0\nmacros:\n  half: '1/2'\n")
        shop.write("themes/mine/templates/_card.html", CARDS[0] + LISTS)
        for number, body in enumerate([f"{LONG}Plain words.", r"$\half$", "See [one](entry-1.md)."], 1):
            write_entry(number, number, body, ("alpha",), "", "", draft=False, alias=False)(shop)
        with pytest.MonkeyPatch.context() as patch:
            if mutated:
                patch.setattr(name, mutant)
            shop.build()
            edit(shop)
            shop.build()
        if mutated:
            with pytest.raises(AssertionError):
                shop.check()
        else:
            shop.check()


def test_an_edit_at_the_end_of_a_body_makes_no_page_that_does_not_show_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Workshop(tmp_path / "site")
    entry = "content/2024/01/01/long.md"
    body = "---\ntitle: Long\ndate: 2024-01-01\ntags: [a]\n---\n\nThe opening.\n\n" + "More words. " * 200 + "\n\n"
    shop.write(entry, body + "The end.\n")
    shop.build()
    rendered: list[str] = []
    render = Renderer.render

    def note(renderer: Renderer, artifact: Artifact) -> tuple[Output, ...]:
        rendered.append(artifact.url)
        return render(renderer, artifact)

    monkeypatch.setattr(Renderer, "render", note)
    shop.write(entry, body + "An end.\n")
    shop.build()
    pages = {url for url in rendered if url.endswith("/")}  # a search is renewed
    assert pages == {"/2024/01/01/", "/2024/01/01/long/"}


def test_an_edit_at_the_end_of_a_body_is_planned_and_published_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = open_workshop(tmp_path)
    for number in range(1, 4):
        write_entry(number, 0, LONG + "The end.", ("alpha",), "", "", draft=False, alias=False)(shop)
    shop.build()
    with monkeypatch.context() as patch:
        for way in ("digest.planning.plan._sketch_fixed", "digest.writing.outlets.publish"):
            patch.setattr(way, lambda *_: pytest.fail("all of the site"))
        for end in ("Its end.", "His end, with words that the search has not met."):
            write_entry(2, 0, LONG + end, ("alpha",), "", "", draft=False, alias=False)(shop)
            shop.build()
    shop.check()


def test_what_says_something_else_where_it_stood_is_planned_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = open_workshop(tmp_path)
    for number in range(1, 6):
        write_entry(number, number, "Plain words.", ("alpha",), "", "", draft=False, alias=False)(shop)
    shop.write("content/named.md", "---\ntitle: Old\ndate: 2024-02-27\nid: urn:uuid:1\n---\n\nOf oaks.\n")
    shop.build()
    with monkeypatch.context() as patch:
        patch.setattr("digest.planning.plan._sketch_fixed", lambda *_: pytest.fail("all of the site"))
        for body in ("Other words.", LONG, "See [it](entry-4.md)."):  # of many signs it has another title
            write_entry(2, 2, body, ("alpha",), "", "", draft=False, alias=False)(shop)
            shop.build()
        shop.write("content/named.md", "---\ntitle: New\ndate: 2024-02-27\nid: urn:uuid:1\n---\n\nOf yews.\n")
        shop.build()
    shop.check()
    told = (shop.content / "addresses.txt").read_text(encoding="utf-8")
    shutil.rmtree(shop.site / CACHE_FOLDER)
    shop.outputs, shop.seen = ("", b""), None
    shop.build()
    assert (shop.content / "addresses.txt").read_text(encoding="utf-8") == told


def test_what_comes_and_goes_is_published_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = open_workshop(tmp_path)
    for number in range(1, 5):
        write_entry(number, number, "Words.", ("alpha",), "", "", draft=False, alias=False)(shop)
    shop.build()
    with monkeypatch.context() as patch:
        patch.setattr("digest.writing.outlets.publish", lambda *_: pytest.fail("all of the site"))
        write_entry(4, 4, "Other words.", ("alpha",), "", "", draft=False, alias=False)(shop)
        shop.build()
        write_entry(5, 4, "More words.", ("beta",), "", "", draft=False, alias=False)(shop)
        shop.build()
        delete_entry(5)(shop)
        shop.build()
    shop.check()
