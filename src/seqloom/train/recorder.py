"""What a run leaves on disk while it goes: its history and its checkpoints."""

import json
import time
from pathlib import Path

from torch.optim import Optimizer

from seqloom.train.checkpoint import Checkpoint
from seqloom.train.contract import Learner
from seqloom.train.identity import Identity
from seqloom.train.settings import ChosenSettings
from seqloom.train.state import Line, TrainingState
from seqloom.train.storage import append_line, make_folder, sync, write_atomically

HISTORY = "history.jsonl"
CHECKPOINT = "checkpoint.safetensors"
SHARE_OF_TIME = 0.01
"""What checkpoints of short epochs may take."""

USUAL_COST = 0.01
"""Seconds one takes at least, on any model, until it is known what one takes here."""


class Recorder:
    """The folder of one run.

    A checkpoint is written at the end of every epoch, or, where epochs are so short that this would slow the training
    down, as often as takes no more than 1 % of the time; within long epochs as often as the settings say.

    Args:
        directory: where `history.jsonl` and `checkpoint.safetensors` are written.
        identity: the run they belong to.
        settings: how often to write a checkpoint within an epoch.
    """

    def __init__(self, directory: Path, identity: Identity, settings: ChosenSettings) -> None:
        self.history = directory / HISTORY
        self.checkpoint = Checkpoint(directory / CHECKPOINT, identity)
        self._settings = settings
        self._saved_at, self._saved_update, self._cost = time.monotonic(), 0, USUAL_COST
        make_folder(directory)

    def open(self, model: Learner, optimizer: Optimizer, *, resume: bool) -> TrainingState:
        """Where the run starts: at the checkpoint if there is one to resume, else at the beginning.

        The history on disk is made to agree with it: epochs that the checkpoint does not know are trained again.
        """
        found = resume and self.checkpoint.path.exists()
        state = self.checkpoint.load(model, optimizer) if found else TrainingState()
        if not found:
            self.checkpoint.remove()
        write_atomically(self.history, "".join(json.dumps(line) + "\n" for line in state.history).encode())
        self._saved_update = state.update
        return state

    def after_update(self, state: TrainingState, model: Learner, optimizer: Optimizer) -> None:
        """Save if it is time for a checkpoint within an epoch."""
        updates = self._settings.checkpoint_updates
        late = time.monotonic() - self._saved_at >= 60 * self._settings.checkpoint_minutes
        if late or (updates is not None and state.update - self._saved_update >= updates):
            self.save(state, model, optimizer)

    def after_epoch(self, line: Line, state: TrainingState, model: Learner, optimizer: Optimizer) -> None:
        """Append the epoch to the history, and save unless the last checkpoint is too young to be worth it."""
        append_line(self.history, json.dumps(line))
        affordable = time.monotonic() - self._saved_at >= self._cost / SHARE_OF_TIME
        if affordable or state.stopped is not None:
            self.save(state, model, optimizer)

    def save(self, state: TrainingState, model: Learner, optimizer: Optimizer) -> None:
        """Write a checkpoint, and see the history safely on the disk.

        Raises:
            StorageError: the disk refused.
        """
        began = time.monotonic()
        sync(self.history)
        self.checkpoint.save(state, model, optimizer)
        self._saved_at, self._saved_update = time.monotonic(), state.update
        self._cost = self._saved_at - began
