"""Outputs to the output folder: staged, then published in one short step; only what changed, only what is ours."""

from digest.writing.folder import check_folder, check_outputs, is_unfinished, see_manifest
from digest.writing.opening import open_stage
from digest.writing.publishing import Written, publish, publish_changes
from digest.writing.recording import record_past
from digest.writing.stage import Stage, StagedFile
from digest.writing.object_stores import StoreStage
from digest.writing.outlets import (
    AnyStage, check_place, check_there, local_folder, open_place, publish_there, send_stage,
)
