"""The preview: a server on this machine, and what tells it that something changed."""

from digest.serving.listening import Listener, find_address, open_listener
from digest.serving.server import PreviewServer
from digest.serving.watching import Watch
