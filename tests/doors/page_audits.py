"""What a page in a browser is asked: by axe, of its layout, of the focus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
LAYOUT = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
NARROW = {"runOnly": {"type": "rule", "values": LAYOUT}, "resultTypes": ["violations"]}
# All of a page is looked at once. What comes again and again on it need not be at each width: contrast is slow.
FEW = {
    "exclude": [["main article:nth-of-type(n+5)"], ["main section.leaf:nth-of-type(n+4)"], ["main li:nth-child(n+13)"]]
}
SPACING = """for (const node of document.querySelectorAll('*')) {
  node.style.setProperty('line-height', '1.5', 'important')
  node.style.setProperty('letter-spacing', '.12em', 'important')
  node.style.setProperty('word-spacing', '.16em', 'important')
}"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Whether the focus shows: an outline, on screen. The body has the focus where nothing else has.
SEEN = """() => {
  const node = document.activeElement, style = getComputedStyle(node), box = node.getBoundingClientRect()
  return node == document.body || (style.outlineStyle != 'none' && parseFloat(style.outlineWidth) >= 2 && box.width > 0)
    ? node == document.body ? '' : node.outerHTML.slice(0, 120)
    : `!${node.outerHTML.slice(0, 120)}`
}"""
SMALL = """[...document.querySelectorAll('a, button, input, summary')].filter(node => {
  const box = node.getBoundingClientRect()
  const alone = '.cite, .jump, .marks, .buttons, .ways, .head > p'
  const inline = `.skip, .prose, .excerpt, .byline, dd, .introduction, main p:not(${alone})`
  if (!box.width || !box.height || node.closest(inline)) return false
  return box.height < 23.5 || box.width < 23.5
}).map(node => `${Math.round(node.getBoundingClientRect().width)}x${Math.round(node.getBoundingClientRect().height)} ` +
  node.outerHTML.slice(0, 90))"""


def page_types(output: Path) -> list[str]:
    """One address of each page type, relative to the base path; the longest file of a type stands for it."""
    kinds: dict[str, list[Path]] = {}
    for path in output.rglob("*.html"):
        parts = path.relative_to(output).parts
        depth = len(parts) if parts[0].isdigit() else f"{parts[0]}/{len(parts)}"
        kinds.setdefault(str(depth), []).append(path)
    longest = [max(paths, key=lambda path: (path.stat().st_size, path)) for paths in kinds.values()]
    return sorted(path.relative_to(output).as_posix().removesuffix("index.html") for path in longest)


def audit(page: Page) -> Iterator[str]:
    """What axe finds on a page that has it, at each width and in both schemes."""
    looks = [(1280, "light", {}, RULES), (1280, "dark", FEW, COLOURS)]
    looks += [(width, scheme, FEW, NARROW) for width in (768, 360) for scheme in ("light", "dark")]
    for width, scheme, where, rules in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        done = page.evaluate("([where, rules]) => axe.run(where.exclude ? where : document, rules)", [where, rules])
        for violation in done["violations"]:
            nodes = [node["html"][:160] for node in violation["nodes"][:3]]
            yield f"{width} {scheme}: {violation['id']}: {violation['help']}: {nodes}"


def layout_faults(page: Page) -> Iterator[str]:
    """What is too wide or too small on a page: on narrow screens, in text of twice the size, in text set wide."""
    for width, change in ((768, ""), (320, ""), (640, "document.documentElement.style.fontSize = '200%'")):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(change)
        if (overflow := page.evaluate(OVERFLOW)) > 0:
            yield f"{overflow}px too wide at {width} {change}"
        yield from (f"small at {width}: {node}" for node in page.evaluate(SMALL))
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.evaluate(SPACING)
    if (overflow := page.evaluate(OVERFLOW)) > 0:
        yield f"{overflow}px too wide with wide text"
