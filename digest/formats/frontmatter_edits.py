"""Some keys of a front matter renewed, and every other line of it left as a person wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from digest.formats import frontmatter


def edit_front_matter(front: str, changes: Mapping[str, frontmatter.Plain], order: Sequence[str]) -> str:
    """The front matter with the keys of `changes` set, those of `None` taken out; a new key goes where `order` has it.

    Comments and blank lines stay, but for a comment on the line of a value that changes. Front matter that is not
    written one key a line is written anew.
    """
    mapping, _ = frontmatter.parse_mapping(front, "", "DG101")
    lines = front.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    keys = [(key.text, key.span.line - 1) for key, _ in mapping.pairs]
    if not _one_key_a_line(mapping, lines):
        whole = frontmatter.plain(mapping)
        assert isinstance(whole, Mapping)  # noqa: S101 - a mapping is made of a mapping
        return frontmatter.dump_front_matter(
            {name: value for name, value in {**whole, **changes}.items() if name not in changes or value is not None}
        )
    ends = [*(start for _, start in keys[1:]), len(lines)]
    # Where there is no key at all there is one end too many.
    blocks = {name: (start, _content_end(lines, start, end)) for (name, start), end in zip(keys, ends, strict=False)}
    edits: list[tuple[int, int, list[str]]] = []
    for name, value in changes.items():
        text = [] if value is None else frontmatter.dump_front_matter({name: value}).rstrip("\n").split("\n")
        start, end = blocks.get(name) or (_place_of(name, blocks, order, len(lines)),) * 2
        edits.append((start, end, text))
    # From the end to the start, so that places stay true; of keys that go to one place, the later in order first.
    rank = {name: place for place, name in enumerate(order)}
    for (start, end, text), _ in sorted(
        zip(edits, changes, strict=True), key=lambda edit: (edit[0][0], rank.get(edit[1], len(rank))), reverse=True
    ):
        lines[start:end] = text
    return "".join(f"{line}\n" for line in lines)


def _one_key_a_line(mapping: frontmatter.MapNode, lines: Sequence[str]) -> bool:
    """Whether every key begins a line: no flow mapping, no explicit `? key`."""
    starts = [key.span for key, _ in mapping.pairs]
    return all(span.column == 1 and not lines[span.line - 1].startswith("?") for span in starts) and len(
        {span.line for span in starts}
    ) == len(starts)


def _content_end(lines: Sequence[str], start: int, end: int) -> int:
    """Where the lines of a key end: blank lines and comments before the next key are not its own."""
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end


def _place_of(name: str, blocks: Mapping[str, tuple[int, int]], order: Sequence[str], last: int) -> int:
    """Behind the nearest key that comes before it in the order; a key of no order goes to the end."""
    if name not in order:
        return last
    return max((blocks[other][1] for other in order[: order.index(name)] if other in blocks), default=0)
