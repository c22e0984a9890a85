"""Sketches to staged files: what is made of the same as in the last build, and still there, is left alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import field
from itertools import chain
from typing import Final

from digest.caching import CHUNK, SKETCH_CHUNKS, Cache, KnownFile, KnownSketch, PackReader, PackWriter, renew
from digest.model import (
    NamedTuple,
    Place,
    Plan,
    Problem,
    ProblemError,
    SearchIndex,
    Sketch,
    StaticFile,
    dataclass,
)
from digest.pipeline.opening import Tell
from digest.rendering import Renderer, name_pages
from digest.working import Crew, cut
from digest.writing import AnyStage, StagedFile

_NEAR: Final = frozenset({"file", "picture", "search"})  # made on this machine: copies of its files, and what is costly


class Made(NamedTuple):
    """What became of some sketches: what is known of their documents, in parts as a cache keeps them together.

    Of their files the `equal` are not staged. With the `problems` are the numbers of the sketches that have them.
    """

    parts: list[bytes]
    equal: list[str]
    problems: list[tuple[int, tuple[Problem, ...]]]


Carry = Callable[[Sequence[Sketch], Sequence[int], AnyStage], Iterable[Made]]


@dataclass(frozen=True, slots=True)
class Documents:
    """Every document of the site: what is known of it now, and of those of the plan; and the paths on the stage."""

    sketches: Mapping[str, KnownSketch]
    planned: Mapping[str, KnownSketch]
    staged: frozenset[str]
    made: tuple[Sketch, ...]


def make_documents(
    plan: Plan,
    known: Mapping[str, KnownSketch],
    lost: Collection[str],
    renderer: Renderer,
    stage: AnyStage,
    *,
    cache: Cache,
    crew: Crew,
    tell: Tell,
    carry: Carry | None = None,
) -> Documents:
    """Make what changed. `lost` are paths of known files that are not as they were left; `carry` has others make some.

    Of a plan that is not whole, all other documents are as they are known.

    Raises:
        ProblemError: what is wrong with templates, each place once with the pages that it was met on; DG404.
    """
    sketches = plan.sketches
    kept: dict[str, KnownSketch] = {}
    todo: list[int] = []
    again: dict[int, tuple[KnownFile, ...]] = {}
    for number, sketch in enumerate(sketches):
        last = known.get(sketch.url)
        if last and last.marks == sketch.marks:
            if not lost or not any(file.path in lost for file in last.files):
                kept[sketch.url] = last
                continue
            if last.files and all(file.place for file in last.files):
                again[number] = last.files
        todo.append(number)
    # A day and its entries are made of the same, which is remembered. One process makes these first, and so has all
    # that lists show; of several, one makes the lists of tags and authors, in the first chunk, which is the largest.
    todo.sort(key=lambda number: sketches[number].url, reverse=crew.processes > 1 or carry is not None)
    parts: list[tuple[bytes, dict[str, KnownSketch]]] = []
    equal: set[str] = set()
    faults: dict[Problem, list[int]] = {}
    if len(again) < len(todo):
        renderer.prepare()  # once, before processes part
    with cache.write_pack("files") as writer:
        work = Maker(sketches, again, renderer, stage, cache.reader, writer, known, lost)
        near, far = _divide(sketches, todo, again, crew) if carry else (todo, [])
        weights = [1 if number in again else sketches[number].weight for number in near]
        chunks = ([near[place] for place in chunk] for chunk in cut(weights, crew))
        for made in chain(crew.run(work, chunks), carry(sketches, far, stage) if carry and far else ()):
            for number, problems in made.problems:
                for problem in problems:
                    faults.setdefault(problem, []).append(number)
            some = [(part, SKETCH_CHUNKS.unpack(part)) for part in made.parts]
            parts += some
            for _, documents in some:
                kept |= documents
            equal.update(made.equal)
            tell("writing", len(kept), len(sketches))
    if faults:
        # By their places on the site, whoever was the first to make one.
        for numbers in faults.values():
            numbers.sort()
        found = sorted(faults.items(), key=lambda fault: fault[1])
        raise ProblemError(name_pages(problem, [sketches[number].url for number in at]) for problem, at in found)
    planned = {sketch.url: kept[sketch.url] for sketch in sketches}
    staged = [file.path for _, documents in parts for _, files in documents.values() for file in files]
    new = SKETCH_CHUNKS.join(parts) if len(todo) == len(sketches) else planned
    return Documents(
        new if plan.whole else renew(known, planned),
        planned,
        frozenset(staged) - equal,
        tuple([sketches[number] for number in todo]),
    )


def _divide(
    sketches: Sequence[Sketch], todo: Sequence[int], again: Container[int], crew: Crew
) -> tuple[list[int], list[int]]:
    """What is to be made here, and what may be made anywhere, if that is enough to send for somebody."""
    far = [number for number in todo if number not in again and sketches[number].kind not in _NEAR]
    if len(cut([sketches[number].weight for number in far], crew)) < 2:
        return list(todo), []
    away = frozenset(far)
    return [number for number in todo if number not in away], far


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes, renders and stages sketches by their numbers. What it makes `writer` keeps, should its file be lost.

    The files of those in `again` were made of the same before, and are kept. What was made before is `known`, but for
    the paths that are `lost`.
    """

    sketches: Sequence[Sketch]
    again: Mapping[int, tuple[KnownFile, ...]]
    renderer: Renderer
    stage: AnyStage
    reader: PackReader
    writer: PackWriter | None = None
    known: Mapping[str, KnownSketch] = field(default_factory=dict)
    lost: Collection[str] = ()

    def __call__(self, numbers: Sequence[int]) -> Made:
        """What becomes of these; one that fails does not stop the others."""
        made = Made([], [], [])
        for start in range(0, len(numbers), CHUNK):
            documents: dict[str, KnownSketch] = {}
            for number in numbers[start : start + CHUNK]:
                sketch = self.sketches[number]
                try:
                    files = self._restore(self.again[number]) if number in self.again else self._render(sketch)
                except ProblemError as error:
                    made.problems.append((number, error.problems))
                    continue
                known = [KnownFile(file.path, file.fingerprint, file.stamp, place) for file, place in files]
                documents[sketch.url] = KnownSketch(sketch.marks, tuple(known))
                made.equal.extend([file.path for file, _ in files if file.equal])
            made.parts.append(SKETCH_CHUNKS.pack(documents))
        if self.writer:
            self.writer.flush()
        return made

    def _restore(self, kept: Sequence[KnownFile]) -> list[tuple[StagedFile, Place | None]]:
        return [(self.stage.put(file.path, self.reader.read(file.place)), file.place) for file in kept if file.place]

    def _render(self, sketch: Sketch) -> list[tuple[StagedFile, Place | None]]:
        artifact = sketch.make()
        if isinstance(artifact, StaticFile) and artifact.path:
            return [(self.stage.copy(artifact.url[1:], artifact.path), None)]
        if isinstance(artifact, SearchIndex):
            return self._renew(artifact, self.known.get(sketch.url))
        return [self._put(output.path, output.data) for output in self.renderer.render(artifact)]

    def _renew(self, index: SearchIndex, last: KnownSketch | None) -> list[tuple[StagedFile, Place | None]]:
        """An index of a search: files of the last that are as they were, which are nearly all, stay where they are."""
        kept = {file.path: (file, file.place) for file in last.files if file.place} if last else {}
        marks = last.marks if last else ()
        made: list[tuple[StagedFile, Place | None]] = []
        for path, data in self.renderer.renew(index, marks, kept, lambda path: self.reader.read(kept[path][1])):
            if data is not None:
                made.append(self._put(path, data))
            elif path in self.lost:
                made += self._restore([kept[path][0]])
            else:
                file, place = kept[path]
                made.append((StagedFile(path, file.fingerprint, file.stamp, equal=True), place))
        return made

    def _put(self, path: str, data: bytes) -> tuple[StagedFile, Place | None]:
        return self.stage.put(path, data), self.writer.add(data) if self.writer else None
