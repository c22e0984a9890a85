"""A built site goes to a branch of a git repository; the work tree and what others put on the branch are left alone."""

from digest.publishing.addresses import is_local
