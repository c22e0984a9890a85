"""Plain prose as Markdown: what goes in is what a reader sees."""

from __future__ import annotations

import html
import re
import time

import markdown
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from digest.formats import plain_text

RENDERER = markdown.Markdown(
    extensions=["extra", "admonition", "sane_lists", "toc", "pymdownx.arithmatex", "pymdownx.magiclink"],
    extension_configs={"pymdownx.arithmatex": {"generic": True}},
)


def visible(source: str) -> str:
    """What a reader sees of rendered Markdown, blanks aside; math as it was written."""
    rendered = RENDERER.reset().convert(source)
    text = html.unescape(re.sub(r"<[^>]+>", "", rendered))
    return squeeze(text)


def squeeze(text: str) -> str:
    """Without blanks and without the marks around math, which differ before and after."""
    return re.sub(r"\s+|\$|\\[()\[\]]", "", text)


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("Nothing to do: 5 - 3 + 2, a_b, x*y, #1 of [34] & more (86% on 10--100).", None),
        ("We take p(y|x) and p(x, y).", None),
        ("A gap $-$ such as $f$-divergences, $a_1*b_2*c$ and $x<y$ $-$ stays.", None),
        (r"Let \(a_1\) and \(b_1*c*d\) be.", None),
        ("Let\n\n\\[b_1*c*d\\]\n\nbe.", None),
        ("See https://example.org/a_b_/_c_*d*, or www.example.org/_x_/y.", None),
        ("It costs $5 and $6 a day.", None),
        ("From $5-$6 a day.", r"From \$5-$6 a day."),
        ("two *stars* here", r"two \*stars\* here"),
        ("a * b * c", None),
        ("2*3*4", r"2\*3\*4"),
        ("_lines_ and __init__", r"\_lines\_ and \_\_init\_\_"),
        ("snake_case_name", None),
        ("``quoted'' and `code`", "&#96;&#96;quoted'' and &#96;code`"),
        ("a ``quoted'' word", "a ``quoted'' word"),
        ("# heading", r"\# heading"),
        ("> quote", r"\> quote"),
        ("- dash", r"\- dash"),
        ("+ plus", r"\+ plus"),
        ("1. one", r"1\. one"),
        ("1999. A year", r"1999\. A year"),
        ("-3 degrees", None),
        ("3.5 points", None),
        ("wrapped\n- here", "wrapped\n\\- here"),
        ("title\n---", "title\n\\---"),
        ("title\n===", "title\n&#61;=="),
        ("* * *", r"\* * *"),
        ("[x](y)", r"[x\](y)"),
        ("[x]: y", r"\[x]: y"),
        ("*[x]: y", r"\*[x]: y"),
        ("[^1]: y", r"\[^1]: y"),
        ("a | b\n--|--", "a | b\n\\--|--"),
        ("&copy; & &#169; AT&T", "&amp;copy; & &amp;#169; AT&T"),
        ("x<y and <b> and a < b", "x&lt;y and &lt;b> and a < b"),
        (r"a \* b \_ c \\ d \textit{e}", r"a \\* b \\_ c \\\ d \textit{e}"),
        (r"C:\dir", None),
        ("~~~", "&#126;~~"),
        (": definition", "&#58; definition"),
        ("!!! note", r"\!!! note"),
        ("[TOC]", r"\[TOC]"),
        ("    indented  \n\ttoo", "indented\ntoo"),
        ("one\n\n\n\ntwo\r\n\r\nthree", "one\n\ntwo\n\nthree"),
        ("", ""),
    ],
)
def test_only_marks_are_escaped(plain: str, expected: str | None) -> None:
    markdown_text = plain_text.markdown_from_plain(plain)
    assert markdown_text == (plain if expected is None else expected)
    assert visible(markdown_text) == squeeze(plain)


def test_a_list_on_purpose_is_a_list() -> None:
    plain = "We show:\n- a first\n  thing_ of_ ours;\n- a second.\nThen we stop."
    assert plain_text.markdown_from_plain(plain) == (
        "We show:\n\n- a first thing\\_ of\\_ ours;\n- a second.\n\nThen we stop."
    )
    assert plain_text.markdown_from_plain("1. one\n2. two") == "1. one\n2. two"
    assert plain_text.markdown_from_plain("• one\n• two") == "- one\n- two"


