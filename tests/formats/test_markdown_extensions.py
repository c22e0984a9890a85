"""What extends Markdown sees every body, and adds nothing that an author may not write."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import given, settings
from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from test_straight import _RICH

from digest.formats import markdown
from digest.formats.markdown_extensions import MarkdownExtension

HOSTILE = (
    '<script>alert(1)</script><p onclick="x()" style="color:red" id="top" class="note note-big notes theme">a</p>'
    '<a href="javascript:x()">b</a><iframe src="https://x.org"></iframe><form><input></form>'
)


class Idle(Extension):
    """Changes nothing."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - as the library calls it
        """Add nothing."""


class Upper(Extension):
    """Changes the text of a body before all else."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - as the library calls it
        """Add it."""

        class Shout(Preprocessor):
            def run(self, lines: list[str]) -> list[str]:
                return [line.upper() for line in lines]

        md.preprocessors.register(Shout(md), "shout", 100)


class Hostile(Extension):
    """Writes what nobody may write."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - as the library calls it
        """Add it."""

        class Attack(Postprocessor):
            def run(self, text: str) -> str:
                return text + HOSTILE

        class Mark(Treeprocessor):
            def run(self, root: Element) -> None:
                SubElement(root, "p", {"class": "note-end stolen", "onload": "x()"}).text = "end"

        md.postprocessors.register(Attack(md), "attack", 0)
        md.treeprocessors.register(Mark(md), "mark", 0)


def compile_with(body: str, *kinds: type[Extension]) -> str:
    extensions = tuple(MarkdownExtension("note", kind) for kind in kinds)
    return markdown.compile_body(body, first_line=1, extensions=extensions).html


@settings(deadline=None, max_examples=60)
@given(_RICH)
def test_one_that_changes_nothing_changes_nothing(body: str) -> None:
    alone = markdown.compile_body(body, first_line=1)
    assert markdown.compile_body(body, first_line=1, extensions=(MarkdownExtension("idle", Idle),)) == alone


@pytest.mark.parametrize("body", ["plain", "*so*", "a $x$ b", "- one\n- two", "## head"])
def test_the_plainest_body_is_seen(body: str) -> None:
    assert "PLAIN" in compile_with("plain", Upper)
    assert compile_with(body, Upper) == markdown.compile_body(body.upper(), first_line=1).html


def test_nothing_hostile_gets_through() -> None:
    assert compile_with("Text.", Hostile) == (
        '<p>Text.</p>\n<p class="note-end">end</p><p class="note note-big">a</p><a>b</a>'
    )


def test_a_class_of_an_author_is_kept_only_where_an_extension_is_called_so() -> None:
    body = '<div class="note x notes">a</div>'
    assert '<div class="note">' in compile_with(body, Idle)
    assert "class" not in compile_with(body)


def test_an_excerpt_and_a_summary_are_extended_too() -> None:
    extensions = (MarkdownExtension("note", Upper),)
    assert markdown.compile_body("plain", first_line=1, extensions=extensions).excerpt == "<p>PLAIN</p>"
    assert markdown.compile_excerpt("plain", first_line=1, extensions=extensions)[0] == "<p>PLAIN</p>"


def test_what_makes_no_extension_is_told() -> None:
    with pytest.raises(TypeError, match="it made a str, which is no extension"):
        markdown.compile_body("a", first_line=1, extensions=(MarkdownExtension("x", str),))
