"""A run on disk, to be continued after a kill.

One safetensors file: tensors by name (`model.…`, `best.…`, `optimizer.INDEX.NAME`, `carried.…`, `random`), and in its
header, as JSON, the identity of the run and its `TrainingState`. One file and one rename, so that no part is ever older
than another. It is written by `fit`, read by `fit`, and is no artifact: it holds what training needs, not what serving
does.
"""

from collections.abc import Mapping
from pathlib import Path

import safetensors.torch
import torch
from pydantic import ValidationError
from safetensors import SafetensorError, safe_open
from torch import Tensor
from torch.optim import Optimizer

from seqloom.errors import DataError
from seqloom.nn import parts_of, state_of
from seqloom.train.contract import Learner, snapshot
from seqloom.train.identity import Identity
from seqloom.train.state import TrainingState
from seqloom.train.storage import remove, write_atomically

VERSION = "1"


class Checkpoint:
    """The checkpoint file of one run.

    Args:
        path: the file.
        identity: the run it belongs to.
    """

    def __init__(self, path: Path, identity: Identity) -> None:
        self.path, self.identity = path, identity

    def save(self, state: TrainingState, model: Learner, optimizer: Optimizer) -> None:
        """Replace the file by where the run stands now.

        Raises:
            StorageError: the disk refused; the file before is untouched.
        """
        tensors = _prefixed("model", snapshot(model)) | _prefixed("best", state.best_weights)
        tensors |= _prefixed("optimizer", _moments(optimizer)) | {"random": torch.get_rng_state()}
        tensors |= _prefixed("carried", {} if state.carried is None else parts_of(state.carried))
        header = {
            "version": VERSION,
            "identity": self.identity.model_dump_json(),
            "state": state.model_dump_json(),
        }
        write_atomically(self.path, safetensors.torch.save(tensors, header))

    def remove(self) -> None:
        """Delete the file, if there is one.

        Raises:
            StorageError: the disk refused.
        """
        remove(self.path)

    def load(self, model: Learner, optimizer: Optimizer) -> TrainingState:
        """Put model, optimiser and random state where the run stood; return the rest.

        Raises:
            DataError: the file is damaged or not a checkpoint.
            SettingsError: it belongs to a run of other settings, another model or other data.
        """
        header, tensors = self._read()
        try:
            saved = Identity.model_validate_json(header["identity"])
            state = TrainingState.model_validate_json(header["state"])
        except (KeyError, ValidationError) as error:
            raise self._unusable("another file, or one of another version") from error
        self.identity.check(saved, str(self.path))
        state.best_weights = _chosen("best", tensors)
        state.carried = state_of(_chosen("carried", tensors))
        model.load_state_dict(_chosen("model", tensors))
        _restore_moments(optimizer, _chosen("optimizer", tensors))
        torch.set_rng_state(tensors["random"])
        return state

    def _read(self) -> tuple[dict[str, str], dict[str, Tensor]]:
        try:
            with safe_open(self.path, framework="pt") as file:
                header: dict[str, str] = file.metadata() or {}
                if header.get("version") != VERSION:
                    raise self._unusable(f"version {header.get('version')}")
                return header, {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a mapping
        except SafetensorError as error:
            raise self._unusable(f"a damaged file ({error})") from error

    def _unusable(self, came: str) -> DataError:
        return DataError(
            str(self.path),
            expected=f"a training checkpoint, version {VERSION}",
            came=came,
            fix="train anew without resume",
        )


def _moments(optimizer: Optimizer) -> dict[str, Tensor]:
    """What the optimiser remembers of each weight, by `INDEX.NAME`."""
    return {
        f"{index}.{name}": value.detach().clone().contiguous()
        for index, remembered in optimizer.state_dict()["state"].items()
        for name, value in remembered.items()
        if isinstance(value, Tensor)
    }


def _restore_moments(optimizer: Optimizer, moments: Mapping[str, Tensor]) -> None:
    remembered: dict[int, dict[str, Tensor]] = {}
    for key, value in moments.items():
        index, name = key.split(".", 1)
        remembered.setdefault(int(index), {})[name] = value
    optimizer.load_state_dict({"state": remembered, "param_groups": optimizer.state_dict()["param_groups"]})


def _prefixed(prefix: str, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {f"{prefix}.{name}": tensor for name, tensor in tensors.items()}


def _chosen(prefix: str, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {
        name.removeprefix(f"{prefix}."): tensor for name, tensor in tensors.items() if name.startswith(f"{prefix}.")
    }
