"""Fitted, invertible preparation: from a data set to batches a network can read."""

from seqloom.prepare.batches import batches as batches
from seqloom.prepare.batches import epoch as epoch
from seqloom.prepare.clock import extend as extend
from seqloom.prepare.event_targets import EventTargets as EventTargets
from seqloom.prepare.examples import Examples as Examples
from seqloom.prepare.following import asked_rows as asked_rows
from seqloom.prepare.following import last_rows as last_rows
from seqloom.prepare.following import next_row as next_row
from seqloom.prepare.following import next_rows as next_rows
from seqloom.prepare.following import own_rows as own_rows
from seqloom.prepare.frames import FrameTargets as FrameTargets
from seqloom.prepare.label_targets import LabelTargets as LabelTargets
from seqloom.prepare.label_targets import labels_of as labels_of
from seqloom.prepare.lanes import Lanes as Lanes
from seqloom.prepare.marks import usual_places as usual_places
from seqloom.prepare.next_token import NextTargets as NextTargets
from seqloom.prepare.pipeline import Pipeline as Pipeline
from seqloom.prepare.resample import resample as resample
from seqloom.prepare.running import spelling as spelling
from seqloom.prepare.settings import PrepareSettings as PrepareSettings
from seqloom.prepare.settings import SplitSettings as SplitSettings
from seqloom.prepare.split import Part as Part
from seqloom.prepare.split import Split as Split
from seqloom.prepare.split import split as split
from seqloom.prepare.split import split_column as split_column
from seqloom.prepare.split import whole as whole
from seqloom.prepare.split import without as without
from seqloom.prepare.symbols import SymbolTargets as SymbolTargets
from seqloom.prepare.target import ValueTargets as ValueTargets
from seqloom.prepare.views import asked_events as asked_events
from seqloom.prepare.views import covered_rows as covered_rows
from seqloom.prepare.views import joint as joint
from seqloom.prepare.views import labelled_prefixes as labelled_prefixes
from seqloom.prepare.windows import last_windows as last_windows
from seqloom.prepare.windows import running_text as running_text
from seqloom.prepare.windows import sequences as sequences
from seqloom.prepare.windows import whole_sequences as whole_sequences
from seqloom.prepare.windows import windows as windows
from seqloom.prepare.windows import windows_so_far as windows_so_far

__all__ = [
    "EventTargets",
    "Examples",
    "FrameTargets",
    "LabelTargets",
    "Lanes",
    "NextTargets",
    "Part",
    "Pipeline",
    "PrepareSettings",
    "Split",
    "SplitSettings",
    "SymbolTargets",
    "ValueTargets",
    "asked_events",
    "asked_rows",
    "batches",
    "covered_rows",
    "epoch",
    "extend",
    "joint",
    "labelled_prefixes",
    "labels_of",
    "last_rows",
    "last_windows",
    "next_row",
    "next_rows",
    "own_rows",
    "resample",
    "running_text",
    "sequences",
    "spelling",
    "split",
    "split_column",
    "usual_places",
    "whole",
    "whole_sequences",
    "windows",
    "windows_so_far",
    "without",
]
