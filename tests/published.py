"""Sites of plain files, published as a build does it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from digest.writing import Written, open_stage, publish
from digest.writing.manifest import NAME


def publish_site(site: Mapping[str, str], folder: Path, *, rewrite: bool = False) -> Written:
    with open_stage(folder, rewrite=rewrite) as stage:
        put = [stage.put(path, text.encode()) for path, text in site.items()]
        files = {file.path: file.fingerprint for file in put}
        return publish(stage, files, {file.path for file in put if not file.equal})


def tree(folder: Path) -> dict[str, str]:
    """Every file of an output folder but the manifest."""
    return {path: text for path, text in whole_tree(folder).items() if path != NAME}


def whole_tree(folder: Path) -> dict[str, str]:
    """Every file of an output folder, and every folder that is empty."""
    return {
        path.relative_to(folder).as_posix(): path.read_text() if path.is_file() else "a folder"
        for path in folder.rglob("*")
        if path.is_file() or (path.is_dir() and not any(path.iterdir()))
    }
