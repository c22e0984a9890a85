"""Publishing: what was staged goes to its place in one short step, which the next build finishes if this one dies.

The new manifest, written whole into the stage and brought to the disk, is the decision: until then the next build takes
the stage away and nothing has happened, from then on it removes what is no more, moves what is staged, and puts the
manifest in its place. Each of these can be done twice. So a build killed at any moment leaves whole files only, all of
them claimed by a manifest, and a mixture no longer than to the next build.

After a power cut a file that was written shortly before may be empty or old, since ten thousand files are not brought
to the disk one by one: it does not look as the cache says, and the next build makes it again.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from typing import Final

from digest.model import Problem, ProblemError, dataclass
from digest.writing.looking import Look, fold, in_the_way
from digest.writing.manifest import (
    NAME,
    count_files,
    is_mark,
    is_reserved,
    is_safe,
    load_manifest,
    manifest_bytes,
    read_manifest,
    renew_manifest,
)
from digest.writing.stage import STAGE, TREE, Stage, fingerprint_file, list_tree, refuse, write_whole

DECISION: Final = "manifest"  # in the folder of a stage


@dataclass(frozen=True, slots=True)
class Written:
    """Paths that were written and removed, and how many were left as they are."""

    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def publish(stage: Stage, files: Mapping[str, bytes], staged: Collection[str]) -> Written:
    """Make the output folder hold exactly `files`, path → fingerprint, beside the files of others.

    `staged` are the paths of all that lie in the stage; the others are in the output folder as they should be.

    Raises:
        ProblemError: DG501 for each file of others in the way, and nothing is changed; DG502 where the folder cannot be
            written: the next build finishes it.
    """
    folder = stage.folder
    try:
        ours = read_manifest(f"{folder}/{NAME}")
        look = Look(folder, ours, files)
        refuse_blocked(folder, look, staged)
        marks = {path: mark.hex() for path, mark in files.items()}
        if staged or ours != marks:
            decide(stage.root, manifest_bytes(marks))
            # Where little changed, it is not worth to look for folders that change as a whole.
            much = bool(ours) and len(staged) * 4 > len(files)
            replaced = find_replaced(folder, ours, files, {*staged, *look.removable}) if much else frozenset[str]()
            carry_out(stage.root, folder, look, marks, replaced)
    except (OSError, UnicodeEncodeError) as error:
        raise refuse(error, folder) from error
    written = tuple(path for path in files if path in staged) if staged else ()
    return Written(written, len(files) - len(written), tuple(look.removable), tuple(look.problems))


def publish_changes(
    stage: Stage, files: Mapping[str, bytes], staged: Collection[str], gone: Collection[str] = ()
) -> Written:
    """Make these files of the output folder what they shall be, and take away those of ours that are `gone`.

    All others that are ours stay as they are; none of them has a name that some disk takes for that of one of these.

    Raises:
        ProblemError: as `publish` does.
    """
    folder = stage.folder
    try:
        marks = {path: mark.hex() for path, mark in files.items()}
        manifest, ours = renew_manifest(load_manifest(f"{folder}/{NAME}"), marks, gone)
        look = Look(folder, ours, files)
        refuse_blocked(folder, look, staged)
        if staged or ours != marks:
            decide(stage.root, manifest)
            carry_out(stage.root, folder, look, marks)
    except (OSError, UnicodeEncodeError) as error:
        raise refuse(error, folder) from error
    written = tuple(path for path in files if path in staged)
    return Written(written, count_files(manifest) - len(written), tuple(look.removable), tuple(look.problems))


def refuse_blocked(folder: str, look: Look, staged: Iterable[str]) -> None:
    """Stop where somebody else's file is in the way of one that is staged, or of the manifest.

    Raises:
        ProblemError: DG501.
    """
    blockers = dict.fromkeys(look.find_blocked(staged).values())
    if is_folder(f"{folder}/{NAME}"):
        blockers[NAME] = None
    if blockers:
        raise ProblemError(in_the_way(f"{folder}/{path}") for path in blockers)


def decide(root: str, manifest: bytes) -> None:
    """From here on the build is as good as published: the manifest is whole in the stage, and on the disk."""
    part = f"{root}/part"
    with contextlib.suppress(FileNotFoundError):
        os.unlink(part)  # of a killed build, or a stranger's link, which must not be written through
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        write_whole(descriptor, manifest)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.replace(part, f"{root}/{DECISION}")


def carry_out(
    root: str, folder: str, look: Look, marks: Mapping[str, str], replaced: frozenset[str] = frozenset()
) -> None:
    """Do what was decided, as far as it is not done, and take the stage away.

    Raises:
        OSError: it cannot be done now; the stage stays for the next build.
    """
    tree = f"{root}/{TREE}"
    save_twins(tree, folder, look, marks)
    for path in look.removable:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{folder}/{path}")
        remove_empty_parents(path, folder)
    for path in look.gone:  # by a build that was killed in the middle
        remove_empty_parents(path, folder)
    old = f"{root}/old"
    if replaced:
        os.mkdir(old)
    move_tree(tree, folder, replaced, old)
    os.replace(f"{root}/{DECISION}", f"{folder}/{NAME}")
    drop(root)


def save_twins(tree: str, folder: str, look: Look, marks: Mapping[str, str]) -> None:
    """Where a disk takes an old name and a new one for the same, stage what stays, to be moved under the new name."""
    if not look.removable:
        return
    names = {fold(path): path for path in marks}
    for path, status in look.removable.items():
        name = names.get(fold(path))
        if name is None or os.path.lexists(f"{tree}/{name}"):
            continue
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(status, os.lstat(f"{folder}/{name}")):
                os.makedirs(f"{tree}/{name}".rpartition("/")[0], exist_ok=True)
                os.replace(f"{folder}/{path}", f"{tree}/{name}")


def move_tree(source: str, target: str, replaced: frozenset[str], old: str) -> None:
    """Move what is in a folder of the stage: a whole folder at once where there is none of its name.

    Those that are `replaced` as a whole are put aside at once as well, into `old`: ext4 brings each file to the disk
    that takes the place of another, which is a hundred times the work.
    """
    with os.scandir(source) as scan:
        entries = sorted(scan, key=lambda entry: entry.name)
    for entry in entries:
        place = f"{target}/{entry.name}"
        if not entry.is_dir(follow_symlinks=False):
            clear_folders(place)
            os.replace(entry.path, place)
            continue
        if place in replaced and is_folder(place):  # else all of it was removed
            os.rename(place, f"{old}/{os.lstat(place).st_ino}")
        if os.path.lexists(place):
            move_tree(entry.path, place, replaced, old)
        else:
            os.rename(entry.path, place)
    os.rmdir(source)


def find_replaced(folder: str, ours: Iterable[str], files: Container[str], going: Collection[str]) -> frozenset[str]:
    """The uppermost folders, as places on the disk, in which every file is `going`: to be replaced, or removed."""
    kept, changed = (
        {above for path in paths for above in folders_above(path)}
        for paths in ([path for path in ours if path in files and path not in going], going)
    )
    found: set[str] = set()
    for path in sorted(changed - kept, key=len):
        if found.isdisjoint(folders_above(path)) and is_replaced(f"{folder}/{path}", folder, going):
            found.add(path)
    return frozenset(f"{folder}/{path}" for path in found)


def is_replaced(place: str, folder: str, going: Container[str]) -> bool:
    """Whether a folder is there, and nothing in it stays."""
    return is_folder(place) and all(path[len(folder) + 1 :] in going for path in list_tree(place)[1])


def folders_above(path: str) -> Iterator[str]:
    """`a/b` and `a` of `a/b/c`."""
    while path := path.rpartition("/")[0]:
        yield path


def clear_folders(place: str) -> None:
    """Remove a folder that must become a file and holds empty folders only, if there is one."""
    if is_folder(place):
        folders, _ = list_tree(place)
        for folder in reversed(folders):
            os.rmdir(folder)


def remove_empty_parents(path: str, folder: str) -> None:
    """Remove the folders above a path while they are empty, never the output folder itself."""
    with contextlib.suppress(OSError):  # not empty: somebody still lives there
        for above in folders_above(path):
            with contextlib.suppress(FileNotFoundError):
                os.rmdir(f"{folder}/{above}")


def settle(folder: str) -> None:
    """Finish or undo what killed builds left in an output folder.

    Raises:
        OSError: it cannot be done now.
    """
    place = f"{folder}/{STAGE}"
    if not os.path.lexists(place):
        return
    if not is_folder(place):
        raise ProblemError([in_the_way(place)])
    for name in sorted(os.listdir(place)):
        root = f"{place}/{name}"
        if is_folder(root) and (decided := read_manifest(f"{root}/{DECISION}")):
            finish(root, folder, decided)
        drop(root)


def finish(root: str, folder: str, decided: Mapping[str, str]) -> None:
    """Do what a killed build had decided.

    The stage may have been made by a stranger or hurt by a power cut, and the folder may have changed since: only whole
    files are moved, and where nobody is in the way. The build that comes now sees to the rest.
    """
    files = {
        path: bytes.fromhex(mark)
        for path, mark in decided.items()
        if is_safe(path) and not is_reserved(path) and is_mark(mark)
    }
    tree = f"{root}/{TREE}"
    if not is_folder(tree):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(tree)  # a link; or all was moved
        os.mkdir(tree)
    look = Look(folder, read_manifest(f"{folder}/{NAME}"), files)
    for path in look.find_blocked(find_whole(tree, files)):
        os.unlink(f"{tree}/{path}")
        del files[path]
    marks = {path: mark.hex() for path, mark in files.items()}
    decide(root, manifest_bytes(marks))
    carry_out(root, folder, look, marks)


def find_whole(tree: str, files: Mapping[str, bytes]) -> list[str]:
    """The paths of the staged files that are as they were decided; anything else is taken out of the stage."""
    found: list[str] = []
    folders, others = list_tree(tree)
    for place in others:
        path = place[len(tree) + 1 :]
        is_file = path in files and stat.S_ISREG(os.lstat(place).st_mode)
        if is_file and fingerprint_file(place) == files[path]:
            found.append(path)
        else:
            os.unlink(place)
    for place in reversed(folders[1:]):
        with contextlib.suppress(OSError):  # it holds one of those
            os.rmdir(place)
    return found


def undo(folder: str) -> None:
    """Take every stage away that nobody has decided to publish, as far as it can be removed now."""
    place = f"{folder}/{STAGE}"
    if not is_folder(place):
        return
    with contextlib.suppress(OSError):
        for name in os.listdir(place):
            if not os.path.lexists(f"{place}/{name}/{DECISION}"):
                drop(f"{place}/{name}")
        os.rmdir(place)


def drop(root: str) -> None:
    """Take what is left of a stage away, links as links; what cannot be removed now is removed by the next build."""
    with contextlib.suppress(OSError):
        os.rmdir(root)  # all was moved
        return
    with contextlib.suppress(OSError):
        os.unlink(f"{root}/{DECISION}" if is_folder(root) else root)
    with contextlib.suppress(OSError):
        folders, others = list_tree(root)
        for place in others:
            os.unlink(place)
        for place in reversed(folders):
            os.rmdir(place)


def is_folder(place: str) -> bool:
    """Whether there is a folder, which is no link to one."""
    try:
        return stat.S_ISDIR(os.lstat(place).st_mode)
    except OSError:
        return False
