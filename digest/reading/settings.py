"""content/site.yml to `Settings`: every key optional, every wrong value reported and left at its default."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import UTC, tzinfo
from pathlib import Path, PurePosixPath
from typing import Any, Final, TypeVar, get_args
from urllib.parse import unquote, urlsplit

from digest.formats import frontmatter, urls
from digest.formats.patterns import lazily
from digest.model import (
    SETTINGS_FILE,
    ExportFormat,
    FeedArchives,
    FeedFormat,
    OnKnown,
    Problem,
    Settings,
    Span,
    annotations_of,
)
from digest.reading.fields import Fields, Text, suggest
from digest.reading.files import read_text
from digest.reading.looks import read_colors, read_fonts, read_logo
from digest.reading.plugin_choices import read_plugins
from digest.reading.scanning import find_file, leaves_site
from digest.reading.source_queries import read_sources

Word = TypeVar("Word", bound=str)
NAMES: Final = tuple(annotations_of(Settings) or ())
DEFAULTS: Final = Settings()
LARGEST: Final = 10_000

_NAME = lazily(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_ARGUMENT_CUT = lazily(r"\s+#\d")
_CODE = lazily(r"[A-Z]{2,8}[0-9]{1,5}")
_CONTACT = lazily(r"[!-'*-~]+(?:@|://)[!-'*-~]+")


def read_settings(site: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings of a site; all defaults where there is no site.yml."""
    path = site / SETTINGS_FILE
    if leaves_site(path.parent, site):  # told by read_content
        return DEFAULTS, ()
    if not os.path.lexists(path):
        return DEFAULTS, _find_misnamed(site)
    file = find_file(site, path.name)
    source = file if isinstance(file, Problem) else read_text(file)
    if isinstance(source, Problem):
        return DEFAULTS, (source,)
    settings, problems = parse_settings(source.text, SETTINGS_FILE)
    return settings, (*source.problems, *problems)


def _find_misnamed(site: Path) -> tuple[Problem, ...]:
    """A warning for settings that lie where nobody looks."""
    hint = f"move it to {SETTINGS_FILE}"
    return tuple(
        Problem("warning", "DG202", f"the settings of a site are read from {SETTINGS_FILE}", Span(name), hint)
        for name in ("content/site.yaml", "site.yml", "site.yaml")
        if os.path.isfile(site / name)  # noqa: PTH113 - false, not an exception, in a folder that may not be read
    )


