"""The rules of a style sheet at each element that they are for, as programs for mail want them."""

from __future__ import annotations


def inline_styles(html: str) -> str:
    """The document with the rules of its `style` element moved to `style` attributes; those of `@media` stay.

    Without the library, which is an extra, the rules stay where they are: most programs for mail know them there.
    """
    try:
        import css_inline  # noqa: PLC0415 - heavy, and an extra
    except ImportError:
        return html
    inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
    return inliner.inline(html)
