"""A site that is seen while it is written: what stays while there are errors, what is found and kept."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from built_sites import tree

from digest.caching import CACHE_FOLDER
from digest.model import ProblemError
from digest.pipeline import BuildOptions, build, open_preview
from digest.pipeline.preview import LivePreview

NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)
LONG = 60.0


class Desk:
    """A site on the disk, its preview and its clock."""

    def __init__(self, site: Path) -> None:
        self.site, self.now = site, NOW
        self.preview: LivePreview

    def open(self) -> LivePreview:
        self.preview = open_preview(self.site, BuildOptions(), origin="http://127.0.0.1:8000", now=lambda: self.now)
        return self.preview

    def write(self, name: str, text: str | None) -> None:
        """A file is written, or deleted, and the preview told."""
        path = self.site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink()
        else:
            path.write_text(text, encoding="utf-8")
        if hasattr(self, "preview"):
            self.preview.change([path])

    def write_entry(self, number: int, body: str, date: str = "2024-02-26", more: str = "") -> None:
        self.write(f"content/entry-{number}.md", f"---\ntitle: Entry {number}\ndate: {date}\n{more}---\n\n{body}\n")

    def show(self, path: str) -> str:
        served = self.preview.find(path)
        return "" if served is None else served.data.decode()

    def codes(self) -> set[str]:
        assert self.preview.settle(LONG)
        return {problem.code for problem in self.preview.problems}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A site of three entries, and its preview."""
    desk = Desk(tmp_path / "site")
    desk.write("content/site.yml", "title: A desk\nbase_url: https://demo.example/repo/\n")
    for number in range(1, 4):
        desk.write_entry(number, f"Bees and meadows, told by number {number}.", f"2024-02-{25 + number}")
    desk.open()
    yield desk
    desk.preview.close()


PAGE = "2024/02/26/entry-1/index.html"


def test_it_stands_under_its_path_on_the_web(desk: Desk) -> None:
    assert desk.preview.base_path == "/repo/"
    assert 'href="http://127.0.0.1:8000/repo/2024/02/26/entry-1/"' in desk.show(PAGE)
    desk.write("content/site.yml", "title: A desk\n")
    assert desk.preview.base_path == "/"
    assert 'href="http://127.0.0.1:8000/2024/02/26/entry-1/"' in desk.show(PAGE)


@pytest.mark.parametrize(
    ("name", "wrong", "code"),
    [
        ("content/entry-1.md", "---\ntitle: Entry 1\ndate: 2024-13-45\n---\nBad.\n", "DG102"),
        ("content/entry-9.md", "---\ndate: 2024-01-01\n---\nBad.\n", "DG103"),
        ("content/site.yml", "title: [\n", "DG201"),
        ("content/site.yml", "theme: nowhere\n", "DG601"),
    ],
)
def test_with_an_error_the_last_good_site_stays_whatever_else_is_edited(
    desk: Desk, name: str, wrong: str, code: str
) -> None:
    assert desk.preview.settle(LONG)
    before = (desk.site / name).read_text(encoding="utf-8") if (desk.site / name).exists() else None
    shown = {path: desk.show(path) for path in (PAGE, "index.html", "2024/02/27/entry-2/index.html")}
    desk.write(name, wrong)
    desk.write_entry(2, "Other words.", "2024-02-27")
    assert code in desk.codes()
    assert {path: desk.show(path) for path in shown} == shown
    desk.write(name, before)
    assert not desk.codes()
    assert "Other words." in desk.show("2024/02/27/entry-2/index.html")
    assert desk.show(PAGE) == shown[PAGE]


