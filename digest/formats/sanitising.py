"""HTML of authors and sources, cleaned: what a reader may be shown, in one normal form."""

from __future__ import annotations

import re
from functools import cache, partial
from html import unescape
from typing import TYPE_CHECKING, Final

from digest.formats.patterns import lazily

if TYPE_CHECKING:
    import nh3

# What an author's HTML may use. Every other tag is text: `<unk>`, `List<T>`, `<s>` (a token more often than a stroke).
_INLINE = "a abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby samp small span strong sub sup time u var"
_BLOCK = (
    "blockquote caption colgroup dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 li ol p pre section "
    "summary table tbody td tfoot th thead tr ul"
)
INLINE_TAGS: Final = frozenset(_INLINE.split())
VOID_TAGS: Final = frozenset(["br", "col", "hr", "img", "wbr"])
BLOCK_TAGS: Final = frozenset(_BLOCK.split())
TAGS: Final = INLINE_TAGS | VOID_TAGS | BLOCK_TAGS
# Tags that are known, but say nothing to a reader without what is dropped: their text stays.
_SILENT: Final = frozenset(["col", "colgroup", "time"])
# No addresses and no days that nobody is shown: they could only be wrong.
ATTRIBUTES: Final = {
    "*": {"lang", "dir", "title"},
    "a": {"href"},
    "details": {"open"},
    "img": {"alt", "height", "src", "width"},
    "li": {"value"},
    "ol": {"reversed", "start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "abbr", "colspan", "rowspan", "scope"},
}
# Of these a wrong value is worse than none.
_VALUES: Final = {
    "align": lazily(r"left|right|center", re.IGNORECASE),
    "colspan": lazily(r"[1-9][0-9]{0,2}|1000"),
    "dir": lazily(r"ltr|rtl|auto", re.IGNORECASE),
    "height": lazily(r"[0-9]{1,5}"),
    "lang": lazily(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"),
    "rowspan": lazily(r"[1-9][0-9]{0,3}"),
    "scope": lazily(r"(?:row|col)(?:group)?", re.IGNORECASE),
    "start": lazily(r"[0-9]{1,9}"),
    "value": lazily(r"[0-9]{1,9}"),
    "width": lazily(r"[0-9]{1,5}"),
}
_REFERENCE: Final = lazily(r"&#(?:[xX][0-9a-fA-F]+|[0-9]+);?")
_CONTROL: Final = lazily("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
SCHEMES: Final = frozenset(["http", "https", "mailto"])


def clean(html: str, families: frozenset[str] = frozenset()) -> str:
    """Keep prose and drop the rest: scripts, styles, forms, frames, handlers, ids, classes, other schemes.

    Of classes those stay that are one of some `families`, or begin with one and a hyphen: `note`, `note-title`.

    The result is normal: lower-case tags, each closed, attributes in double quotes, no comments, no entity that XML
    does not know. What stands for a control character (`&#2;`) goes: it would become one here, and our placeholders
    are made of such.
    """
    if "&#" in html:
        html = _REFERENCE.sub(_drop_control, html)
    return _cleaner(families).clean(html).replace("&nbsp;", "\u00a0")


def _drop_control(reference: re.Match[str]) -> str:
    char = unescape(reference[0])  # nothing, for most of what no text may hold
    return reference[0] if char and not _CONTROL.match(char) else ""


def _keep_classes(families: frozenset[str], tag: str, name: str, value: str) -> str | None:
    if name != "class":
        return _keep_value(tag, name, value)
    kept = [word for word in value.split() if any(word == each or word.startswith(f"{each}-") for each in families)]
    return " ".join(kept) or None


def _keep_value(_tag: str, name: str, value: str) -> str | None:
    pattern = _VALUES.get(name)
    return value if pattern is None or pattern.fullmatch(value) else None


@cache
def _cleaner(families: frozenset[str]) -> nh3.Cleaner:
    import nh3  # noqa: PLC0415 - heavy: loaded by the command that needs it

    return nh3.Cleaner(
        tags=set(TAGS - _SILENT),
        clean_content_tags={"script", "style"},
        attributes={**ATTRIBUTES, "*": ATTRIBUTES["*"] | {"class"}} if families else ATTRIBUTES,
        attribute_filter=partial(_keep_classes, families) if families else _keep_value,
        strip_comments=True,
        link_rel=None,
        url_schemes=set(SCHEMES),
    )
