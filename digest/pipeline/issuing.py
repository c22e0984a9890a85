"""What is planned is made and published, as far as it is not there already; and how the output folder is left."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Final

from digest import planning
from digest.caching import Known, KnownFile, KnownSketch, read_all
from digest.model import Ground, NamedTuple, Plan, Site, Sketch, Stamp, StaticFile, dataclass, replace
from digest.pipeline.documents import Documents
from digest.sealing import Sight, renew_outputs, tell_outputs
from digest.writing import Stage, StoreStage, Written, check_there, publish_there, see_manifest

Make = Callable[["Planned", Mapping[str, KnownSketch], set[str]], Documents]
Outputs = tuple[str, bytes]  # what `tell_outputs` tells of an output folder
_NOTHING: Outputs = ("", b"")
_MUCH: Final = 4  # one of so many files that change: then whole folders are moved


class Planned(NamedTuple):
    """A site, and its plan or that of some of its documents."""

    plan: Plan
    site: Site


@dataclass(frozen=True, slots=True)
class Issue:
    """What was issued. `before` is what was known of the documents, `lost` are paths that were not as they had been."""

    planned: Planned
    before: Mapping[str, KnownSketch]
    lost: set[str]
    documents: Documents
    done: Written
    stamps: Mapping[str, Stamp]
    outputs: Outputs


def issue(
    output: Path | str,
    stage: Stage | StoreStage,
    planned: Planned,
    known: Known,
    *,
    sight: Sight | None,
    make: Make,
    plan_whole: Callable[[], Planned],
    copies: Iterable[StaticFile],
    clean: bool,
) -> Issue:
    """Make and publish what is planned, and put back what is lost of all else; `copies` are the files that are copied.

    Where something of that is not known well enough, all of the site is planned.
    """
    left = None if clean else _see_left(output, known.ground, sight)
    before, lost = known.sketches, set[str]()
    if left is None or planned.plan.whole:
        before = read_all(before)
    if left is None:
        stamps = _list_stamps(before)
        lost = set(stamps) if clean else check_there(output, stamps)
    if not planned.plan.whole:
        back = _put_back(planned.plan, before, lost, copies)
        if back is None or any(sketch.url not in before for sketch in planned.plan.sketches):
            planned, before = plan_whole(), read_all(before)
        else:
            plan = replace(planned.plan, sketches=(*planned.plan.sketches, *back))
            planned = planned._replace(plan=plan)
    documents = make(planned, before, lost)
    gone = None
    if left and (not planned.plan.whole or len(documents.staged) * _MUCH <= len(before)):
        changed, gone = _find_changes(before, documents.planned, whole=planned.plan.whole)
    else:
        every = documents.planned if planned.plan.whole else read_all(documents.sketches)
        changed = _list_files(every.values())
    files = {path: file.fingerprint for path, file in changed.items()}
    done = publish_there(stage, files, documents.staged, gone=gone)
    stamps, outputs = {path: file.stamp for path, file in changed.items()}, _NOTHING
    if isinstance(output, Path):
        stamps |= see_manifest(output)
        if left and gone is not None:
            outputs = renew_outputs(left, stamps, gone)
        else:
            outputs = tell_outputs(str(output), stamps.items())
    return Issue(planned, before, lost, documents, done, stamps, outputs)


def _put_back(
    plan: Plan, before: Mapping[str, KnownSketch], lost: Collection[str], copies: Iterable[StaticFile]
) -> list[Sketch] | None:
    """What brings back the lost files of documents that are not in a plan; none, where one has to be planned."""
    if not lost:
        return []
    back: list[Sketch] = []
    planned = {sketch.url for sketch in plan.sketches}
    by_url = {file.url: file for file in copies}
    for url, (marks, files) in before.items():
        if url in planned or not any(file.path in lost for file in files):
            continue
        sketch = planning.sketch_known(url, marks)
        if url in by_url:
            sketch = planning.sketch_file(by_url[url], "file")
        if sketch.marks != marks or not all(file.place or url in by_url for file in files):
            return None
        back.append(sketch)
    return back


def mark_outputs(outputs: Outputs) -> bytes:
    """A mark of how an output folder looks."""
    listed, looks = outputs
    return blake2b(listed.encode("utf-8", "surrogatepass") + b"\0" + looks, digest_size=16).digest()


def _see_left(output: Path | str, ground: Ground, sight: Sight | None) -> Outputs | None:
    """How the output folder looks, if somebody has just seen that it is as the last build left it."""
    if sight is None or sight.outputs is None or not isinstance(output, Path):
        return None
    if mark_outputs(sight.outputs) != ground.outputs:
        return None
    # Had another build been there since somebody looked, the manifest would be another.
    return sight.outputs if renew_outputs(sight.outputs, see_manifest(output)) == sight.outputs else None


def _list_stamps(sketches: Mapping[str, KnownSketch]) -> dict[str, Stamp]:
    return {file.path: file.stamp for sketch in sketches.values() for file in sketch.files}


def _find_changes(
    before: Mapping[str, KnownSketch], planned: Mapping[str, KnownSketch], *, whole: bool
) -> tuple[dict[str, KnownFile], set[str]]:
    """The files that are others than they were, and the paths at which there is no file of any document now.

    No other document has ever had one of these paths: they follow from addresses, and each has one holder.
    """
    made = {url: sketch for url, sketch in planned.items() if before.get(url) is not sketch}
    old = [sketch for url in made if (sketch := before.get(url))]
    if whole:
        old += [sketch for url, sketch in before.items() if url not in planned]
    was, now = _list_files(old), _list_files(made.values())
    return {path: file for path, file in now.items() if not _is_same(was.get(path), file)}, was.keys() - now.keys()


def _is_same(was: KnownFile | None, now: KnownFile) -> bool:
    return was is not None and (was.fingerprint, was.stamp) == (now.fingerprint, now.stamp)


def _list_files(sketches: Iterable[KnownSketch]) -> dict[str, KnownFile]:
    return {file.path: file for sketch in sketches for file in sketch.files}
