"""What lies under content/, found and opened."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path

import pytest

from digest.model import Problem, StaticFile
from digest.reading.files import Source, fingerprint_source, read_source, static_file
from digest.reading.scanning import UNSEEN, ScannedFile, find_file, look_at_file, scan_content, take_seen
from digest.sealing import Sight


def lay(site: Path, *keys: str) -> Path:
    for key in keys:
        path = site / "content" / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(key.encode())
    return site


def keys_of(site: Path) -> list[str]:
    files, problems = scan_content(site)
    assert problems == ()
    return [file.key for file in files]


def faults_of(site: Path) -> list[tuple[str, str]]:
    return [(problem.span.path, problem.message) for problem in scan_content(site)[1] if problem.span]


def test_every_file_is_found_with_how_it_looks(tmp_path: Path) -> None:
    lay(tmp_path, "site.yml", "b.md", "a/b.md", "a-b.md", "é.md", "static/x.png", "pages/p.md", ".hidden/x.md")
    files, _ = scan_content(tmp_path)
    assert [file.key for file in files] == [
        "a-b.md", "a/b.md", "b.md", "pages/p.md", "site.yml", "static/x.png", "é.md",
    ]  # fmt: skip
    for file in files:
        status = (tmp_path / file.shown).stat()
        assert file.path == str(tmp_path / "content" / file.key)
        assert file.stamp == (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


@pytest.mark.parametrize(
    ("key", "markdown", "entry", "static"),
    [
        ("a.md", True, True, False),
        ("a/b.MarkDown", True, True, False),
        ("pages/a.md", True, False, False),
        ("static/a.md", False, False, True),
        ("site.yml", False, False, False),
        ("static", False, False, False),
    ],
)
def test_what_a_file_is_shows_in_its_key(key: str, markdown: bool, entry: bool, static: bool) -> None:
    file = ScannedFile(key, "")
    assert (file.is_markdown, file.is_entry, file.is_static) == (markdown, entry, static)


def test_a_link_looks_as_what_it_leads_to(tmp_path: Path) -> None:
    lay(tmp_path, "a.md")
    (tmp_path / "content/b.md").symlink_to("a.md")
    one, other = scan_content(tmp_path)[0]
    assert one.stamp == other.stamp


def test_folders_may_be_deeper_than_calls(tmp_path: Path) -> None:
    lay(tmp_path, "a.md")
    folders = [tmp_path / "content"]
    for _ in range(1_200):
        folders.append(folders[-1] / "d")
        folders[-1].mkdir()
    try:
        assert keys_of(tmp_path) == ["a.md"]
    finally:
        for folder in folders[:0:-1]:  # whoever clears up may not get so deep
            folder.rmdir()


def test_content_that_lies_elsewhere_is_refused(tmp_path: Path) -> None:
    lay(tmp_path / "other", "a.md")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/content").symlink_to("../other/content")
    assert scan_content(tmp_path / "site")[0] == ()
    assert faults_of(tmp_path / "site") == [("content", "a link that leaves the site")]


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    lay(tmp_path, "a.md")
    os.mkfifo(tmp_path / "content/b.md")
    (tmp_path / "content/c.md").symlink_to("/dev/zero")
    (tmp_path / "content/d.md").symlink_to("nowhere")
    (tmp_path / "content/e").symlink_to("/dev/null")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(tmp_path / "content/f.md"))
        assert faults_of(tmp_path) == [
            ("content/b.md", "neither a file nor a folder"),
            ("content/c.md", "a link that leaves the site"),
            ("content/d.md", "a link that leads nowhere"),
            ("content/e", "a link that leaves the site"),
            ("content/f.md", "neither a file nor a folder"),
        ]


def test_settings_that_are_no_file_are_told_of_where_they_are_read(tmp_path: Path) -> None:
    lay(tmp_path, "a.md")
    os.mkfifo(tmp_path / "content/site.yml")
    assert keys_of(tmp_path) == ["a.md"]
    assert isinstance(find_file(tmp_path, "site.yml"), Problem)


@pytest.mark.parametrize("what", ["pipe", "folder", "nothing"])
def test_what_took_the_place_of_a_file_is_not_waited_for(tmp_path: Path, what: str) -> None:
    (entry, image), _ = scan_content(lay(tmp_path, "a.md", "static/x.png"))
    for file in (entry, image):
        Path(file.path).unlink()
        if what == "pipe":
            os.mkfifo(file.path)
        elif what == "folder":
            Path(file.path).mkdir()
    found: list[object] = []
    reader = threading.Thread(target=lambda: found.extend((read_source(entry), static_file(image))), daemon=True)
    reader.start()
    reader.join(10)
    assert [each.code for each in found if isinstance(each, Problem)] == ["DG109", "DG109"]


def test_a_file_is_read_whole_and_known_by_bytes_and_place(tmp_path: Path) -> None:
    text = bytes(range(256)) * 1_000
    file, _ = scan_content(lay(tmp_path, "a.md", "b.md"))[0]
    Path(file.path).write_bytes(text)
    assert read_source(file) == Source(text, fingerprint_source("a.md", text))
    Path(file.path).write_bytes(text[:-1])  # less than there was, and nothing, if somebody cuts it meanwhile
    assert read_source(file._replace(stamp=file.stamp._replace(size=len(text)))) == Source(
        text[:-1], fingerprint_source("a.md", text[:-1])
    )
    Path(file.path).write_bytes(b"")
    assert read_source(file) == read_source(file._replace(stamp=UNSEEN)) == Source(b"", fingerprint_source("a.md", b""))
    assert len({fingerprint_source(*given) for given in [("a", b"x"), ("a", b"y"), ("b", b"x")]}) == 3


def test_a_static_file_is_not_held_in_memory(tmp_path: Path) -> None:
    image, robots = scan_content(lay(tmp_path, "static/images/x.png", "static/robots.txt"))[0]
    made = static_file(image)
    assert isinstance(made, StaticFile)
    assert (made.url, made.data, made.path, len(made.fingerprint)) == ("/images/x.png", b"", image.path, 16)
    Path(image.path).write_bytes(b"other")
    assert static_file(image) != made
    assert static_file(image, made.fingerprint) == made
    # Planning reads this one.
    kept = static_file(robots, b"known")
    assert isinstance(kept, StaticFile)
    assert kept.data == b"static/robots.txt"


@pytest.mark.parametrize(
    "keys",
    [
        (),
        ("site.yml", "b.md", "a/b.md", "a-b.md", "a/b/c.md", "ab/c.md", "static/x.png", "pages/p.md"),
        (".hidden/x.md", ".hidden.md", "a/.hidden", "static/.well-known/x", "static/.nojekyll"),
    ],
)
def test_what_was_just_seen_need_not_be_scanned(tmp_path: Path, keys: tuple[str, ...]) -> None:
    lay(tmp_path, *keys)
    lay(tmp_path / "themes", "x.md")
    sight = Sight([f"{tmp_path}/content", f"{tmp_path}/themes"])
    assert not sight.odd
    assert take_seen(tmp_path, sight.list_files(f"{tmp_path}/content")) == scan_content(tmp_path)[0]


def test_names_in_other_letters_are_scanned(tmp_path: Path) -> None:
    lay(tmp_path, "a.md", "é.md")
    assert take_seen(tmp_path, Sight([f"{tmp_path}/content"]).list_files(f"{tmp_path}/content")) is None


def test_who_does_not_look_finds_the_same_files(tmp_path: Path) -> None:
    lay(tmp_path, "b.md", "a/b.md", "static/x.png", "é.md")
    (tmp_path / "content" / "lost.md").symlink_to("nowhere.md")
    files, problems = scan_content(tmp_path)
    unseen, faults = scan_content(tmp_path, look=False)
    assert (unseen[0].stamp, faults) == (UNSEEN, problems)
    assert tuple(map(look_at_file, unseen)) == files
    assert look_at_file(ScannedFile("c.md", str(tmp_path / "content" / "c.md"))).stamp == UNSEEN
