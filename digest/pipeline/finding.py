"""Which files under content/ are to be read: those that do not look as they did when they were last read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from hashlib import blake2b
from operator import itemgetter
from pathlib import Path
from typing import Final

from digest.caching import KnownBody, list_looks, look_of
from digest.caching import tell as tell_of
from digest.model import Gist, NamedTuple, Problem, Roll, Stamp, StaticFile
from digest.reading import CONTENT_FOLDER, ScannedFile, scan_content, static_file, take_seen
from digest.sealing import Sight

UNSEEN: Final = Stamp(0, 0, 0, 0)
_FEW: Final = 100  # files for which it pays to think of them alone
_FINE: Final = 100_000_000  # nanoseconds in which a file may change twice and look the same
_COARSE: Final = 2_000_000_000  # likewise where times are whole seconds


class Found(NamedTuple):
    """What was found among so many files: those to read, those to copy and what is new of these, and what is gone.

    `others` are those of the known bodies that are no entries. Where nothing is in doubt, `seen` is the mark of how all
    files look; and where `few` are to be read, the others are as they were known.
    """

    fresh: Sequence[ScannedFile]
    static: Sequence[StaticFile]
    made: Mapping[str, KnownBody]
    gone: Set[str]
    total: int
    others: Mapping[str, str]
    faults: Sequence[Problem]
    seen: bytes
    few: bool = False


def find_all(site: Path, sight: Sight | None, before: Mapping[str, KnownBody], began: int) -> Found:
    """What is to be done where anything may have changed."""
    taken = _take_seen(site, sight) if sight else None
    files, problems = (taken, ()) if taken is not None else scan_content(site)
    looks = tell_of(before, list_looks, look_of)
    lasts = list(map(looks.get, map(itemgetter(0), files)))
    all_there = len(files) - lasts.count(None) == len(looks)  # as nearly always
    gone = set() if all_there else looks.keys() - {file.key for file in files}
    fresh: list[ScannedFile] = []
    static: list[StaticFile] = []
    made: dict[str, KnownBody] = {}
    faults: list[Problem] = list(problems)
    settled = True
    for file, last in zip(files, lasts, strict=True):
        seen = last is not None and last[0] == file[2]
        if last and seen and last[2]:  # likewise
            continue
        if file.is_markdown:
            if not seen:
                fresh.append(file)
        elif file.is_static:
            found = static_file(file, last[1] if last and seen else b"")
            if isinstance(found, Problem):
                faults.append(found)
                gone |= {file.key} & looks.keys()
                continue
            static.append(found)
            if last is None or not seen or found.fingerprint != last[1]:
                stamp = settle(file.stamp, began)
                settled &= stamp == file.stamp
                made[file.key] = KnownBody(stamp, found.fingerprint, None, Gist())
    sure = settled and not faults and sight and (taken is not None or _is_all(sight, site, files))
    return Found(
        fresh,
        static,
        made,
        gone,
        len(files),
        {key: look[2] for key, look in looks.items() if look[2] != "entry" and key not in gone},
        faults,
        _mark_seen(sight.names, sight.looks) if sure and sight else b"",
    )


def find_edited(site: Path, sight: Sight, before: Mapping[str, KnownBody], roll: Roll) -> Found | None:
    """Likewise where somebody knows how all files looked that the bodies were read from, and few look otherwise."""
    edited = sight.list_edited() if sight.before and roll.seen == _mark_seen(*sight.before) else None
    folder = _name_content(site, sight)
    if edited is None or folder is None or len(edited) > _FEW:
        return None
    keys = [path.removeprefix(f"{folder}/") for path, _ in edited]
    fresh = [
        ScannedFile(key, f"{site / CONTENT_FOLDER}/{key}", Stamp(*numbers))
        for key, (_, numbers) in zip(keys, edited, strict=True)
    ]
    if not all(file.is_markdown and file.key in before for file in fresh):  # of a theme, settings, copies
        return None
    static: list[StaticFile] = []
    for key in roll.others:
        file = ScannedFile(key, f"{site / CONTENT_FOLDER}/{key}")
        if file.is_static:
            found = static_file(file, before[key].fingerprint)
            if isinstance(found, Problem):
                return None
            static.append(found)
    seen = _mark_seen(sight.names, sight.looks)
    return Found(fresh, static, {}, frozenset(), len(before), roll.others, (), seen, few=True)


def _take_seen(site: Path, sight: Sight) -> tuple[ScannedFile, ...] | None:
    """The files that were seen, if the sight is one of this site and tells them all."""
    folder = _name_content(site, sight)
    return None if sight.odd or folder is None else take_seen(site, sight.list_files(folder))


def _is_all(sight: Sight, site: Path, files: Sequence[ScannedFile]) -> bool:
    """Whether these files, some of whose names were looked at again, are all that were seen, and look so."""
    folder = _name_content(site, sight)
    if sight.odd or folder is None:
        return False
    return sorted(sight.list_files(folder)) == [(file.key, file.stamp) for file in files]


def _name_content(site: Path, sight: Sight) -> str | None:
    """What a sight calls the folder of the content."""
    return next((each for each in sight.folders if Path(each) == site / CONTENT_FOLDER), None)


def _mark_seen(names: bytes, looks: bytes) -> bytes:
    """A mark of how all files of a sight look."""
    return blake2b(names + b"\0\0" + looks, digest_size=16).digest()


def settle(stamp: Stamp, began: int) -> Stamp:
    """How a file looked, unless it was changed so shortly before that it could change again and look the same."""
    newest = max(stamp.modified, stamp.changed)
    slack = _FINE if stamp.modified % 1_000_000_000 else _COARSE
    return stamp if newest + slack < began else UNSEEN
