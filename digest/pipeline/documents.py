"""Sketches to staged files: what is made of the same as in the last build, and still there, is left alone."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

from digest.caching import Cache, KnownFile, KnownSketch, PackReader, PackWriter
from digest.model import Place, Problem, ProblemError, Sketch, StaticFile, dataclass
from digest.pipeline.opening import Tell
from digest.rendering import Renderer, name_pages
from digest.working import Crew, cut
from digest.writing import AnyStage, StagedFile

_COSTLY: Final = frozenset({"search", "picture"})  # kinds whose files are kept in the cache, should they be lost
_NEAR: Final = _COSTLY | {"file"}  # what is made on this machine: for its cache, or copies of its files


class Made(NamedTuple):
    """What became of a sketch: its files, or what is wrong."""

    number: int
    files: tuple[KnownFile, ...]
    staged: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


Carry = Callable[[Sequence[Sketch], Sequence[int], AnyStage], Iterable[list[Made]]]


@dataclass(frozen=True, slots=True)
class Documents:
    """Every document of the site: what is known of it now, and the paths that lie on the stage."""

    sketches: Mapping[str, KnownSketch]
    staged: frozenset[str]
    made: tuple[Sketch, ...]


def make_documents(
    sketches: Sequence[Sketch],
    known: Mapping[str, KnownSketch],
    lost: Container[str],
    renderer: Renderer,
    stage: AnyStage,
    *,
    cache: Cache,
    crew: Crew,
    tell: Tell,
    carry: Carry | None = None,
) -> Documents:
    """Make what changed. `lost` are paths of known files that are not as they were left; `carry` has others make some.

    Raises:
        ProblemError: what is wrong with templates, each place once with the pages that it was met on; DG404.
    """
    kept: dict[str, KnownSketch] = {}
    todo: list[int] = []
    for number, sketch in enumerate(sketches):
        last = known.get(sketch.url)
        if last and last.marks == sketch.marks and not any(file.path in lost for file in last.files):
            kept[sketch.url] = last
        else:
            todo.append(number)
    todo.sort(key=lambda number: sketches[number].url)  # a day and its entries are made of the same, and remembered
    staged: set[str] = set()
    faults: dict[Problem, list[str]] = {}
    if todo:
        renderer.prepare()  # once, before processes part
    with cache.write_pack("files") as writer:
        work = Maker(sketches, known, renderer, stage, writer, cache.reader)
        near, far = _divide(sketches, todo, crew) if carry else (todo, [])
        weights = [sketches[number].weight for number in near]
        chunks = ([near[place] for place in chunk] for chunk in cut(weights, crew))
        for results in chain(crew.run(work, chunks), carry(sketches, far, stage) if carry and far else ()):
            for made in results:
                sketch = sketches[made.number]
                for problem in made.problems:
                    faults.setdefault(problem, []).append(sketch.url)
                kept[sketch.url] = KnownSketch(sketch.marks, made.files)
                staged.update(made.staged)
            tell("writing", len(kept), len(sketches))
    if faults:
        raise ProblemError(name_pages(problem, urls) for problem, urls in faults.items())
    ordered = {sketch.url: kept[sketch.url] for sketch in sketches}
    return Documents(ordered, frozenset(staged), tuple(sketches[number] for number in todo))


def _divide(sketches: Sequence[Sketch], todo: Sequence[int], crew: Crew) -> tuple[list[int], list[int]]:
    """What is to be made here, and what may be made anywhere, if that is enough to send for somebody."""
    far = [number for number in todo if sketches[number].kind not in _NEAR]
    if len(cut([sketches[number].weight for number in far], crew)) < 2:
        return list(todo), []
    return [number for number in todo if sketches[number].kind in _NEAR], far


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes, renders and stages sketches by their numbers."""

    sketches: Sequence[Sketch]
    known: Mapping[str, KnownSketch]
    renderer: Renderer
    stage: AnyStage
    writer: PackWriter
    reader: PackReader

    def __call__(self, numbers: Sequence[int]) -> list[Made]:
        """What becomes of these; one that fails does not stop the others."""
        made = [self._make(number) for number in numbers]
        self.writer.flush()
        return made

    def _make(self, number: int) -> Made:
        sketch = self.sketches[number]
        try:
            files = self._restore(sketch) or self._render(sketch)
        except ProblemError as error:
            return Made(number, (), (), error.problems)
        known = tuple(KnownFile(file.path, file.fingerprint, file.stamp, place) for file, place in files)
        return Made(number, known, tuple(file.path for file, _ in files if not file.equal))

    def _restore(self, sketch: Sketch) -> list[tuple[StagedFile, Place | None]]:
        """The files as they were made before of the same, if they were kept."""
        last = self.known.get(sketch.url)
        if not last or last.marks != sketch.marks or not all(file.place for file in last.files):
            return []
        return [
            (self.stage.put(file.path, self.reader.read(file.place)), file.place) for file in last.files if file.place
        ]

    def _render(self, sketch: Sketch) -> list[tuple[StagedFile, Place | None]]:
        artifact = sketch.make()
        if isinstance(artifact, StaticFile) and artifact.path:
            return [(self.stage.copy(artifact.url[1:], artifact.path), None)]
        costly = sketch.kind in _COSTLY
        return [
            (self.stage.put(output.path, output.data), self.writer.add(output.data) if costly else None)
            for output in self.renderer.render(artifact)
        ]
