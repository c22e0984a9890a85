"""The preview: a server on this machine, and what tells it that something changed."""

from digest.serving.server import PreviewServer
from digest.serving.watching import watch
