"""Outputs to the output folder: atomic, only what changed, only what is ours."""

from digest.writing.folder import Written, check_folder, write_outputs
