"""The closed list of models, by the name of their task."""

from collections.abc import Mapping
from types import MappingProxyType

from seqloom.errors import SettingsError
from seqloom.model.anomaly import AnomalyModel
from seqloom.model.classify import ClassifyModel
from seqloom.model.events import EventModel
from seqloom.model.forecast import ForecastModel
from seqloom.model.frames import ImageModel, MusicModel
from seqloom.model.label import LabelModel
from seqloom.model.language import LanguageModel
from seqloom.model.model import SequenceModel
from seqloom.model.regress import RegressModel
from seqloom.model.settings import InputSizes, ModelSettings
from seqloom.model.tag import TagModel
from seqloom.model.transcribe import TranscribeModel
from seqloom.model.translate import TranslateModel
from seqloom.prepare import Examples

MODELS: Mapping[str, type[SequenceModel]] = MappingProxyType(
    {
        model.task: model
        for model in (
            ForecastModel,
            ClassifyModel,
            LabelModel,
            RegressModel,
            TagModel,
            EventModel,
            AnomalyModel,
            LanguageModel,
            TranscribeModel,
            TranslateModel,
            MusicModel,
            ImageModel,
        )
    }
)


def model_class(task: str) -> type[SequenceModel]:
    """The model of a task.

    Raises:
        SettingsError: there is no such task.
    """
    if task not in MODELS:
        raise SettingsError("task", expected=" or ".join(MODELS), came=repr(task), fix="choose one of them")
    return MODELS[task]


def build(task: str, settings: ModelSettings, sizes: InputSizes) -> SequenceModel:
    """A model with fresh weights, drawn from torch's generator."""
    return model_class(task).build(settings, sizes)


def sizes_of(
    training: Examples, *, classes: tuple[str, ...] = (), class_counts: tuple[int, ...] = (), symbols: int = 0
) -> InputSizes:
    """The sizes a model of these examples needs."""
    prepared = training.prepared
    history = 1 if training.channel is not None else len(prepared.target_names)
    history = history if training.horizon or prepared.watched else 0
    steps = prepared.codes.shape[1]
    channels = () if training.channel is None or len(prepared.target_names) == 1 else (len(prepared.target_names),)
    return InputSizes(
        numbers=history + prepared.numbers.shape[1],
        targets=history or len(prepared.target_names),
        code_sizes=prepared.code_sizes[:steps],
        static_numbers=prepared.static_numbers.shape[1],
        static_code_sizes=(*prepared.code_sizes[steps:], *channels),
        known=tuple(int(place) for place in prepared.known.nonzero()[0]),
        known_codes=tuple(int(place) for place in prepared.known_codes.nonzero()[0]),
        horizon=training.horizon,
        classes=classes,
        class_counts=class_counts,
        symbols=symbols,
        per_step=prepared.per_step_target and not training.horizon,
        text=prepared.text,
        words=() if prepared.words is None else prepared.words.places,
        event=prepared.event,
    )