def test_a_site_that_has_errors_from_the_start_is_empty_until_they_are_mended(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write("content/one.md", "---\ntitle: One\n---\nNo day.\n")
    desk.open()
    assert desk.codes() == {"DG103"}
    assert desk.preview.find("index.html") is None
    desk.write("content/one.md", "---\ntitle: One\ndate: 2024-01-01\n---\nA day.\n")
    assert "One" in desk.show("index.html")
    assert not desk.codes()
    desk.preview.close()


def test_what_is_wrong_with_the_site_as_a_whole_is_found_and_mended(desk: Desk) -> None:
    desk.write_entry(1, "See [nothing](nowhere.md).")
    desk.write_entry(7, "The same address.", more="slug: entry-1\n")
    desk.write_entry(8, "The same id.", more="id: one\n")
    desk.write_entry(9, "The same id.", more="id: one\n")
    assert desk.codes() == {"DG401", "DG402", "DG403"}
    for number in (7, 8, 9):
        desk.write(f"content/entry-{number}.md", None)
    assert desk.codes() == {"DG402"}
    state = desk.preview.state
    desk.write_entry(1, "See [something](entry-2.md).")
    assert not desk.codes()
    assert desk.preview.wait(state, 0) > state


def test_a_template_that_is_wrong_fails_where_it_is_used(desk: Desk) -> None:
    desk.write("themes/mine/theme.yml", "parent: default\n")
    desk.write("themes/mine/templates/tag.html", "{{ page.nothing }}")
    desk.write("content/site.yml", "theme: mine\n")
    desk.write_entry(1, "Words.", more="tags: [bees]\n")
    assert desk.show("index.html")
    with pytest.raises(ProblemError, match="DG602"):
        desk.preview.find("tags/bees/index.html")
    desk.write("themes/mine/templates/tag.html", "{{ page.title }}")
    assert desk.show("tags/bees/index.html") == "Tag: bees\n"


def test_a_day_that_comes_brings_its_entries(desk: Desk) -> None:
    desk.write_entry(5, "Tomorrow.", "2024-03-02")
    path = "2024/03/02/entry-5/index.html"
    assert desk.preview.find(path) is None
    desk.now += timedelta(days=1)
    assert "Tomorrow." in desk.show(path)
    assert "entry-5" in desk.show("index.html")


def test_a_clock_that_is_set_back_takes_them_away(desk: Desk) -> None:
    tomorrow = (NOW + timedelta(days=1)).date()
    desk.write_entry(9, "Of tomorrow.", str(tomorrow))
    path = f"{tomorrow:%Y/%m/%d}/entry-9/index.html"
    desk.now += timedelta(days=1)
    assert "Of tomorrow." in desk.show(path)
    desk.now = NOW
    assert desk.show(path) == ""
    desk.now += timedelta(days=1)
    assert "Of tomorrow." in desk.show(path)


SUBJECTS = [
    "bees gather nectar while hives hum and queens swarm over meadows",
    "rivers carry gravel and silt, meanders wander through floodplains to deltas",
    "stars fuse hydrogen, dwarfs cool and galaxies drift apart in clusters",
    "bread rises with yeast, dough rests and loaves bake in stone ovens",
    "glaciers grind bedrock, moraines remain and fjords fill with meltwater",
]


def test_related_entries_come_when_all_bodies_are_read(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for number in range(10):
        desk.write_entry(number, SUBJECTS[number % 5], f"2024-02-{10 + number}")
    state = desk.open().state
    assert desk.preview.settle(LONG)
    assert desk.preview.state > state
    page, other = "2024/02/11/entry-1/index.html", 'href="/2024/02/16/entry-6/"'
    assert other in desk.show(page)
    desk.write_entry(6, SUBJECTS[2], "2024-02-16")
    assert other not in desk.show(page)
    desk.preview.close()


def test_what_was_read_is_kept_for_the_next_who_looks_or_builds(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk.preview.settle(LONG)
    desk.preview.close()
    for path in desk.site.rglob("*.md"):  # a file that was just written is not trusted by its looks, but by its bytes
        path.touch()
    monkeypatch.setattr("digest.pipeline.fronts.compile_prose", None)
    monkeypatch.setattr("digest.pipeline.bodies.compile_prose", None)
    desk.open()
    assert "number 1" in desk.show(PAGE)
    assert desk.preview.settle(LONG)
    report = build(desk.site, desk.site / "output", BuildOptions(base_url="http://127.0.0.1:8000/repo/"), now=desk.now)
    assert (report.entries, report.problems) == (3, ())
    assert desk.show(PAGE) == tree(desk.site / "output")[PAGE].decode()


def test_nothing_is_written_but_the_cache_and_without_one_all_is_seen(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write_entry(1, "Words.")
    (tmp_path / CACHE_FOLDER).write_text("a file where a folder should be", encoding="utf-8")
    before = tree(tmp_path)
    desk.open()
    assert "Words." in desk.show(PAGE)
    assert desk.preview.settle(LONG)
    desk.preview.close()
    assert tree(tmp_path) == before


def test_a_body_that_another_build_swept_away_is_compiled_again(desk: Desk) -> None:
    assert desk.preview.settle(LONG)
    desk.preview.close()
    for pack in (desk.site / CACHE_FOLDER).glob("*.pack"):
        pack.unlink()
    desk.open()
    assert "number 1" in desk.show(PAGE)


def test_folders_come_and_go_whole_and_hidden_ones_stay_at_home(desk: Desk, tmp_path: Path) -> None:
    text = "---\ntitle: {0}\ndate: 2024-02-02\n---\n{0}\n"
    for name in ("deep", ".secret", "deep/.secret"):
        folder = desk.site / "content" / name / "within"
        folder.mkdir(parents=True)
        (folder / "entry.md").write_text(text.format(name), encoding="utf-8")
        desk.preview.change([folder])
    assert [name for name in ("deep", "secret") if name in desk.show("2024/02/02/index.html")] == ["deep"]
    (desk.site / "content" / "deep").rename(tmp_path / "away")
    desk.preview.change([desk.site / "content" / "deep"])
    assert desk.preview.find("2024/02/02/index.html") is None
    (desk.site / "content" / "deep").symlink_to(tmp_path / "away")
    desk.preview.change([desk.site / "content" / "deep"])
    assert desk.codes() == {"DG109"}
    (desk.site / "content" / "deep").unlink()
    desk.preview.change([desk.site / "content" / "deep"])
    assert not desk.codes()


def test_a_site_may_be_named_by_a_link_from_here(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link").symlink_to(desk.site)
    monkeypatch.chdir(tmp_path)
    linked = Desk(Path("link"))
    linked.open()
    for number, top in enumerate((Path("link"), tmp_path / "link", desk.site)):
        entry = top / "content" / "entry-1.md"
        entry.write_text(entry.read_text(encoding="utf-8") + f"\nIt was said {number}.\n", encoding="utf-8")
        linked.preview.change([entry])
        assert f"It was said {number}." in linked.show(PAGE)
    linked.preview.close()


def test_what_changed_before_anybody_watched_is_found(desk: Desk) -> None:
    assert desk.preview.settle(LONG)
    (desk.site / "content" / "entry-1.md").unlink()
    (desk.site / "content" / "new").mkdir()
    (desk.site / "content" / "new" / "entry.md").write_text("---\ntitle: New\ndate: 2024-02-02\n---\nNew.\n")
    (desk.site / "content" / "site.yml").write_text("title: Another desk\n")
    desk.preview.look_again()
    assert desk.preview.settle(LONG)
    assert desk.preview.find(PAGE) is None
    assert "New." in desk.show("2024/02/02/entry/index.html")
    assert "Another desk" in desk.show("index.html")


def test_the_search_is_there_once_all_is_read_and_so_is_what_lies_beside_it(desk: Desk) -> None:
    desk.write("content/static/search/mine.json", "{}")
    assert desk.preview.settle(LONG)
    index = json.loads(desk.show("search/index.json"))
    assert index["entries"] == 3
    assert "meadows" in desk.show(f"search/texts-{index['texts'][0][1]}.json")
    desk.write_entry(1, "Entirely other.")
    assert json.loads(desk.show("search/index.json"))["texts"] != index["texts"]
    mine = desk.preview.find("search/mine.json")
    assert mine is not None
    assert Path(mine.file).read_text(encoding="utf-8") == "{}"
    assert desk.preview.find("search/nothing.json") is None


def test_a_file_that_was_only_touched_changes_nothing(desk: Desk) -> None:
    assert desk.preview.settle(LONG)
    state = desk.preview.state
    desk.write_entry(1, "Bees and meadows, told by number 1.")
    desk.preview.change([desk.site / "content", desk.site / "elsewhere", Path("/nowhere")])
    assert desk.preview.settle(LONG)
    assert desk.preview.state == state


def test_who_asks_during_a_change_sees_the_site_before_or_after_it(desk: Desk) -> None:
    """Each edit gives two entries the same number: whoever asks never finds two numbers on the page of their day."""
    wrong: list[str] = []
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            shown = desk.show("2024/02/26/index.html")
            numbers = {word for word in shown.replace("<", " ").split() if word.startswith("round-")}
            if len(numbers) > 1:
                wrong.append(f"{numbers}")

    def edit(number: int) -> None:
        paths = [desk.site / "content" / f"entry-{name}.md" for name in (1, 4)]
        for name, path in zip((1, 4), paths, strict=True):
            path.write_text(f"---\ntitle: Entry {name}\ndate: 2024-02-26\n---\n\nround-{number}\n", encoding="utf-8")
        desk.preview.change(paths)

    edit(0)
    lookers: list[threading.Thread] = [threading.Thread(target=look) for _ in range(3)]
    for looker in lookers:
        looker.start()
    for number in range(20):
        edit(number)
    ended.set()
    for looker in lookers:
        looker.join()
    assert not wrong
