"""Whatever was edited in whatever order, the output folder is what a clean build would make."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from multiprocessing.dummy import Pool
from pathlib import Path

import pytest
from built_sites import tree
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.cache import Memory
from digest.pipeline import BuildOptions, build

NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)
OPTIONS = BuildOptions(base_url="https://demo.example/repo/")

BODIES = [
    "Plain words.",
    "# A heading\n\nand $x_1 < y$ with `code`\n\n- one\n  - two\n",
    "```python\nprint('x')\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "See [the other](entry-1.md) and <script>alert(1)</script> {{ site }} {% raw %}.",
    "",
]
SETTINGS = [
    "",
    "title: Other\n",
    "home_days: 1\npage_size: 2\n",
    "author_page_entries: 1\nfeed_size: 1\n",
    "venue_page_entries: 1\nsearch: false\nscript: false\n",
    "feeds: [json]\nexports: []\nrelated_entries: 0\nstatistics: false\n",
    "language: ar\nmarkdown_twins: false\nfeed_archives: none\n",
    "theme: mine\nfold: true\n",
]
CARDS = [
    "{% macro card(entry, level=3, live=false) %}<p>{{ entry.title }}</p>{% endmacro %}",
    "{% macro card(entry, level=3, live=false) %}<i>{{ entry.title_text }}</i>{% endmacro %}",
]
LISTS = (
    "{% macro day_list(days, live=false) %}{% for group in days %}{% for entry in group.entries %}"
    "{{ once(card, entry, 3, live) }}{% endfor %}{% endfor %}{% endmacro %}\n"
)
KEPT = [b"", b"no longer what it was", b"\0" * 16 + b"{}\n"]


@dataclass(frozen=True)
class Edit:
    """One thing that happens to a site: an entry, the settings or a template is edited, or what is kept is damaged."""

    number: int
    day: int
    body: str
    tags: tuple[str, ...]
    draft: bool
    deleted: bool
    site: str | None
    venue: str = ""
    language: str = ""
    card: str | None = None
    kept: bytes | None = None

    def apply(self, site: Path) -> None:
        content = site / "content"
        content.mkdir(exist_ok=True)
        if self.card is not None:
            (site / "themes/mine/templates/_card.html").write_text(self.card + LISTS, encoding="utf-8")
            return
        if self.kept is not None:
            for path in (site / ".digest").rglob("*.kept"):
                path.write_bytes(self.kept)
            return
        if self.site is not None:
            (content / "site.yml").write_text(self.site, encoding="utf-8")
            return
        entry = content / f"entry-{self.number}.md"
        if self.deleted:
            entry.unlink(missing_ok=True)
            return
        day = date(2024, 2, 26) + timedelta(days=self.day)
        lines = ["---", f"title: Entry {self.number} with {len(self.body)} signs", f"date: {day}"]
        lines += [
            "authors: [Ada Lovelace, Alan Turing]",
            f"tags: [{', '.join(self.tags)}]",
            f"draft: {str(self.draft).lower()}",
            f"venue: {self.venue}",
            f"lang: {self.language}",
        ]
        entry.write_text("\n".join([*lines, "---", "", self.body]), encoding="utf-8")


EDITS = st.builds(
    Edit,
    number=st.integers(1, 4),
    day=st.integers(0, 6),
    body=st.sampled_from(BODIES),
    tags=st.lists(st.sampled_from(["alpha", "beta", "gamma"]), unique=True, max_size=3).map(tuple),
    draft=st.booleans(),
    deleted=st.integers(0, 4).map(lambda number: number == 0),
    site=st.one_of(st.none(), st.none(), st.none(), st.sampled_from(SETTINGS)),
    venue=st.sampled_from(["", "Journal of Beans 3 (2021)", "Journal of Beans 4 (2022)"]),
    language=st.sampled_from(["", "he"]),
    card=st.one_of(st.none(), st.none(), st.none(), st.none(), st.sampled_from(CARDS)),
    kept=st.one_of(st.none(), st.none(), st.none(), st.none(), st.sampled_from(KEPT)),
)


@given(st.lists(EDITS, min_size=1, max_size=6))
@settings(deadline=None, max_examples=12)
def test_incremental_equals_clean_and_parallel_equals_serial(
    tmp_path_factory: pytest.TempPathFactory, edits: list[Edit]
) -> None:
    home = tmp_path_factory.mktemp("site")
    (home / "themes" / "mine" / "templates").mkdir(parents=True)
    (home / "themes" / "mine" / "theme.yml").write_text("parent: default\n", encoding="utf-8")
    memory = Memory()
    for edit in edits:
        edit.apply(home)
        memory.turn()
        report = build(home, home / "output", OPTIONS, now=NOW, remember=memory.remember)
        assert not [problem for problem in report.problems if problem.severity == "error"]
    shutil.rmtree(home / ".digest", ignore_errors=True)
    with Pool(2) as pool:
        build(home, home / "clean", OPTIONS, now=NOW, run=pool.map)
    assert tree(home / "output") == tree(home / "clean")
    again = build(home, home / "output", OPTIONS, now=NOW)
    assert (again.written, again.removed) == ((), ())


def test_a_site_whose_folder_cannot_be_written_is_built_all_the_same(tmp_path: Path) -> None:
    Edit(1, 0, "Fine.", ("alpha",), draft=False, deleted=False, site=None).apply(tmp_path)
    (tmp_path / ".digest").write_text("a file where a folder should be", encoding="utf-8")
    build(tmp_path, tmp_path / "output", OPTIONS, now=NOW)
    (tmp_path / ".digest").unlink()
    build(tmp_path, tmp_path / "clean", OPTIONS, now=NOW)
    assert tree(tmp_path / "output") == tree(tmp_path / "clean")


def test_a_failing_build_leaves_the_last_one_whole(tmp_path: Path) -> None:
    good = Edit(1, 0, "Fine.", ("alpha",), draft=False, deleted=False, site=None)
    good.apply(tmp_path)
    build(tmp_path, tmp_path / "output", OPTIONS, now=NOW)
    before = tree(tmp_path / "output")
    (tmp_path / "content" / "bad.md").write_text("---\ntitle: Bad\ndate: 2024-13-45\n---\nx\n", encoding="utf-8")
    report = build(tmp_path, tmp_path / "output", OPTIONS, now=NOW)
    assert [problem.code for problem in report.problems] == ["DG102"]
    assert (report.written, tree(tmp_path / "output")) == ((), before)


def test_an_entry_of_tomorrow_is_in_no_output_until_its_day_has_come(tmp_path: Path) -> None:
    Edit(1, 0, "Now.", ("alpha",), draft=False, deleted=False, site=None).apply(tmp_path)
    Edit(2, 6, "Then.", ("beta",), draft=False, deleted=False, site=None).apply(tmp_path)
    report = build(tmp_path, tmp_path / "output", OPTIONS, now=NOW)
    assert (report.entries, report.withheld) == (1, 1)
    assert not [path for path, data in tree(tmp_path / "output").items() if b"Entry 2" in data or "beta" in path]
    build(tmp_path, tmp_path / "output", OPTIONS, now=NOW + timedelta(days=3))
    assert "2024/03/03/entry-2/index.html" in tree(tmp_path / "output")
