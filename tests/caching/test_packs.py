"""Records come back, from segments of any process, and nothing else does."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from cached_values import make_body, make_sketch
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.caching import Cache, DamagedCache, Known, PackReader, PackWriter, UnwritableCache
from digest.model import Place


@settings(deadline=None)
@given(payloads=st.lists(st.binary(max_size=2000), max_size=20))
def test_records_come_back(tmp_path_factory: pytest.TempPathFactory, payloads: list[bytes]) -> None:
    folder = tmp_path_factory.mktemp("packs")
    with PackWriter(folder, "prose") as writer:
        places = [writer.add(payload) for payload in payloads]
    reader = PackReader(folder)
    assert [reader.read(place) for place in places] == payloads
    reader.close()


def test_a_large_record_is_on_the_disk_at_once(tmp_path: Path) -> None:
    writer = PackWriter(tmp_path, "prose")
    place = writer.add(b"x" * (2 << 20))
    assert PackReader(tmp_path).read(place) == b"x" * (2 << 20)
    writer.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk is always full here")
def test_a_full_disk_is_told_once_and_leaves_nothing_open(tmp_path: Path) -> None:
    def fill() -> None:
        with writer:
            writer.add(b"a record")
            full = os.open("/dev/full", os.O_WRONLY)
            os.dup2(full, writer._descriptor)
            os.close(full)
            writer.flush()

    writer = PackWriter(tmp_path, "prose")
    with pytest.raises(UnwritableCache, match="No space left") as told:
        fill()
    assert not isinstance(told.value.__context__, UnwritableCache)
    writer.close()
    with pytest.raises(UnwritableCache):
        PackWriter(tmp_path / "nowhere", "prose").add(b"a record")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
def test_each_process_has_a_segment_of_its_own(tmp_path: Path) -> None:
    writer = PackWriter(tmp_path, "prose")
    ours = writer.add(b"ours")
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            writer.flush()  # which is not its own
            place = writer.add(b"theirs")
            writer.close()
            os.write(write, f"{place.segment} {place.offset} {place.length}".encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    segment, offset, length = os.read(read, 1000).decode().split()
    writer.close()
    reader = PackReader(tmp_path)
    assert reader.read(ours) == b"ours"
    assert reader.read(Place(segment, int(offset), int(length))) == b"theirs"
    assert segment != ours.segment


@settings(deadline=None)
@given(data=st.data())
def test_a_changed_byte_is_noticed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("packs")
    with PackWriter(folder, "prose") as writer:
        place = writer.add(b"some text that is kept")
    path = folder / place.segment
    content = bytearray(path.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    with pytest.raises(DamagedCache):
        PackReader(folder).read(place)


@pytest.mark.parametrize(
    "place",
    [
        Place("../../etc/passwd", 4, 10),
        Place("/etc/passwd", 4, 10),
        Place("prose-0123456789abcdef.pack\n", 4, 10),
        Place("prose-0123456789abcdef.pack", 4, 10),
        Place("", 4, 10),
        Place("prose-0123456789abcdef.pack", 0, 10),
        Place("prose-0123456789abcdef.pack", -4, 10),
        Place("prose-0123456789abcdef.pack", 4, -1),
        Place("prose-0123456789abcdef.pack", 4, 1 << 60),
        Place("prose-0123456789abcdef.pack", 1 << 70, 1),
    ],
)
def test_a_place_that_is_none_is_damage(tmp_path: Path, place: Place) -> None:
    with pytest.raises(DamagedCache):
        PackReader(tmp_path).read(place)


REPLACEMENTS: list[Callable[[Path], None]] = [os.mkfifo, Path.mkdir, lambda path: path.symlink_to(path.parent / "kept")]


@pytest.mark.parametrize("replace", REPLACEMENTS)
def test_links_pipes_and_folders_are_no_segments(tmp_path: Path, replace: Callable[[Path], None]) -> None:
    with PackWriter(tmp_path, "prose") as writer:
        place = writer.add(b"text")
    path = tmp_path / place.segment
    path.rename(tmp_path / "kept")
    replace(path)
    with pytest.raises(DamagedCache):
        PackReader(tmp_path).read(place)


def test_segments_that_nothing_refers_to_go(tmp_path: Path) -> None:
    cache = Cache(tmp_path, b"e" * 8, b"b" * 16)
    places = []
    for _ in range(3):
        with cache.write_pack("prose") as writer:
            places.append(writer.add(b"text"))
    cache.save(Known({"a": make_body(1, places[0])}, {"/": make_sketch(1, places[1])}))
    assert sorted(path.name for path in tmp_path.glob("*.pack")) == sorted(place.segment for place in places[:2])


def test_segments_that_another_build_needs_stay(tmp_path: Path) -> None:
    other, cache = Cache(tmp_path, b"e" * 8, b"c" * 16), Cache(tmp_path, b"e" * 8, b"b" * 16)
    with other.write_pack("files") as writer:
        place = writer.add(b"text")
    other.save(Known({}, {"/": make_sketch(1, place)}))
    cache.save(Known({}, {"/": make_sketch(2)}))
    assert cache.reader.read(place) == b"text"


def test_records_of_a_segment_that_holds_little_of_use_move(tmp_path: Path) -> None:
    cache = Cache(tmp_path, b"e" * 8, b"b" * 16)
    with cache.write_pack("prose") as writer:
        place = writer.add(b"text")
        writer.add(b"x" * (2 << 20))
    cache.save(Known({"a": make_body(1, place)}, {"/": make_sketch(1, place)}))
    known, _ = Cache(tmp_path, b"e" * 8, b"b" * 16).read()
    moved = [known.bodies["a"].place, known.sketches["/"].files[0].place]
    assert [cache.reader.read(each) for each in moved if each] == [b"text", b"text"]
    assert sum(path.stat().st_size for path in tmp_path.glob("*.pack")) < 100


def test_records_do_not_move_for_little(tmp_path: Path) -> None:
    cache = Cache(tmp_path, b"e" * 8, b"b" * 16)
    with cache.write_pack("files") as writer:
        place = writer.add(b"text")
        writer.add(b"x" * 1000)
    cache.save(Known({}, {"/": make_sketch(1, place)}))
    assert Cache(tmp_path, b"e" * 8, b"b" * 16).read()[0].sketches["/"] == make_sketch(1, place)


def test_a_hundred_builds_leave_few_segments(tmp_path: Path) -> None:
    bodies = {}
    for number in range(100):
        cache = Cache(tmp_path, b"e" * 8, b"b" * 16)
        bodies = dict(cache.read()[0].bodies)
        with cache.write_pack("prose") as writer:
            bodies[str(number)] = make_body(number, writer.add(str(number).encode() * 100))
        cache.save(Known(bodies))
        cache.close()
    assert len(list(tmp_path.glob("*.pack"))) <= 33
    cache = Cache(tmp_path, b"e" * 8, b"b" * 16)
    known, _ = cache.read()
    for key, body in known.bodies.items():
        assert body.place
        assert cache.reader.read(body.place) == key.encode() * 100
