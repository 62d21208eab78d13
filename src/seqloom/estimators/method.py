"""A simple method in the place of a network: chosen by its name, fitted to the training part."""

from seqloom.alternatives import Alternatives, fit_alternatives
from seqloom.errors import DataError, SettingsError
from seqloom.estimators.settings import FitSettings
from seqloom.model import InputSizes, SequenceModel
from seqloom.prepare import Examples
from seqloom.simple import SIMPLE, SimpleModel, method_named
from seqloom.tasks import TASKS


def fitted_method(task: str, settings: FitSettings, sizes: InputSizes, training: Examples) -> SimpleModel:
    """The model that the settings ask for, fitted to these training examples.

    Args:
        task: its name.
        settings: they name the method.
        sizes: the sizes of the data.
        training: what it learns from.

    Raises:
        DataError: the method cannot be fitted to them.
    """
    kind = method_named(task, settings.model.method)
    outcome = fit_alternatives((kind,), training, classes=len(sizes.classes), seed=settings.train.seed)
    if not outcome.fitted:
        came, fix = f"none, because {outcome.skipped[kind.name]}", "choose another method, or leave method out"
        raise DataError(f"method {kind.name}", expected=f"data for {kind.title}", came=came, fix=fix)
    return SIMPLE[task](settings.model, sizes, outcome.fitted[0]).eval()


def must_suit(task: str, method: str, training: Examples) -> None:
    """Refuse a method of the task that is none for such examples, such as one of texts for series of numbers.

    Args:
        task: name of the task.
        method: name of a method it has.
        training: what it would learn from.

    Raises:
        SettingsError: it is none of those that a model of these examples is compared with.
    """
    names = [method.name for method in TASKS[task].methods_for(training)]
    if method not in names:
        fix = "choose one of them, or leave method out"
        raise SettingsError("method", expected=f"one of {', '.join(names)} for such data", came=repr(method), fix=fix)


def others(alternatives: Alternatives, model: SequenceModel) -> Alternatives:
    """Alternatives without the one that a model is itself."""
    if not isinstance(model, SimpleModel):
        return alternatives
    mine = model.alternative.name
    skipped = {name: reason for name, reason in alternatives.skipped.items() if name != mine}
    fitted = tuple(other for other in alternatives.fitted if other.name != mine)
    return Alternatives(fitted, skipped, alternatives.season)
