"""The whole build on one screen, and the opening of it that a mail shares."""

from digest.pipeline.build import BuildOptions, build
from digest.pipeline.checking import Looked, list_built, look_at_site
from digest.pipeline.opening import beside, read_site, stops
from digest.pipeline.preview import open_preview
