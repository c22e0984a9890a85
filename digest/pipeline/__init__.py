"""The whole build on one screen, and the opening of it that a mail shares."""

from typing import TYPE_CHECKING

from digest.model import load_later
from digest.pipeline.build import BuildOptions, build
from digest.pipeline.opening import beside, read_site, stops

if TYPE_CHECKING:
    from digest.pipeline.checking import Looked, build_judged, list_built, look_at_site
    from digest.pipeline.preview import open_preview
else:
    __getattr__ = load_later(
        __name__,
        {
            "Looked": "checking",
            "build_judged": "checking",
            "list_built": "checking",
            "look_at_site": "checking",
            "open_preview": "preview",
        },
    )
