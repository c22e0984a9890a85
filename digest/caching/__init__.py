"""What earlier builds of a site made, in SITE/.digest-cache/: it may be deleted any time."""

from digest.caching.codec import decode_prose, encode_prose
from digest.caching.damage import DamagedCache, UnwritableCache
from digest.caching.folders import CACHE_FOLDER, open_cache
from digest.caching.known import Known, KnownBody, KnownFile, KnownLook, KnownSketch, kind_of
from digest.caching.known import list_looks, list_problems, list_stands, look_of, stand_of
from digest.caching.packs import PackReader, PackWriter
from digest.caching.states import CHUNK, read_all, renew, tell
from digest.caching.store import BODY_CHUNKS, SKETCH_CHUNKS, Cache
