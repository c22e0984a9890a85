"""What is wrong with a site that can be built all the same: values in, problems out."""

from digest.checking.built import check_built
from digest.checking.outward import Outcome, OutwardLink, judge_links, list_outward_links
from digest.checking.registry import find_problems, judge_problem
