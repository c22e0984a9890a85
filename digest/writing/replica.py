"""The publisher `folder`: another folder holds the site as well, as quietly as a build would write it there."""

from __future__ import annotations

import os
from dataclasses import field
from functools import partial
from pathlib import Path
from typing import Final

from digest.model import Delivery, Outlook, Problem, ProblemError, PublishOrder, Span, dataclass, replace
from digest.writing.folder import check_folder
from digest.writing.looking import Look, in_the_way
from digest.writing.manifest import NAME, is_reserved, read_manifest
from digest.writing.opening import open_stage
from digest.writing.publishing import publish
from digest.writing.stage import fingerprint_file, list_tree, refuse


@dataclass(frozen=True, slots=True)
class FolderPublisher:
    """Publishes into a folder: that of a web server, of a disk elsewhere, or of another program that uploads it."""

    name: str = field(default="folder")

    def look(self, order: PublishOrder) -> Outlook:
        """See whether it is a folder apart from the site."""
        if not order.target:
            message, hint = "no folder is named to publish into", "name it: --to folder:/srv/www/digest"
            return Outlook((Problem("error", "DG502", message, hint=hint),))
        if order.replace or order.fresh:
            message = "--replace and --fresh are for a branch: a folder has no history that keeps what others put there"
            hint = "remove yourself what may go"
            return Outlook((Problem("error", "DG823", message, hint=hint),))
        folder, output = target_of(order), Path(order.folder).resolve()
        try:
            check_folder(folder, Path(order.site))
            place = folder.resolve()
        except ProblemError as error:
            return Outlook(error.problems)
        if place == output or output in place.parents or place in output.parents:
            message, hint = f"cannot publish into {folder}: the site is built there", "name a folder apart from it"
            return Outlook((Problem("error", "DG502", message, Span(str(folder)), hint),))
        return Outlook()

    def prepare(self, order: PublishOrder, paths: tuple[str, ...]) -> Delivery:
        """Compare the site with the folder."""
        return _survey(order, str(target_of(order)), paths)


FOLDER: Final = FolderPublisher()


def target_of(order: PublishOrder) -> Path:
    """The folder that is meant."""
    return Path(order.target).expanduser()


def _survey(order: PublishOrder, folder: str, paths: tuple[str, ...]) -> Delivery:
    try:
        files = {path: fingerprint_file(f"{order.folder}/{path}") for path in paths}
        ours = read_manifest(f"{folder}/{NAME}")
        look = Look(folder, ours, files)
        found = [place[len(folder) + 1 :] for place in list_tree(folder)[1]] if os.path.isdir(folder) else []
        there = {path for path in found if not is_reserved(path)}
        added = [path for path in paths if path not in there]
        changed = [path for path in paths if path in there and not _is_equal(f"{folder}/{path}", files[path])]
        blocked = look.find_blocked([*added, *changed])
    except OSError as error:
        raise refuse(error, folder) from error
    return Delivery(
        place=folder,
        added=tuple(added),
        changed=tuple(changed),
        removed=tuple(look.removable),
        kept=tuple(sorted(there - files.keys() - look.removable.keys())),
        send=partial(_send, order, folder, paths),
        problems=(*look.problems, *(in_the_way(f"{folder}/{path}") for path in dict.fromkeys(blocked.values()))),
    )


def _is_equal(place: str, fingerprint: bytes) -> bool:
    return os.path.isfile(place) and not os.path.islink(place) and fingerprint_file(place) == fingerprint


def _send(order: PublishOrder, folder: str, paths: tuple[str, ...]) -> Delivery:
    """Stage all that differs, then move it to its place: as a build does, and after one that was killed."""
    with open_stage(Path(folder)) as stage:
        delivery = _survey(order, folder, paths)
        if any(problem.severity == "error" for problem in delivery.problems):
            return delivery
        copied = [stage.copy(path, f"{order.folder}/{path}") for path in paths]
        files = {file.path: file.fingerprint for file in copied}
        publish(stage, files, {file.path for file in copied if not file.equal})
    return delivery if delivery.is_empty else replace(delivery, done=folder)
