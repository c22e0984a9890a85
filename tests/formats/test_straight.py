"""The straight way of a body gives what the long way gives, or gives up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import markdown
from digest.formats.stash import Stash
from digest.formats.straight import read_plain

# Pieces of near-plain text, and what makes it not so plain.
_WORDS = [
    "word", "A sentence.", "of", "é", "10", "12.", "1984. A novel", "(e.g.,", "“so”", "it's", "C#", "a_b",
    "snake_case_x", "x < y", "a<b", "AT&T", "&amp;", "&copy", "~24", "~~", "~~x~~", "2 * 3", "5*3", "**bold**", "*em*",
    "**Idea:**", "*a **b** c*", "***x***", "_x_", "__x__", "`code`", "`a b`", "``x`y``", "`", "$x$", "$a_t \\in b$",
    "$5", "$$y$$", "$$", "\\(z\\)", "\\*", "\\_", "\\[1\\]", "\\\\", "\\\"o", "\\&amp;", "\\<", "\\>", "\\&",
    "\\`", "[1]", "[a]",
    "[a](https://x.org/b_c)", "[*a*](http://x.org)", "[a `b`](https://x.org)", "[a](b.md)",
    "[a](https://x.org/?a=1&b=2 \"t\")", "![a](https://x.org/a.png)", "[^1]", "[a][b]", "https://x.org/a_b",
    "http://x.org:80/(a)", "https://x.org/?a=b&c=d,", "]( b )", "<https://x.org>", "<b>x</b>", "<br>", "<unk>",
    "[[a](https://x.org)]", "](", "[", "]", "!", "*", "**", "_", "|", ":", "-", "#", "a  ", "\u00a0", "\u3000",
    "\u2028", "\t",
]  # fmt: skip
_STARTS = [
    "", "", "", "", "- ", "* ", "+ ", "  - ", "    - ", "        * ", " - ", "   ", "    ", "1. ", "2. ", "1) ",
    "3.", "10. ", "# ", "## ", "### ", "####### ", "#", "> ", "```", "```python", "~~~", "$$", "$$\n", "\\[", "---",
    "***", "===", "--", "-", "| a | b |\n|---|---|\n", "- | -", "[a]: ", "[^1]: ", "- [ ] ", "- [x] ", "- # ",
    "- - ", "-  ", "-      ", "<div>", "01. ",
]  # fmt: skip
_ENDS = ["", "", "", " ", "  ", " #", " ##", "\\", "$$"]
_BREAKS = ["\n", "\n", "\n\n", "\n\n\n", "\n \n", "\r\n", "\n   \n"]

_LINES = st.builds(
    lambda start, words, end, rest: start + " ".join(words) + end + rest,
    st.sampled_from(_STARTS),
    st.lists(st.one_of(st.sampled_from(_WORDS), st.sampled_from(["word", "and", "so."])), max_size=6),
    st.sampled_from(_ENDS),
    st.sampled_from(_BREAKS),
)
_RICH = st.lists(_LINES, max_size=8).map("".join)
# Bodies that are plain, but for a word or the end of a line now and then.
_SAFE = st.sampled_from(["word", "of", "**b c**:", "*em*", "`c`", "$x_1$", "[a b](https://x.org/c)", "(1)", "a_b"])
_ODD = st.one_of(*[st.just("word")] * 7, st.sampled_from(_WORDS))
_ENDING = st.sampled_from(["", "", "", "", "", "", " ", "  "])
_LINE = st.builds(
    lambda words, odd, end: " ".join([*words, odd]) + end, st.lists(_SAFE, min_size=1, max_size=3), _ODD, _ENDING
)
_MARKER = st.sampled_from(
    ["- ", "- ", "* ", "  - ", "    - ", "    - ", "        - ", "1. ", "2. ", "   1. ", "  ", ""]
)
_LIST = st.builds(
    lambda first, rest: "\n".join([f"- {first}", *(marker + line for marker, line in rest)]),
    _LINE,
    st.lists(st.tuples(_MARKER, _LINE), max_size=5),
)
_BLOCK = st.one_of(
    st.lists(_LINE, min_size=1, max_size=2).map("\n".join),
    _LIST,
    st.builds(lambda level, line: "#" * level + " " + line, st.integers(1, 6), _LINE),
    st.sampled_from(["```python\nx = 1\n```", "~~~\n# a\n\n- b\n~~~", "$$\nx\n$$", "$$ y $$", "---", "1. one\n2. two"]),
)
_NEARLY_PLAIN = st.lists(st.tuples(_BLOCK, st.sampled_from(["\n\n", "\n\n", "\n"])), max_size=4).map(
    lambda blocks: "".join(block + end for block, end in blocks)
)
_ANY = st.text(st.sampled_from("ab .,*_`~$[]()<>&#-+=|:!\\\n\n 1/@\"'é\u00a0"), max_size=60)


def assert_same(body: str) -> bool:
    """Whether a body goes straight; both ways give the same."""
    assert markdown.compile_body(body, first_line=3) == markdown.compile_body(body, first_line=3, straight=False)
    return read_plain(body, Stash()) is not None


@settings(max_examples=400, deadline=None)
@given(st.one_of(_RICH, _NEARLY_PLAIN, _ANY))
def test_both_ways_give_the_same(body: str) -> None:
    assert_same(body)


@pytest.mark.parametrize(
    "body",
    [
        "One paragraph of text, “quoted” (e.g. 10% of $x_t \\in R$), and no more.",
        "Lines that\nare wrapped,\nand `code` too.\n\nA *second*, **bold:** one with [a link](https://x.org/a_b#c).",
        "# A\n\n## B of $C$\nText.\n\n---\n\n- one\n- two:\n    - **three**: `x`\n      on\n        - four\n- five",
        "1. one\n2. two\n   - three\n3) four\n\n```python\nx = 1\n\ny = 2\n```\n\n$$\nx^2\n$$\nWhere https://x.org is.",
        'Then:\n* a\n+ b\n\n~~~\n# no heading\n~~~\n\nSchr\\"odinger said \\*no\\*: 2 * 3 < 7 & AT&T. `a` ](',
        "About ~24 of **them** or *~* and ~ *so~*.",
    ],
)
def test_what_most_bodies_hold_goes_straight(body: str) -> None:
    assert assert_same(body)


@pytest.mark.parametrize(
    "body",
    [
        "Text <b>x</b>", "Text &amp;", "Text *a", "Text _a_", "Text ~~a~~", "![a](https://x.org/b.png)", "[a](b)",
        "a ]( b )",
        "Text[^1]\n\n[^1]: a", "> a",
        "a | b\n--|--\nc | d", "- a\n\n- b", "- a\n1. b", "3. a", "a $$ b\n# c $$ d", "a $$ b\n- c $$ d", "a  \nb",
        "```\na",
        "a\n---", "<div>", "# a\\", "    a", "    - a\n- b", "https://x.org:99999/", "$$ a", "[a]: https://x.org",
        "- [ ] a",
    ],
)  # fmt: skip
def test_what_is_not_known_goes_the_long_way(body: str) -> None:
    assert not assert_same(body)


def test_what_one_formula_defines_the_next_ones_use_on_both_ways() -> None:
    assert assert_same("$\\newcommand{\\R}{\\mathbb{R}}$ and $\\R^2$, $\\unknown$\n\n- $\\R$\n\n$$\n\\R\n$$\n")


def test_real_texts_are_the_same_on_both_ways(shared: Path) -> None:
    files = [file for folder in ("seeds", "samples") for file in sorted((shared / folder).rglob("*")) if file.is_file()]
    texts = [file.read_bytes().decode("utf-8", "replace") for file in files if file.suffix in {".txt", ".md"}]
    paragraphs = list(dict.fromkeys(part for text in texts for part in text.split("\n\n") if part.strip()))
    straight = sum(assert_same(paragraph) for paragraph in paragraphs)
    assert straight > len(paragraphs) // 2
    for text in texts:
        assert_same(text[:20_000])
