"""What others publish: one polite client, a query for each kind of source, and how far each was fetched."""

from digest.fetching.client import Client, Limits
from digest.fetching.clock import Clock, SystemClock
from digest.fetching.harvest import Gathered, Harvest
from digest.fetching.memories import Memories
from digest.fetching.steps import Answer, Asked, Remember, Request, document_of
