"""What reading the cache may come to."""


class DamagedCache(Exception):  # noqa: N818 - what is met, not what was done wrong
    """What lies in the cache is not what was put there."""
