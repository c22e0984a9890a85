"""reStructuredText as HTML: what it says stays, formulas and code as such, and no file is opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats.html_to_markdown import render_markdown
from digest.formats.restructured_text import read_restructured

TITLED = "On Beans\n########\n\n:date: 2019-01-02\n:Tags: a, b\n\n"


def body_of(text: str) -> str:
    return render_markdown(read_restructured(text).html)


def test_title_and_fields() -> None:
    read = read_restructured(f"{TITLED}.. a remark\n\nBeans grow.\n\nWhy\n===\n\nSun.\n")
    assert (read.title, read.line) == ("On Beans", 1)
    assert [(field.name, field.value, field.line) for field in read.fields] == [
        ("date", "2019-01-02", 4),
        ("tags", "a, b", 5),
    ]
    assert read.remarks == ((7, "a remark"),)
    assert render_markdown(read.html) == "Beans grow.\n\n## Why\n\nSun."


def test_a_title_is_the_only_heading_of_its_rank_or_has_fields() -> None:
    assert read_restructured("One\n===\n\na\n\nTwo\n===\n\nb\n").title == ""
    assert read_restructured("One\n===\n\n:date: 2019\n\na\n\nTwo\n===\n\nb\n").title == "One"
    assert read_restructured("Beans grow.\n\nOne\n===\n\na\n").title == ""


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Bean :math:`x_1 < \\frac{1}{2}` grows.", "Bean $x_1 < \\frac{1}{2}$ grows."),
        (".. math::\n\n   a &= b \\\\\n   c &= d", None),
        (".. code-block:: python\n   :linenos:\n   :emphasize-lines: 2\n\n   x = '<'\n", "```python\nx = '<'\n```"),
        ("So::\n\n   a * b\n", "So:\n\n```\na * b\n```"),
        ("Use ``a * b`` and `beans <https://example.org>`_ and beans_.\n\n.. _beans: /b\n", None),
        (".. image:: a.png\n   :alt: A bean\n", "![A bean](a.png)"),
        (".. youtube:: abc\n", "```\n.. youtube:: abc\n```"),
        (".. raw:: html\n\n   <script>x</script>\n", "```\n.. raw:: html\n\n   <script>x</script>\n```"),
        (".. contents::\n\nBeans grow.", "Beans grow."),
        ("Broken `role`_ and :odd:`text`.", None),
    ],
)
def test_what_becomes_of_it(text: str, markdown: str | None) -> None:
    written = body_of(f"{TITLED}{text}\n")
    if markdown is not None:
        assert written == markdown
    for word in ("frac", "a &= b", "a * b", "role", "text", "example.org", "/b"):
        assert (word in text) <= (word in written)


def test_what_cannot_be_read_is_told() -> None:
    assert read_restructured(f"{TITLED}.. youtube:: abc\n").faults == ((7, 'Unknown directive type "youtube".'),)
    assert [message for _, message in read_restructured("A `target`_.").faults] == ['Unknown target name: "target".']
    assert read_restructured("Short\n==\n\nBeans grow.").faults == ()


@pytest.mark.parametrize(
    "text",
    [
        ".. include:: {}\n",
        ".. raw:: html\n   :file: {}\n",
        ".. csv-table::\n   :file: {}\n",
        ".. literalinclude:: {}\n",
        ".. image:: {}\n   :loading: embed\n",
        ".. figure:: {}\n   :loading: embed\n   :scale: 50\n\n   A bean\n",
        "|x|\n\n.. |x| image:: {}\n   :loading: embed\n",
        ".. code::\n   :file: {}\n",
    ],
)
def test_no_file_is_opened(text: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>hidden</text></svg>', encoding="utf-8")
    assert "hidden" not in read_restructured(text.format(secret)).html


@pytest.mark.parametrize(
    "text",
    [
        "*a " * 20_000,
        "`a " * 20_000,
        "|a " * 20_000,
        "a" * 200_000,
        "\n".join(" " * depth + "a" for depth in range(1_200)),
    ],
    ids=["emphasis", "roles", "substitutions", "one line", "nesting"],
)
def test_what_would_take_minutes_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"docutils reads|nested too deep"):
        read_restructured(text)


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("ab *`|_:.=-\n<>[]"), max_size=80))
def test_every_text_can_be_read(text: str) -> None:
    read = read_restructured(f"Beans\n\n{text}\n\nGrow.\n")
    assert "Beans" in read.html + read.title


@pytest.mark.parametrize("piece", ["a:", "\\'", "=3D", "=?utf-8?q?"])
def test_a_word_that_docutils_would_try_at_every_sign_is_refused(piece: str) -> None:
    with pytest.raises(ValueError, match="docutils"):
        read_restructured(piece * (50_000 // len(piece)))


def test_a_picture_within_the_text_is_read() -> None:
    assert "data:image/png" in read_restructured(f".. image:: data:image/png;base64,{'abCD1+/' * 8_000}==\n").html
