from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date
from pathlib import Path

from digest.formats import markdown
from digest.formats.characters import FORBIDDEN
from digest.model import Dialect, Entry
from digest.reading import Source, compile_prose, find_entry_file, parse_source, read_source


def entry(summary: str) -> Entry:
    return Entry(
        key="a.md",
        path="content/a.md",
        id="urn:uuid:0",
        title="A",
        date=date(2024, 2, 3),
        slug="a",
        body="How the text begins.",
        body_line=5,
        fingerprint=b"",
        summary=summary,
    )


def test_the_excerpt_is_how_the_text_begins() -> None:
    assert "How the text begins." in compile_prose(entry("")).excerpt


def test_what_no_page_may_hold_is_cleared_before_it_is_compiled(tmp_path: Path) -> None:
    file = tmp_path / "content/a.md"
    file.parent.mkdir()
    front = 'title: A\ndate: 2024-02-03\nsummary: "\\x02x0\\x03 $x$\\uFDD0"'
    file.write_text(f"---\n{front}\n---\nA\x02x0\x03 $x$\x0b\ufdd0\n", encoding="utf-8")
    found = find_entry_file(tmp_path, "a.md")
    source = read_source(found)
    assert isinstance(source, Source)
    read, _ = parse_source(found, source, UTC)
    assert isinstance(read, Entry)
    prose = compile_prose(read)
    held = markdown.compile_body(read.body, first_line=6)
    assert (prose.html, prose.text) == (held.html, held.text)
    assert not FORBIDDEN.search(prose.html + prose.text + prose.excerpt)
    assert prose.excerpt.count("\ufffd") == 3


def test_a_summary_of_ones_own_is_the_excerpt() -> None:
    prose = compile_prose(entry("In *short*, <script>x</script> it works."))
    assert "<em>short</em>" in prose.excerpt
    assert "script" not in prose.excerpt
    assert "How the text begins." in prose.html
    assert "short" not in prose.text


def test_the_body_as_it_was_written_is_kept_for_twins_only() -> None:
    assert compile_prose(entry(""), Dialect(twins=False)) == replace(compile_prose(entry("")), markdown="")
    assert compile_prose(entry("")).markdown == entry("").body