@pytest.mark.parametrize("plain", ["a\n- b\n- c", "We saw:\n2. b\n3. c", "We saw:\n- b", "We saw:\n1. a\n3. b"])
def test_a_list_by_accident_is_none(plain: str) -> None:
    assert "<li>" not in RENDERER.reset().convert(plain_text.markdown_from_plain(plain))


def test_an_address_can_be_clicked() -> None:
    text = "The code (https://example.org/a_b/~c) and www.example.org/d_e_f."
    rendered = RENDERER.reset().convert(plain_text.markdown_from_plain(text))
    assert re.findall(r'href="([^"]+)"', rendered) == ["https://example.org/a_b/~c", "http://www.example.org/d_e_f"]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("$a$ and $$b$$", ["$a$", "$$b$$"]),
        ("$5 and $6 and $7$8", []),
        ("$18.65$ to $15.94$", ["$18.65$", "$15.94$"]),
        (r"\(a\) \[b\] \(c", [r"\(a\)", r"\[b\]"]),
        (r"\$5 and $x\$y$", [r"$x\$y$"]),
        (r"\begin{align*}a\\b\end{align*} \begin{x}", [r"\begin{align*}a\\b\end{align*}"]),
        ("$$\na\n+b\n$$", ["$$\na\n+b\n$$"]),
        ("$a\n\nb$", []),
        ("costs $3 million, or 4$ now", []),
        ("it takes $\\approx$7 hours and 224$\\times$224 beds", ["$\\approx$", "$\\times$"]),
    ],
)
def test_math_is_found(text: str, spans: list[str]) -> None:
    assert [text[start:end] for start, end in plain_text.find_math(text)] == spans


MARKS = (
    *"*_`<>#+-.![](){}|&~=:;\\/$'\"^%@?1 \n",
    *("\n\n", "\n    ", "ab", "word ", "1. ", "- ", "](", "]:", "``", "**", "```", "---", "|-|", "\\(", "\\)"),
    *("&lt;", "https://x.org/a_b ", "$x_1$", "<b>", "<!--", "[x]", "[^1]", "{#a}", "{: .b}", "Dr. "),
)


@settings(deadline=None, max_examples=250)
@given(st.lists(st.sampled_from(MARKS), max_size=14).map("".join))
@example("a*b\n*c")
@example("```\nx\n```")
@example("$a\\$b")
def test_a_reader_sees_every_sign(plain: str) -> None:
    # Math is left alone, so that what HTML makes of its signs is not our matter.
    assume(not any(set("&<`") & set(plain[start:end]) for start, end in plain_text.find_math(plain)))
    # The renderer of this test knows `\\[` at the start of a paragraph only.
    assume(not any(plain.startswith("\\[", start) and start for start, _ in plain_text.find_math(plain)))
    rendered = visible(plain_text.markdown_from_plain(plain))
    # A list on purpose shows its marks as bullets and numbers, which are no text.
    if not any(len(list(re.finditer(rf"(?m)^\s*{mark}\s", plain))) > 1 for mark in (r"[-*+]", r"\d+\.")):
        assert rendered == squeeze(plain)


@pytest.mark.parametrize(
    "text",
    [
        *("\\(" * 100_000, "\\[ x " * 50_000, "\\begin{a}" * 30_000, "\\(" * 50_000 + "\\\\\\)", "$" * 100_000),
        *("http://" + ")" * 100_000, "http://" * 30_000, "a\n" + "|" * 100_000 + "x", "a\n" + "| " * 50_000 + "x"),
    ],
)
def test_openers_without_closers_take_no_quadratic_time(text: str) -> None:
    start = time.process_time()
    plain_text.markdown_from_plain(text)
    assert time.process_time() - start < 4  # a quadratic search takes minutes


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        (r"\(a \[b\] c", [r"\[b\]"]),
        (r"\(\) \(a\)", [r"\(a\)"]),
        (r"\(a \\\) \(b\)", [r"\(a \\\)", r"\(b\)"]),
        ("\\(a\n\n\\(b\\)", [r"\(b\)"]),
        (r"\begin{a}x\begin{b}y\end{b}", [r"\begin{b}y\end{b}"]),
    ],
)
def test_a_formula_that_nothing_closes_hides_no_other(text: str, spans: list[str]) -> None:
    assert [text[start:end] for start, end in plain_text.find_math(text)] == spans
