"""A Markdown extension: a paragraph that begins with `!!!` becomes a box."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension


class _Boxes(BlockProcessor):
    label = ""

    def test(self, parent: Element, block: str) -> bool:
        return block.startswith("!!! ")

    def run(self, parent: Element, blocks: list[str]) -> None:
        text = blocks.pop(0).removeprefix("!!! ")
        if text == "fail":
            raise ValueError("asked to fail")
        box = SubElement(parent, "div", {"class": "callouts stolen", "onclick": "alert(1)", "id": "taken"})
        SubElement(box, "strong", {"class": "callouts-label"}).text = self.label
        self.parser.parseChunk(box, text)


class Callouts(Extension):
    """`!!! Mind the gap.`; the option `label` stands above each."""

    def __init__(self, label: str = "Note") -> None:
        super().__init__()
        self.label = label

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - as the library calls it
        """Add the boxes."""
        boxes = _Boxes(md.parser)
        boxes.label = self.label
        md.parser.blockprocessors.register(boxes, "callouts", 175)
