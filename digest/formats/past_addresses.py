"""The lines of content/addresses.txt, which people read, mend and merge.

    /2024/02/26/flash/ id 3c1f5e0a-…            an entry, by its permanent id
    /2024/02/26/notes/ id 77ab… in notes.md     likewise, and its file under content/
    /about/ page About us                       a plain page, by its title
    /tags/graphs/ of 3c1f5e0a 9d02c411          a tag, an author or a venue, by the ids of some of its entries
    /tags/graph/ to /tags/graphs/               what leads elsewhere now

One line an address, in the order of the addresses: a new entry is one more line and no other changes, and two versions
of the file are joined by taking the lines of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote, unquote

from digest.formats import urls
from digest.formats.patterns import lazily
from digest.model import Holder, Past

HEAD: Final = (
    "# Every address that this site had, so that none breaks. Keep it with the content; `digest build` adds lines.\n"
    "# Delete the line of an address that may be forgotten, or let it lead elsewhere: /old/ to /new/\n"
)
_LONGEST: Final = 255  # bytes that a part of a path may have
_LONGEST_PATH: Final = 1_500  # characters, as it is written
_DEEPEST: Final = 32
_PAGES: Final = ("/", ".html", ".htm")  # a page that leads elsewhere can stand nowhere else
_HOLDERS: Final[dict[str, Holder]] = {"id": "id", "page": "page", "of": "of", "to": "to"}
# Nearly every address. None of its parts begins with a dot. (Of signs that are written out a pattern makes one table.)
_PLAIN: Final = lazily(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9_.~-]{0,200})+/?|/")
_USUAL: Final = lazily(r"(/[A-Za-z0-9_~./-]{1,200}/) (?:id ([!-~]+)(?: in ([A-Za-z0-9_~./-]+))?(?: as (.+))?|of (.+))")
_new: Final = tuple.__new__
_SAFE: Final = "/~!$&'()+,;=@-._"


def parse_past(text: str) -> tuple[list[Past], list[int]]:
    """The lines of the file, and the numbers of those that make no sense. Of one address the last line counts."""
    found: dict[str, Past] = {}
    faults: list[int] = []
    match = _USUAL.fullmatch
    plain = "/." not in text and "//" not in text
    for number, line in enumerate(text.replace("\r", "").split("\n"), 1):
        usual = match(line)
        if usual and (plain or ("/." not in line and "//" not in line)) and line.count("/") < _DEEPEST:  # nearly all
            url, name, file, title, names = usual.groups("")
            found[url] = _new(Past, (url, "of" if names else "id", names or name, file, title, number))
        elif line and not line.startswith("#"):
            past = _parse_line(line, number)
            if past is None:
                faults.append(number)
            else:
                found[past.url] = past
    return list(found.values()), faults


def _parse_line(line: str, number: int) -> Past | None:
    """Any line; none where it makes no sense."""
    words = line.split(" ", 2)
    holder = _HOLDERS.get(words[1]) if len(words) == 3 else None
    url = read_path(words[0]) if holder else ""
    if holder is None or not url.endswith(_PAGES):
        return None
    told, file, title = words[2], "", ""
    if holder == "id" and " " in told:
        told, _, title = told.partition(" as ")
        told, _, file = told.partition(" in ")
    elif holder == "to":
        told = read_path(told.strip())
    return Past(url, holder, told, unquote(file), title, number) if told else None


def write_past(past: Iterable[Past]) -> str:
    """The whole file."""
    return HEAD + "".join(sorted(_write_lines(past)))


def _write_lines(past: Iterable[Past]) -> Iterator[str]:
    for url, holder, told, file, title, _ in past:
        if holder == "id":
            rest = f"{told}{f' in {_quote(file)}' if file else ''}{f' as {title}' if title else ''}"
        else:
            rest = _quote(told) if holder == "to" else told
        yield f"{_quote(url)} {holder} {rest}\n"


def read_path(written: str) -> str:
    """An address of the site as it is written there, decoded; empty where no page of a site can stand there."""
    if len(written) > _LONGEST_PATH or written.count("/") > _DEEPEST:
        return ""
    if _PLAIN.fullmatch(written):
        return written
    path = unquote(written)
    if not path.startswith("/") or "//" in path or urls.fault_of_path(path) or not path.isprintable() or "\\" in path:
        return ""
    parts = path.strip("/").split("/")
    if any(part.startswith(".") or len(part.encode("utf-8", "replace")) > _LONGEST for part in parts):
        return ""
    return "" if "\ufffd" in path or any("\ud800" <= sign <= "\udfff" for sign in path) else path


def _quote(path: str) -> str:
    return path if _PLAIN.fullmatch(path) else quote(path, safe=_SAFE, errors="replace")
