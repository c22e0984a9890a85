"""A cache may come from anybody: whatever lies in it, a build goes on, and nothing outside is touched."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest
from cached_values import make_body, make_sketch
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.caching import Cache, DamagedCache, Known, open_cache
from digest.model import Problem

ENVIRONMENT, BUILD = b"e" * 8, b"b" * 16


def fill(folder: Path) -> Known:
    """A cache with every kind of file."""
    cache = Cache(folder, ENVIRONMENT, BUILD)
    with cache.write_pack("prose") as writer:
        bodies = {str(number): make_body(number, writer.add(b"text" * number)) for number in range(300)}
    cache.save(Known(bodies, {f"/{number}/": make_sketch(number) for number in range(300)}, b"basis"))
    return Known(bodies, {f"/{number}/": make_sketch(number) for number in range(300)}, b"basis")


def read_whole(cache: Cache) -> tuple[Known, tuple[Problem, ...]]:
    """What is known, all of it read; nothing where that comes upon damage."""
    known, problems = cache.read()
    try:
        return Known(dict(known.bodies), dict(known.sketches), known.basis), problems
    except DamagedCache:
        return Known(), problems


def use(folder: Path, before: Known) -> Known:
    """Build on what is there: what comes back is what was kept, or damage; saving makes it whole."""
    cache = Cache(folder, ENVIRONMENT, BUILD)
    known, problems = read_whole(cache)
    assert known.bodies in ({}, before.bodies)
    assert known.sketches in ({}, before.sketches)
    assert {problem.code for problem in problems} <= {"DG503"}
    for key, body in known.bodies.items():
        assert body.place
        try:
            assert cache.reader.read(body.place) == b"text" * int(key)
        except DamagedCache:
            break
    cache.forget()
    again = fill(folder)
    assert cache.read() == (again, ())
    return again


def contents(data: bytes) -> Iterator[bytes]:
    """What may be in a file instead of its own bytes."""
    for part in (0, 1, 14, 15, 22, 23, 30, len(data) // 2, len(data) - 1):
        yield data[:part]
        yield data[:part] + b"\xff" * 8 + data[part + 8 :]
    yield random.Random(0).randbytes(10_000)
    yield data + b"\0"


def replacements(outside: Path) -> tuple[Callable[[Path], None], ...]:
    """What may be there instead of a file."""
    return (os.mkfifo, lambda path: path.symlink_to(outside), lambda path: path.symlink_to("/dev/zero"), Path.mkdir)


@pytest.mark.parametrize("kind", ["bodies.state", "build-*.state", "prose-*.pack"])
def test_any_file_may_be_anything(tmp_path: Path, kind: str) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"of somebody else")
    folder = tmp_path / "cache"
    folder.mkdir()
    before = fill(folder)
    (path,) = folder.glob(kind)
    for number, _ in enumerate(contents(path.read_bytes())):
        path.write_bytes(list(contents(path.read_bytes()))[number])
        before = use(folder, before)
        (path,) = folder.glob(kind)
    for replace in replacements(outside):
        path.unlink()
        replace(path)
        before = use_when_changed(folder, before)
        (path,) = folder.glob(kind)
        assert outside.read_bytes() == b"of somebody else"
    path.unlink()
    use(folder, before)


def use_when_changed(folder: Path, before: Known) -> Known:
    """Likewise; a folder in the place of a file is for its owner to remove."""
    for path in list(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            known, problems = read_whole(Cache(folder, ENVIRONMENT, BUILD))
            assert problems or known.bodies == before.bodies
            Cache(folder, ENVIRONMENT, BUILD).save(before)  # as far as it goes
            path.rmdir()
    return use(folder, before)


@settings(deadline=None, max_examples=100)
@given(data=st.data())
def test_a_flipped_bit_is_noticed_or_of_no_matter(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("cache")
    before = fill(folder)
    path = data.draw(st.sampled_from(sorted(folder.glob("*.state"))))
    content = bytearray(path.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(content)
    with closing(Cache(folder, ENVIRONMENT, BUILD)) as cache:
        known, _ = read_whole(cache)
    assert known.bodies in ({}, before.bodies)
    assert known.sketches in ({}, before.sketches)


def test_a_folder_that_is_a_link_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".digest-cache").symlink_to(tmp_path / "elsewhere")
    assert open_cache(tmp_path) is None
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_cache_keeps_itself_out_of_repositories(tmp_path: Path) -> None:
    folder = open_cache(tmp_path)
    assert folder
    assert (folder / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_where_a_file_is_in_the_way_there_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / ".digest-cache").write_text("mine", encoding="utf-8")
    assert open_cache(tmp_path) is None


def _save_often(folder: Path, first: int) -> None:
    for number in range(first, first + 20):
        cache = Cache(folder, ENVIRONMENT, bytes([first]) * 16)
        with cache.write_pack("prose") as writer:
            place = writer.add(str(number).encode())
        cache.save(Known({str(number): make_body(number, place)}, {"/": make_sketch(number)}))


def test_two_processes_that_save_without_a_lock_leave_a_whole_cache(tmp_path: Path) -> None:
    context = get_context("spawn")
    children = [context.Process(target=_save_often, args=(tmp_path, first)) for first in (1, 101)]
    for child in children:
        child.start()
    for child in children:
        child.join()
        assert child.exitcode == 0
    known, problems = Cache(tmp_path, ENVIRONMENT, b"\x01" * 16).read()
    assert problems == ()
    assert len(known.bodies) == 1
