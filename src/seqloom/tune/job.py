"""A search: everything that a process must know to take part in it."""

from dataclasses import dataclass, field
from typing import Any

from seqloom.errors import SettingsError
from seqloom.estimators import FitSettings, Plan, plan
from seqloom.model import CELLS, NETWORK
from seqloom.sequence import SequenceDataset
from seqloom.tune.budget import Budget
from seqloom.tune.pruning import Pruning
from seqloom.tune.space import Space, Value
from seqloom.tune.usual import usual_space


@dataclass(frozen=True)
class Work:
    """How the search goes about it; none of it changes what is searched.

    Args:
        budget: how much it may cost.
        pruning: when a trial is given up.
        workers: processes that search side by side.
        seed: of what is drawn.
    """

    budget: Budget = field(default_factory=Budget)
    pruning: Pruning = "halving"
    workers: int = 1
    seed: int = 0


@dataclass(frozen=True)
class Job:
    """What is searched, on which data.

    Args:
        task: what is learned.
        data: the data as it was read, and the test set where one is given apart.
        given: the settings that were given, flat.
        space: the settings that are searched.
        usual: what the searched settings are without a search.
        epochs: most epochs without a search.
        work: how the search goes about it.
    """

    task: str
    data: tuple[SequenceDataset, SequenceDataset | None]
    given: dict[str, Any]
    space: Space
    usual: dict[str, Value]
    epochs: int
    work: Work

    def settings(self, drawn: dict[str, Value], *, final: bool = False) -> FitSettings:
        """The settings of a fit with what was drawn.

        Args:
            drawn: values of searched settings; empty: the defaults.
            final: whether it is trained anew with the validation part, unless the user said otherwise.
        """
        values = {**self.given, **drawn}
        values["refit"] = self.given.get("refit", True) if final else False
        return FitSettings.flat(values, source="settings")

    def plan(self, drawn: dict[str, Value], *, final: bool = False) -> Plan:
        """The training with what was drawn; the arguments are those of `settings`."""
        dataset, test = self.data
        return plan(dataset, self.settings(drawn, final=final), test=test)


def job_of(
    dataset: SequenceDataset,
    given: dict[str, Any],
    *,
    test: SequenceDataset | None = None,
    space: Space | None = None,
    work: Work | None = None,
) -> Job:
    """A search that can begin.

    Args:
        dataset: the data as it was read.
        given: the settings that were given, flat; they are not searched.
        test: a test set given apart; None: the test part is cut from `dataset`.
        space: what is searched; None: what is usual for the task.
        work: how the search goes about it; None: as usual.

    Raises:
        InputError: the data or the settings cannot be used; the message says what and where.
    """
    settings = FitSettings.flat({**given, "refit": False})
    if settings.model.method != NETWORK:
        fix = "fit it: what it has to choose, it chooses itself"
        raise SettingsError("method", expected=f"{NETWORK}, to be tuned", came=settings.model.method, fix=fix)
    planned = plan(dataset, settings, test=test)
    space = usual_space(planned, given) if space is None else space
    _must_have_a_say(space, planned)
    return Job(
        task=planned.task,
        data=(dataset, test),
        given=dict(given),
        space=space,
        usual=_usual(planned, space),
        epochs=planned.settings.train.epochs or 1,
        work=work or Work(),
    )


def _must_have_a_say(space: Space, planned: Plan) -> None:
    """Refuse to search what changes nothing."""
    if not space.searched:
        fix = "leave some of them out"
        raise SettingsError("tune", expected="settings to search", came="none: all are given", fix=fix)
    for one in space.searched:
        if one.setting in planned.without_a_say and not one.when:
            fix = "leave it out, or say when it counts, such as when: {optimizer: [sgd]}"
            came = f"{one.setting}, which changes nothing here"
            raise SettingsError(f"{space.source}, {one.setting}", expected="a setting with a say", came=came, fix=fix)


def _usual(planned: Plan, space: Space) -> dict[str, Value]:
    """What the plan chose for the settings that are searched, the activation of its cell among them."""
    used = planned.used
    activation = next(iter(CELLS[planned.settings.model.cell].activations), None)
    if activation is not None:
        used.setdefault("activation", activation)
    return {name: used[name] for name in space.settings if name in used}
