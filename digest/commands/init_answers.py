"""What may be said of a new site, by an option or as an answer; and what this machine suggests."""

from __future__ import annotations

import argparse
import os

from digest.commands.arguments import absolute_url
from digest.formats import languages, urls
from digest.starting import fault_of_source, name_on_github


def one_line(text: str) -> str:
    """A text of one line."""
    if text.isprintable():
        return " ".join(text.split())
    raise argparse.ArgumentTypeError(f"not a line of text: {text!r}")


def requirement_line(text: str) -> str:
    """A line of requirements.txt, which is public where the repository is."""
    if urls.without_login(text) == text:
        return one_line(text)
    message = "it holds a name or a password, which would stand in requirements.txt for all to read"
    raise argparse.ArgumentTypeError(f"{message}; write the address without: {urls.without_login(text)!r}")


def language_tag(text: str) -> str:
    """The tag of a language."""
    if languages.is_language(text):
        return text
    raise argparse.ArgumentTypeError(f"not the tag of a language such as en, de or pt-BR: {text!r}")


def time_zone(text: str) -> str:
    """The name of a time zone."""
    import zoneinfo  # noqa: PLC0415 - heavy

    try:
        return zoneinfo.ZoneInfo(text).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise argparse.ArgumentTypeError(f"not a time zone such as Europe/Berlin: {text!r}") from None


def github_name(text: str) -> str:
    """A repository on GitHub."""
    if name := name_on_github(text):
        return name
    raise argparse.ArgumentTypeError(f"not a repository on GitHub such as ada/my-digest: {text!r}")


def source_name(text: str) -> str:
    """What may be fetched."""
    if fault := fault_of_source(text):
        raise argparse.ArgumentTypeError(f"{urls.without_login(text)!r} {fault}")
    return text


def home_name(text: str) -> str:
    """Where a site lives: a repository on GitHub, or an address."""
    return name_on_github(text) or absolute_url(text)


def source_names(text: str) -> str:
    """Several things that may be fetched."""
    for name in text.replace(",", " ").split():
        source_name(name)
    return text


def language_of_system() -> str:
    """The language of this machine, where pages have words of their own for it."""
    said = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    tag = said.partition(".")[0].partition("@")[0].replace("_", "-")
    return tag.partition("-")[0] if tag not in {"", "C", "POSIX"} and languages.is_language(tag) else "en"


def zone_of_system() -> str:
    """The time zone of this machine by its name, where it tells it."""
    place = os.environ.get("TZ", "").lstrip(":") or os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2]
    try:
        return time_zone(place) if place else "UTC"
    except argparse.ArgumentTypeError:
        return "UTC"