def parse_settings(text: str, path: str) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings that a text gives; DG201, DG202, DG203."""
    mapping, faults = frontmatter.parse_mapping(text, path, "DG201")
    fields = Fields(mapping, "DG203", list(faults))
    fields.check_keys(NAMES, "DG202", "the setting", "error")
    given: dict[str, Any] = {
        "base_url": _read_base_url(fields),
        "language": fields.language("language", "DG203", DEFAULTS.language),
        "timezone": _read_timezone(fields),
        "theme": _read_matching(fields, "theme", _NAME, "default") or DEFAULTS.theme,
        "colors": read_colors(fields),
        "fonts": read_fonts(fields),
        "logo": read_logo(fields),
        "macros": _read_macros(fields, text.split("\n")),
        "plugins": read_plugins(fields),
        "feeds": _read_choices(fields, "feeds", get_args(FeedFormat), DEFAULTS.feeds),
        "feed_archives": fields.choice("feed_archives", get_args(FeedArchives), DEFAULTS.feed_archives),
        "exports": _read_choices(fields, "exports", get_args(ExportFormat), DEFAULTS.exports),
        "author_page_entries": fields.number("author_page_entries", DEFAULTS.author_page_entries, 0, LARGEST),
        "venue_page_entries": fields.number("venue_page_entries", DEFAULTS.venue_page_entries, 0, LARGEST),
        "related_entries": fields.number("related_entries", DEFAULTS.related_entries, 0, 50),
        "footer": fields.text("footer", lines=True),
        "navigation": _read_navigation(fields),
        "vocabulary": _read_vocabulary(fields),
        "on_known": fields.choice("on_known", get_args(OnKnown), DEFAULTS.on_known),
        "vocabulary_mode": fields.choice("vocabulary_mode", ("extend", "replace"), DEFAULTS.vocabulary_mode),
        "contact": _read_contact(fields),
        "ignore": _read_codes(fields),
        "sources": read_sources(fields),
    }
    for name in NAMES:
        if name in given:
            continue
        default = getattr(DEFAULTS, name)
        if isinstance(default, bool):
            given[name] = fields.flag(name) if fields.get(name) else default
        elif isinstance(default, int):
            given[name] = fields.number(name, default, 1, LARGEST)
        else:
            given[name] = fields.text(name, default)
    return Settings(**given), tuple(fields.problems)


def fault_of_base_url(url: str) -> str:
    """Why an address cannot be that of a site, or nothing."""
    return urls.fault_of_url(url) or _fault_of_base(url)


def _read_base_url(fields: Fields) -> str:
    found = fields.read_text("base_url")
    if found is None:
        return DEFAULTS.base_url
    fault = fault_of_base_url(found.text)
    if not fault:
        return found.text.rstrip("/") + "/"
    hint = "write the whole address of the site: base_url: https://example.org/"
    fields.report("DG203", f"`base_url` {fault}", found.span, hint)
    return DEFAULTS.base_url


def _fault_of_base(url: str) -> str:
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        return "is not an absolute address"
    if "?" in url or "#" in url:
        return "has a part after ? or #"
    if "@" in parts.netloc:
        return "holds a name or a password, which everybody could read"
    path = unquote(parts.path).strip("/").split("/")
    return "has an empty or dotted part" if path != [""] and any(part in {"", ".", ".."} for part in path) else ""


def site_zone(settings: Settings) -> tzinfo:
    """The zone by whose clock the days of the site begin."""
    if settings.timezone == DEFAULTS.timezone:
        return UTC
    import zoneinfo  # noqa: PLC0415 - heavy

    return zoneinfo.ZoneInfo(settings.timezone)


def _read_timezone(fields: Fields) -> str:
    found = fields.read_text("timezone")
    if found is None:
        return DEFAULTS.timezone
    import zoneinfo  # noqa: PLC0415 - heavy

    try:
        zoneinfo.ZoneInfo(found.text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        hint = suggest(found.text, zoneinfo.available_timezones()) or "write a name such as Europe/Berlin"
        fields.report("DG203", f'`timezone` is not known: "{found.text}"', found.span, hint)
        return DEFAULTS.timezone
    return found.text


def _read_macros(fields: Fields, lines: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Macros of TeX by name, without the backslash, that formulas can use.

    `lines` are those of the file: YAML takes ` #1` for a comment, where no quotes stand around it.
    """
    hint = r"write e.g. '\R': '\mathbb{R}' or '\norm': '\lVert #1 \rVert'"
    pairs = fields.pairs("macros", r"'\R': '\mathbb{R}'")
    if not pairs:
        return ()
    from digest.formats import tex_macros, tex_to_mathml  # noqa: PLC0415 - heavy: all that is known of TeX

    found: dict[str, Text] = {}
    for key, body in pairs:
        name = key.removeprefix("\\")
        if fault := tex_macros.fault_of(name, body.text):
            fields.report("DG203", f"the macro `{key}` {fault}", body.span, hint)
        elif _ARGUMENT_CUT.match(lines[body.span.line - 1], body.span.column - 1 + len(body.text)):
            message = f"the macro `{key}` ends before its argument, as a comment begins with #"
            fields.report("DG203", message, body.span, f"put it in quotes: {hint.removeprefix('write e.g. ')}")
        else:
            found[name] = body
    bodies = {name: body.text for name, body in found.items()}
    circles = tex_macros.find_circles(bodies)
    macros = tex_macros.without_circles(bodies)
    for name in (name for name in found if name in circles):
        fields.report("DG203", f"the macro `{name}` never ends: it is made of itself", found[name].span, hint)
    for name, text in macros.bodies:
        if unknown := tex_to_mathml.unknown_in(text, macros):
            fields.report("DG203", f"the macro `{name}` holds {unknown}, which is not known", found[name].span, hint)
    return macros.bodies


