"""A second training, on the validation part as well."""

from collections.abc import Callable
from dataclasses import replace

from seqloom.model import SequenceModel
from seqloom.prepare import Examples, Split
from seqloom.tasks import TASKS
from seqloom.train import Progress, Run
from seqloom.train import fit as train


def joined(split: Split) -> Split:
    """The split whose training part holds the validation part as well.

    Example:
        >>> import numpy as np
        >>> joined(Split(np.array([[0, 6, 8, 10]]))).borders.tolist()
        [[0, 8, 8, 10]]
    """
    borders = split.borders.copy()
    borders[:, 1] = borders[:, 2]
    return Split(borders)


def refit(
    fresh: Callable[[Examples], SequenceModel],
    first: SequenceModel,
    run: Run,
    everything: Examples,
    validation: Examples,
    *,
    progress: Progress | None = None,
) -> tuple[SequenceModel, Run]:
    """Train a second model on all examples: for as many epochs as the first one's weights have seen, at the same rates.

    Nothing is left to judge it by before the test: no epoch is chosen, and intervals, temperature and threshold are
    those the first model measured on examples it had not learned from.

    Args:
        fresh: makes a model with initial weights for these training examples.
        first: the first model, trained and calibrated.
        run: its training.
        everything: the training and validation examples together.
        validation: the validation examples, only to draw the curve.
        progress: who is told how the training goes.

    Returns:
        The second model, and the first one's run with the time of both.
    """
    settings = run.settings.model_copy(update={"keep": "last"})
    if progress is not None:
        progress.announce(f"anew on the training and validation part together, {run.best_epoch} epochs")
    model = fresh(everything)
    second = train(model, everything, validation, settings, progress=progress, stop_after=run.best_epoch)
    TASKS[model.task].adopt(model, first)
    return model, replace(run, seconds=run.seconds + second.seconds)
