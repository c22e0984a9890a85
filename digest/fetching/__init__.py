"""What others publish: one polite client, a query for each kind of source, and how far each was fetched."""

from digest.fetching.addresses import read_address
from digest.fetching.calling import Limits
from digest.fetching.client import Client
from digest.fetching.clock import Clock, SystemClock
from digest.fetching.harvest import Gathered, Harvest
from digest.fetching.knocking import Knock, Knocker
from digest.fetching.link_memories import LinkMemory, knock_all
from digest.fetching.lookups import Services, find_papers
from digest.fetching.memories import Memories
from digest.fetching.steps import Answer, Asked, Remember, Request
