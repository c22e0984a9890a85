"""Blocks of pages: headings, items, tables, and what HTML says alike."""

from __future__ import annotations

from digest.formats.markdown_blocks import Block, parse_page, split_cells


def shape(blocks: tuple[Block, ...]) -> list[object]:
    return [
        (block.kind, block.text, shape(block.inner)) if block.inner else (block.kind, block.text) for block in blocks
    ]


def test_items_hold_what_is_indented_under_them() -> None:
    page = parse_page("1. **A**\n\n   *Names*\n   - inner\n2. B\ncontinued\n\nEnd\n")
    assert shape(page.blocks) == [
        ("item", "**A**", [("paragraph", "*Names*"), ("item", "inner")]),
        ("item", "B\ncontinued"),
        ("paragraph", "End"),
    ]
    assert [(block.first, block.last) for block in page.blocks] == [(1, 4), (5, 6), (8, 8)]


def test_strong_words_at_the_start_are_no_item() -> None:
    assert shape(parse_page("**A title**\nnames\n").blocks) == [("paragraph", "**A title**\nnames")]


def test_front_matter_decoration_and_labels_are_no_blocks() -> None:
    page = parse_page(
        '---\ntitle: "T"\ndate: 2020-01-02\n---\n<!-- a\nb -->\n<script>x\n</script>\n'
        '<blockquote class="twitter-tweet">t\n</blockquote>\n# H #\n[1]: https://x.org "t"\n'
    )
    assert page.front_matter == {"title": "T", "date": "2020-01-02"}
    assert shape(page.blocks) == [("heading", "H")]
    assert page.blocks[0].first == 11
    assert page.references == {"1": "https://x.org"}


def test_tables_of_markdown_and_of_html() -> None:
    page = parse_page(
        "|A|B|\n|---|:-:|\n|x|y \\| z|\n\n<table>\n<tr><th>A<th>B</tr>\n<tr><td>x</td>\n<td>y</td></tr>\n</table>\n"
    )
    assert [[(row.line, row.cells) for row in block.rows] for block in page.blocks] == [
        [(1, ("A", "B")), (3, ("x", "y \\| z"))],
        [(6, ("A", "B")), (7, ("x", "y"))],
    ]


def test_html_lists_and_headings() -> None:
    page = parse_page("<h2>Long</h2>\n<ul><li><b>A</b>, c</li>\n<li>B</li></ul>\n<p>x</p>\n<p>y</p>\n")
    assert shape(page.blocks) == [
        ("heading", "Long"),
        ("item", "<b>A</b>, c"),
        ("item", "B"),
        ("paragraph", "x"),
        ("paragraph", "y"),
    ]


def test_cells() -> None:
    assert split_cells("| a | `b|c` | d\\|e |") == ("a", "`b|c`", "d\\|e")


def test_code_and_deep_nesting_end() -> None:
    assert shape(parse_page("```\n- a\n# b\n```\nc\n").blocks) == [("code", "```\n- a\n# b\n```"), ("paragraph", "c")]
    assert parse_page(">" * 3_000 + "a\n").blocks
    assert parse_page("".join(" " * (depth * 2) + "- a\n" for depth in range(60))).blocks


def test_a_heading_of_signs_takes_no_quadratic_time() -> None:
    page = parse_page("# a" + "# " * 100_000 + "b #\n" + "#" * 100_000 + " c\n")  # a quadratic search takes minutes
    assert page.blocks[0].lines[0].text.endswith("# # b")
