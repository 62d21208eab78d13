"""A study: the trials of one search, in a storage, by a name."""

from dataclasses import dataclass
from typing import Any

from seqloom.errors import SettingsError
from seqloom.tune.again import again, orphans
from seqloom.tune.identity import identity_of, must_be_same
from seqloom.tune.job import Job
from seqloom.tune.package import package
from seqloom.tune.pruning import pruner
from seqloom.tune.record import DEFAULTS, Tried, tried
from seqloom.tune.storage import address_of, open_storage, told

IDENTITY = "identity"
FIRST_TRIALS = 10
"""Trials that are drawn at random, at most, before the sampler follows what was found."""


@dataclass(frozen=True)
class Place:
    """Where a study is.

    Args:
        storage: a file, or the URL of a database; None: in memory, for this process alone.
        study: its name there.
    """

    storage: str | None = None
    study: str = "seqloom"

    @property
    def address(self) -> str | None:
        """The URL of the storage."""
        return None if self.storage is None else address_of(self.storage)

    def __str__(self) -> str:
        return "memory" if self.storage is None else told(self.storage)


class Study:
    """The trials of a search.

    Args:
        study: Optuna's.
        storage: where it is.
    """

    def __init__(self, study: Any, storage: Any) -> None:  # noqa: ANN401 - Optuna's types, which may be absent
        self.study, self.storage = study, storage

    def trials(self) -> list[Tried]:
        """All finished trials, in order of their number."""
        return [found for trial in self.study.get_trials(deepcopy=False) if (found := tried(trial)) is not None]

    def begun(self, before: int | None = None) -> int:
        """How many trials are finished or on their way.

        Args:
            before: only those with a lower number; None: all.
        """
        every = self.study.get_trials(deepcopy=False)
        counted = [trial for trial in every if trial.state.name == "RUNNING" or tried(trial) is not None]
        return sum(before is None or trial.number < before for trial in counted)

    def waiting(self) -> int:
        """How many are queued: first ones, and those that are tried again."""
        return sum(trial.state.name == "WAITING" for trial in self.study.get_trials(deepcopy=False))


def begin(job: Job, place: Place, *, anew: bool = False) -> tuple[Study, int]:
    """The study of a search: the one that is there, or a new one that begins with the defaults.

    Of one that is there, trials whose process is gone are queued again.

    Args:
        job: the search.
        place: where its study is.
        anew: whether one that is there is thrown away.

    Returns:
        The study, and how many of its trials are finished.

    Raises:
        SettingsError: what is there is the study of another search.
        StorageError: the storage refuses.
    """
    optuna, identity = package(), identity_of(job)
    storage = open_storage(place.address, again)
    names = optuna.get_all_study_names(storage)
    if anew and place.study in names:
        optuna.delete_study(study_name=place.study, storage=storage)
    study = optuna.create_study(storage=storage, study_name=place.study, direction="minimize", load_if_exists=True)
    found = study.user_attrs.get(IDENTITY)
    if found is None and study.get_trials(deepcopy=False):
        fix = "give another --study"
        raise SettingsError(f"{place}, study '{place.study}'", expected="a study of seqloom", came="another", fix=fix)
    if found is not None:
        must_be_same(found, identity, place.storage or "memory", place.study)
        orphans(study)
        own = Study(study, storage)
        return own, len(own.trials())
    study.set_user_attr(IDENTITY, identity)
    study.enqueue_trial(job.space.held(job.usual, job.given), user_attrs={DEFAULTS: True})
    return Study(study, storage), 0


def join(job: Job, place: Place, seed: int, within: Study | None = None) -> Study:
    """A study that was begun, to draw trials from.

    Args:
        job: the search.
        place: where its study is.
        seed: of what is drawn.
        within: the study that was begun in this process, for a storage in memory; None: it is opened.
    """
    optuna, budget = package(), job.work.budget.trials or 3 * FIRST_TRIALS
    sampler = optuna.samplers.TPESampler(seed=seed, n_startup_trials=max(2, min(FIRST_TRIALS, budget // 3)))
    storage = open_storage(place.address, again) if within is None else within.storage
    loaded = optuna.load_study(
        study_name=place.study, storage=storage, sampler=sampler, pruner=pruner(job.work.pruning, job.epochs)
    )
    return Study(loaded, storage)