def _read_choices(fields: Fields, name: str, allowed: tuple[Word, ...], default: tuple[Word, ...]) -> tuple[Word, ...]:
    """Some of a few words, each once, in our order; an empty list is none of them."""
    node = fields.get(name)
    if node is None:
        return default
    found = fields.texts(name, ", ".join(allowed))
    for text in found:
        if text.text not in allowed:
            hint = suggest(text.text, allowed) or f"write some of {', '.join(allowed)}"
            fields.report("DG203", f'`{name}` cannot hold "{text.text}"', text.span, hint)
    written = {text.text for text in found}
    return tuple(word for word in allowed if word in written)


def _read_matching(fields: Fields, name: str, pattern: re.Pattern[str], example: str) -> str:
    found = fields.read_text(name)
    if found is None or pattern.fullmatch(found.text):
        return found.text if found else ""
    fields.report("DG203", f'`{name}` cannot be "{found.text}"', found.span, f"write e.g. {name}: {example}")
    return ""


def _read_codes(fields: Fields) -> tuple[str, ...]:
    """Codes of problems."""
    found = fields.texts("ignore", "DG905, DG906")
    for each in found:
        if not _CODE.fullmatch(each.text):
            hint = "write codes as `digest check` tells them: ignore: [DG905]"
            fields.report("DG203", f'"{each.text}" is not the code of a problem', each.span, hint)
    return tuple(each.text for each in found)


def _read_contact(fields: Fields) -> str:
    """An address of mail or of a page, which goes out in a header of every request."""
    found = fields.read_text("contact")
    if found is None or _CONTACT.fullmatch(found.text):
        return found.text if found else ""
    hint = "write an address of mail or of a page: contact: ada@example.org"
    fields.report("DG203", f'`contact` cannot be "{found.text}"', found.span, hint)
    return ""


def _read_vocabulary(fields: Fields) -> str:
    found = fields.read_text("vocabulary")
    if found is None:
        return ""
    path = PurePosixPath(found.text)
    if path.is_absolute() or ".." in path.parts or "\\" in found.text:
        fields.report(
            "DG203", "`vocabulary` leaves the site", found.span, "write a path such as content/vocabulary.yml"
        )
        return ""
    return found.text


def _read_navigation(fields: Fields) -> tuple[tuple[str, str], ...]:
    """Pairs of text and address, from `About: /about/` or from a list of `{text: About, url: /about/}`."""
    node = fields.get("navigation")
    if node is None:
        return ()
    if isinstance(node, frontmatter.MapNode):
        links = fields.pairs("navigation", "")
    elif isinstance(node, frontmatter.ListNode):
        links = tuple(link for item in node.items if (link := _read_link(fields, item)))
    else:
        _report_link(fields, node.span)
        return ()
    return tuple((text, url.text) for text, url in links if fields.accept_url("navigation", url))


def _read_link(fields: Fields, item: frontmatter.Node) -> tuple[str, Text] | None:
    """One link of a list: `{text: About, url: /about/}` or `About: /about/`."""
    if isinstance(item, frontmatter.MapNode):
        inner = Fields(item, fields.code, fields.problems)
        if len(item.pairs) == 1:
            return next(iter(inner.own_pairs()), None)
        text, url = inner.read_text("text"), inner.read_text("url")
        if text and url and len(item.pairs) == 2:
            return text.text, url
    _report_link(fields, item.span)
    return None


def _report_link(fields: Fields, span: Span) -> None:
    hint = "write navigation: [{text: About, url: /about/}]"
    fields.report("DG203", "`navigation` must be a list of links", span, hint)
