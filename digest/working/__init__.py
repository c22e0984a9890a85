"""A crew of processes: the same work in parallel, on this machine or on others, with its results in order."""

from digest.working.crew import Crew, count_cores, open_crew
from digest.working.cutting import cut
from digest.working.dask import check_scheduler, open_far_crew, refuse_environment
from digest.working.garbage import collect_garbage
