"""Everything under content/."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from digest.model import PageFile, Settings
from digest.reading import Content, compile_prose, read_content
from digest.reading.pages import url_of_page

ENTRY = "---\ntitle: A\ndate: 2020-01-02\n---\n\nText.\n"


def lay(site: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = site / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return site


def test_a_site_without_content_is_empty(tmp_path: Path) -> None:
    assert read_content(tmp_path, Settings()) == Content()
    assert Content().entries == ()


def test_entries_lie_at_any_depth_and_come_by_key(tmp_path: Path) -> None:
    lay(
        tmp_path, {"b.md": ENTRY, "2020/01/02/x.md": ENTRY, "a/deep/er.MD": ENTRY, "a-b.md": ENTRY, "z.markdown": ENTRY}
    )
    content = read_content(tmp_path, Settings())
    assert [entry.key for entry in content.entries] == [
        "2020/01/02/x.md", "a-b.md", "a/deep/er.MD", "b.md", "z.markdown",
    ]  # fmt: skip
    assert content.entries[0].path == "content/2020/01/02/x.md"
    assert (len(content.entries), content.problems) == (5, ())


def test_hidden_files_and_what_is_not_markdown_are_passed_over(tmp_path: Path) -> None:
    lay(tmp_path, {".draft.md": ENTRY, ".git/x.md": ENTRY, "site.yml": "", "words.yml": "a: [b]", "2020/fig.png": "x"})
    assert read_content(tmp_path, Settings()) == Content()


def test_static_files_are_taken_as_they_are(tmp_path: Path) -> None:
    files = {"static/a b.css": "a", "static/deep/x.md": "no entry", "static/.well-known/x": "", "static/.DS_Store": ""}
    lay(tmp_path, files)
    (tmp_path / "content/static/raw.bin").write_bytes(b"\xff\x00\r\n")
    static = read_content(tmp_path, Settings()).static
    assert [(file.url, Path(file.path).read_bytes()) for file in static] == [
        ("/.well-known/x", b""),
        ("/a b.css", b"a"),
        ("/deep/x.md", b"no entry"),
        ("/raw.bin", b"\xff\x00\r\n"),
    ]


@pytest.mark.parametrize(
    ("text", "title", "body", "line"),
    [
        ("---\ntitle: Who\nlang: de\n---\n\n# We\n", "Who", "# We", 6),
        ("# Who we are #\n\n\nText.\n", "Who we are", "Text.", 4),
        ("---\ndescription: x\n---\n# Who\nText.\n", "Who", "Text.", 5),
        ("Text.\n\n# Later\n", "About us", "Text.\n\n# Later", 1),
        ("#hashtag\n", "About us", "#hashtag", 1),
        ("", "About us", "", 1),
    ],
)
def test_a_page_has_a_title(tmp_path: Path, text: str, title: str, body: str, line: int) -> None:
    content = read_content(lay(tmp_path, {"pages/about-us.md": text}), Settings())
    assert content.problems == ()
    assert content.entries == ()
    page = content.pages[0]
    assert (page.title, page.body, page.body_line, page.url) == (title, body, line, "/about-us/")


def test_a_draft_of_a_page_stays_at_home(tmp_path: Path) -> None:
    lay(tmp_path, {"pages/about.md": "---\ntitle: A\ndraft: true\n---\n"})
    assert read_content(tmp_path, Settings()) == Content()


@pytest.mark.parametrize(
    ("key", "url"),
    [
        ("pages/about.md", "/about/"),
        ("pages/FAQ_1.md", "/FAQ_1/"),
        ("pages/About Me!.md", "/about-me/"),
        ("pages/a.b.md", "/a-b/"),
        ("pages/team/index.md", "/team/"),
        ("pages/team/ada.md", "/team/ada/"),
        ("pages/index.md", "/index/"),
    ],
)
def test_the_address_of_a_page_is_its_name(key: str, url: str) -> None:
    assert url_of_page(key) == url


def test_links_within_the_site_are_followed(tmp_path: Path) -> None:
    lay(tmp_path, {"a.md": ENTRY})
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts/d.md").write_text(ENTRY)
    (tmp_path / "content/drafts").symlink_to("../drafts")
    (tmp_path / "content/b.md").symlink_to("a.md")
    content = read_content(tmp_path, Settings())
    assert [entry.key for entry in content.entries] == ["a.md", "b.md", "drafts/d.md"]
    assert content.problems == ()


@pytest.mark.parametrize("target", ["/etc", "..", ".", "../..", "loop", "../content"])
def test_links_out_of_the_site_or_back_are_not_followed(tmp_path: Path, target: str) -> None:
    site = lay(tmp_path / "site", {"a.md": ENTRY})
    (site / "content/loop").symlink_to(target)
    content = read_content(site, Settings())
    assert [problem.code for problem in content.problems] == ["DG109"]
    assert len(content.entries) == 1


def test_two_links_may_lead_to_one_folder(tmp_path: Path) -> None:
    lay(tmp_path, {"real/a.md": ENTRY})
    for name in ("one", "two"):
        (tmp_path / "content" / name).symlink_to("real")
    content = read_content(tmp_path, Settings())
    assert [entry.key for entry in content.entries] == ["one/a.md", "real/a.md", "two/a.md"]


def test_links_that_lead_to_one_another_end(tmp_path: Path) -> None:
    lay(tmp_path, {"one/a.md": ENTRY, "two/b.md": ENTRY})
    (tmp_path / "content/one/other").symlink_to("../two")
    (tmp_path / "content/two/other").symlink_to("../one")
    content = read_content(tmp_path, Settings())
    assert {problem.code for problem in content.problems} == {"DG109"}
    assert len(content.entries) == 4


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_not_text_is_told_of(tmp_path: Path) -> None:
    lay(tmp_path, {"a.md": ENTRY})
    try:
        (tmp_path / os.fsdecode(b"content/caf\xe9.md")).write_text(ENTRY)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    content = read_content(tmp_path, Settings())
    assert [(problem.code, problem.span and problem.span.path) for problem in content.problems] == [
        ("DG109", "content/caf\\xe9.md")
    ]


def test_bodies_are_compiled_with_their_place(tmp_path: Path) -> None:
    content = read_content(lay(tmp_path, {"a.md": ENTRY, "pages/p.md": "# P\n\n[x](y.md)\n"}), Settings())
    assert "Text." in compile_prose(content.entries[0]).html
    page = content.pages[0]
    assert isinstance(page, PageFile)
    assert [(link.target, link.line) for link in compile_prose(page).links] == [("y.md", 3)]
