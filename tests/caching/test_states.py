"""What is known comes back as it was, or not at all."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from cached_values import BODIES, ENTRIES, KNOWN, PROSE, TEXT, make_body, make_sketch
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.caching import BODY_CHUNKS, Cache, DamagedCache, Known, KnownBody, decode_prose, encode_prose, renew
from digest.model import Entry, Prose

ENVIRONMENT, BUILD = b"e" * 8, b"b" * 16


def cache_of(folder: Path, environment: bytes = ENVIRONMENT, build: bytes = BUILD) -> Cache:
    """The cache in a folder, open for another build."""
    return Cache(folder, environment, build)


@settings(deadline=None)
@given(PROSE)
def test_prose_comes_back(prose: Prose) -> None:
    assert decode_prose(encode_prose(prose)) == replace(prose, problems=())


@settings(deadline=None)
@given(st.dictionaries(TEXT, BODIES, max_size=40))
def test_bodies_come_back(bodies: dict[str, KnownBody]) -> None:
    assert BODY_CHUNKS.unpack(BODY_CHUNKS.pack(bodies)) == bodies


def test_the_text_of_a_body_is_left_out() -> None:
    body = make_body(1)
    assert isinstance(body.source, Entry)
    written = BODY_CHUNKS.pack({"a": body._replace(source=body.source._replace(body="text"))})
    assert BODY_CHUNKS.unpack(written) == {"a": body}


@settings(deadline=None)
@given(ENTRIES, st.integers(1, 100))
def test_times_keep_their_offsets(entry: Entry, count: int) -> None:
    bodies = {str(number): make_body(number)._replace(source=entry) for number in range(count)}
    for body in BODY_CHUNKS.unpack(BODY_CHUNKS.pack(bodies)).values():
        assert isinstance(body.source, Entry)
        assert str(body.source.time) == str(entry.time)


@settings(deadline=None)
@given(known=KNOWN)
def test_what_is_known_comes_back(tmp_path_factory: pytest.TempPathFactory, known: Known) -> None:
    folder = tmp_path_factory.mktemp("cache")
    cache_of(folder).save(known)
    assert cache_of(folder).read() == (known, ())


@settings(deadline=None, max_examples=30)
@given(data=st.data())
def test_a_series_of_edits_is_what_was_saved_last(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("cache")
    bodies = {str(number): make_body(number) for number in range(700)}
    cache_of(folder).save(Known(bodies, {}, b"basis"))
    for _ in range(data.draw(st.integers(1, 4))):
        cache = cache_of(folder)
        known, _ = cache.read()
        bodies = dict(known.bodies)
        for key in data.draw(st.lists(st.integers(0, 900), max_size=300)):
            if data.draw(st.booleans()):
                bodies[str(key)] = make_body(key + 1000)
            else:
                bodies.pop(str(key), None)
        cache.save(replace(known, bodies=bodies))
        assert cache_of(folder).read()[0].bodies == bodies


def test_what_a_killed_build_added_is_passed_over(tmp_path: Path) -> None:
    bodies = {str(number): make_body(number) for number in range(600)}
    edited = bodies | {"300": make_body(1000)}
    cache_of(tmp_path).save(Known(bodies, basis=b"old"))
    path = tmp_path / "bodies.state"
    old = path.stat()
    edit_body(tmp_path, "300", 1000)
    new = path.stat()
    assert (new.st_ino, new.st_size > old.st_size) == (old.st_ino, True)
    data = path.read_bytes()
    for size in range(old.st_size, new.st_size, 777):
        for rest in (b"", bytes(99)):  # after a power cut there may be zeros
            path.write_bytes(data[:size] + rest)
            assert cache_of(tmp_path).read()[0].bodies == bodies
    edit_body(tmp_path, "300", 1000)
    assert cache_of(tmp_path).read()[0].bodies == edited


def test_a_state_of_which_little_is_of_use_is_written_anew(tmp_path: Path) -> None:
    cache_of(tmp_path).save(Known({str(number): make_body(number) for number in range(600)}))
    path = tmp_path / "bodies.state"
    sizes = [path.stat().st_size]
    for number in range(60):
        edit_body(tmp_path, str(number), 1000 + number)
        sizes.append(path.stat().st_size)
    assert max(sizes) < 3 * sizes[0] + (1 << 20)
    assert sizes != sorted(sizes)
    known = cache_of(tmp_path).read()[0].bodies
    assert known == {str(number): make_body(number + 1000 * (number < 60)) for number in range(600)}


def test_what_has_another_name_is_left_alone(tmp_path: Path) -> None:
    cache_of(tmp_path).save(Known({"a": make_body(1)}))
    backup = tmp_path / "backup"
    os.link(tmp_path / "bodies.state", backup)
    data = backup.read_bytes()
    edit_body(tmp_path, "a", 2)
    assert backup.read_bytes() == data
    assert cache_of(tmp_path).read()[0].bodies == {"a": make_body(2)}


def edit_body(folder: Path, key: str, number: int) -> None:
    """As a build does that reads one file."""
    with closing(cache_of(folder)) as cache:
        known, _ = cache.read()
        cache.save(replace(known, bodies=renew(known.bodies, {key: make_body(number)})))


def test_another_environment_knows_nothing(tmp_path: Path) -> None:
    cache_of(tmp_path).save(Known({"a": make_body(1)}, {"/": make_sketch(1)}))
    assert cache_of(tmp_path, b"f" * 8).read() == (Known(), ())


def test_builds_share_bodies_and_keep_their_sketches(tmp_path: Path) -> None:
    bodies = {"a": make_body(1)}
    cache_of(tmp_path).save(Known(bodies, {"/1/": make_sketch(1)}))
    cache_of(tmp_path, build=b"c" * 16).save(Known(bodies, {"/2/": make_sketch(2)}))
    assert cache_of(tmp_path).read()[0] == Known(bodies, {"/1/": make_sketch(1)})
    assert cache_of(tmp_path, build=b"c" * 16).read()[0] == Known(bodies, {"/2/": make_sketch(2)})


def test_the_builds_that_were_not_made_for_longest_are_forgotten(tmp_path: Path) -> None:
    for number in range(12):
        cache_of(tmp_path, build=number.to_bytes(16)).save(Known({}, {"/": make_sketch(number)}))
        for age, path in enumerate(sorted(tmp_path.glob("build-*"))):
            os.utime(path, ns=(age, age))
    assert len(list(tmp_path.glob("build-*"))) == 8
    assert cache_of(tmp_path, build=(11).to_bytes(16)).read()[0].sketches


def test_what_a_killed_build_left_goes(tmp_path: Path) -> None:
    left = tmp_path / "bodies.state.123.new"
    left.write_bytes(b"half")
    cache_of(tmp_path).save(Known())
    assert not left.exists()


def test_a_cache_that_is_forgotten_holds_nothing(tmp_path: Path) -> None:
    cache = cache_of(tmp_path)
    with cache.write_pack("prose") as writer:
        place = writer.add(b"text")
    cache.save(Known({"a": make_body(1, place)}))
    cache.forget()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "data", [b"", b"\xc1", b"\x93\x01", b"\xdd\xff\xff\xff\xff", b"\xdb\xff\xff\xff\xff", b"\x81\xa4html"]
)
def test_what_is_no_value_is_damage(data: bytes) -> None:
    with pytest.raises(DamagedCache):
        decode_prose(data)
    with pytest.raises(DamagedCache):
        BODY_CHUNKS.unpack(bytes(8) + data)  # behind a length and a checksum
