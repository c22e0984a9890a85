"""What readers hold a feed by stays: ids for ever, bytes as long as nothing changes, archives as entries come."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import pytest
from built_sites import NOW

from digest.pipeline import BuildOptions, build

FEEDS = ("feed.xml", "atom.xml", "days.xml", "days-atom.xml", "tags/graphs/feed.xml", "tags/graphs/atom.xml")
HEAD = "---\ntitle: {title}\ndate: {day}\nid: {name}\ntags: [graphs]\n---\n\n"
HOSTILE = {
    "closes": "Ends ]]> here and ]]]]> there -- twice, `]]>` in code",
    "markup": "&nbsp;&amp;nbsp; &lt;script&gt; <script>alert(1)</script> <b onclick=x>bold</b> {{ x }} </item></entry>",
    "right": "نص عربي \u202eكتاب\u202c ثم English \u200f ثم",
    "relative": "[a](//host.example/x) [b](?q=1) [c](#here) [d]() ![e](data:image/png;base64,AA==)",
    "large": "word " * 20_000,
    "math": "If $a < b \\& c$ then $$\\sum_{i=0}^n x_i \\geq \\frac{1}{2}$$",
    "nothing": "",
}


def write_site(site: Path, count: int, **settings: object) -> None:
    content = site / "content"
    content.mkdir(parents=True, exist_ok=True)
    (content / "site.yml").write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in settings.items()))
    for number in range(count):
        text = HEAD.format(
            title=f"Entry {number}", day=f"2024-{number // 28 + 1:02d}-{number % 28 + 1:02d}", name=f"urn:x:{number}"
        )
        (content / f"entry-{number}.md").write_text(f"{text}Text {number}.\n", encoding="utf-8")


def build_files(site: Path, output: Path, **options: Any) -> dict[str, bytes]:
    report = build(site, output, BuildOptions(**options), now=NOW)
    assert [problem for problem in report.problems if problem.severity == "error"] == []
    found = [path for pattern in ("*.xml", "*.json", "*.opml") for path in output.rglob(pattern)]
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in found}


def guids(files: dict[str, bytes]) -> dict[str, list[str]]:
    found = {name: [entry.id for entry in feedparser.parse(files[name]).entries] for name in FEEDS}
    for name in ("feed.json", "days.json"):
        found[name] = [item["id"] for item in json.loads(files[name])["items"]]
    return found


def change_slugs(site: Path) -> None:
    for path in (site / "content").glob("entry-*.md"):
        path.write_text(path.read_text("utf-8").replace("\ntags:", f"\nslug: moved-{path.stem}\ntags:"), "utf-8")


def change_titles(site: Path) -> None:
    for path in (site / "content").glob("entry-*.md"):
        path.write_text(path.read_text("utf-8").replace("title: Entry", "title: Renamed"), "utf-8")
    with (site / "content" / "site.yml").open("a", encoding="utf-8") as settings:
        settings.write("title: Another name\n")


def move_files(site: Path) -> None:
    (site / "content" / "deep").mkdir()
    for path in (site / "content").glob("entry-*.md"):
        path.rename(path.parent / "deep" / f"other-{path.name}")


@pytest.mark.parametrize("change", [change_slugs, change_titles, move_files], ids=lambda change: change.__name__)
def test_guids_survive(change: Callable[[Path], None], tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(site, 12, feed_size=5)
    before = guids(build_files(site, tmp_path / "before"))
    assert len(before["feed.xml"]) == 7
    change(site)
    after = guids(build_files(site, tmp_path / "after"))
    if change is change_titles:  # nothing else orders entries of one time
        assert {name: sorted(found) for name, found in after.items()} == {n: sorted(f) for n, f in before.items()}
    else:
        assert after == before


def test_guids_survive_another_address(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(site, 12, feed_size=5)
    before = build_files(site, tmp_path / "before")
    after = build_files(site, tmp_path / "after", base_url="https://elsewhere.example/deep/")
    assert guids(after) == guids(before)
    assert b"localhost" not in b"".join(after.values())


def test_nothing_changes_where_nothing_changed(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(site, 12, feed_size=5)
    first = build_files(site, tmp_path / "output")
    again = build(site, tmp_path / "output", BuildOptions(), now=NOW.replace(year=2030))
    assert again.written == ()
    assert build_files(site, tmp_path / "other") == first


def test_archives_are_the_same_bytes_when_entries_come(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(site, 28, feed_size=4, feed_archives="all")
    before = build_files(site, tmp_path / "output")
    write_site(site, 40, feed_size=4, feed_archives="all")
    after = build_files(site, tmp_path / "output")
    archives = [name for name in before if re.search(r"feeds/.+-[0-9]+\.", name)]
    assert len(archives) > 20
    changed = {name for name in archives if before[name] != after[name]}
    # The newest archive of each feed gets a link to the one that came; JSON Feed has none.
    assert changed == {name for name in archives if name.endswith("-6.xml")}
    for name in changed:
        lines = set(after[name].splitlines()) ^ set(before[name].splitlines())
        assert all(b"next-archive" in line for line in lines)


def test_whatever_stands_in_the_texts_the_feeds_are_valid_and_whole(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(site, 0, title="A <b>& B ]]>", description="x ]]> &nbsp; <i>", license="CC & <co>", author="A & B")
    for number, (name, text) in enumerate(HOSTILE.items()):
        head = HEAD.format(title=json.dumps(f"{name} {text[:300] or 'x'}"), day=f"2024-01-{number + 1:02d}", name=name)
        (site / "content" / f"{name}.md").write_text(f"{head}{text}\n", encoding="utf-8")
    front = 'title: "a\\x01b\\uFFFEc"\ndate: 2024-01-31\nid: "\\u00e4"\nauthors: ["x\\x02"]\n'
    escapes = f"---\n{front}---\n\nBad: \ufdd0 \ufffe.\n"
    (site / "content" / "escapes.md").write_text(escapes, encoding="utf-8")
    files = build_files(site, tmp_path / "output")
    for name in FEEDS:
        parsed = feedparser.parse(files[name])
        assert parsed.bozo == 0
        assert len(parsed.entries) == len(HOSTILE) + (not name.startswith("tags"))
    items = {item["title"].split()[0]: item for item in json.loads(files["feed.json"])["items"]}
    assert items["large"]["content_html"].count("word") == 20_000
    assert "]]&gt;" in items["closes"]["content_html"]
    assert 'href="https://host.example/x"' in items["relative"]["content_html"]
    assert "<math" in items["math"]["content_html"]
    assert "<script" not in items["markup"]["content_html"]
    rss = feedparser.parse(files["feed.xml"]).entries
    assert {entry.id for entry in rss} == {item["id"] for item in items.values()}


def test_a_site_that_wants_no_feeds_has_none(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(site, 3, feeds=[])
    files = build_files(site, tmp_path / "output")
    assert not [name for name in files if re.search(r"(?:feed|atom|days|feeds)[\w-]*\.(?:xml|json|opml)$", name)]
    pages = [path.read_text("utf-8") for path in (tmp_path / "output").rglob("*.html")]
    assert len(pages) > 5
    assert not [page for page in pages if "subscribe" in page.lower() or "feed" in page.lower()]


def test_a_link_in_another_script_is_no_fault_of_a_feed(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(site, 0)
    head = HEAD.format(title="Far", day="2024-01-31", name="urn:x:far")
    links = 'links: {paper: "https://é.example/模型", code: "/ü.pdf"}\nsource: https://é.example/ü\n'
    text = head.replace("tags:", f"{links}tags:") + "[x](https://é.example/模型?ö#ß)\n"
    (site / "content" / "far.md").write_text(text, encoding="utf-8")
    item = json.loads(build_files(site, tmp_path / "output")["feed.json"])["items"][0]
    assert item["external_url"] == "https://xn--9ca.example/%E6%A8%A1%E5%9E%8B"
