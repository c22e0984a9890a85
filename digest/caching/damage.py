"""What reading and writing the cache may come to."""


class DamagedCache(Exception):  # noqa: N818 - what is met, not what was done wrong
    """What lies in the cache is not what was put there."""


class UnwritableCache(Exception):  # noqa: N818 - likewise
    """Nothing more can be put into the cache: the disk is full, or the folder may not be written."""
