from __future__ import annotations

from dataclasses import replace
from datetime import date

from digest.model import Dialect, Entry
from digest.reading import compile_prose


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


def test_a_summary_of_ones_own_is_the_excerpt() -> None:
    prose = compile_prose(entry("In *short*, <script>x</script> it works."))
    assert "<em>short</em>" in prose.excerpt
    assert "script" not in prose.excerpt
    assert "How the text begins." in prose.html
    assert "short" not in prose.text


def test_the_body_as_it_was_written_is_kept_for_twins_only() -> None:
    assert compile_prose(entry(""), Dialect(twins=False)) == replace(compile_prose(entry("")), markdown="")
    assert compile_prose(entry("")).markdown == entry("").body
