"""Models: encoder, head and decoder of each task."""

from seqloom.model.anomaly import AnomalyModel as AnomalyModel
from seqloom.model.anomaly import anomaly_prediction as anomaly_prediction
from seqloom.model.balance import RARE as RARE
from seqloom.model.build import MODELS as MODELS
from seqloom.model.build import build as build
from seqloom.model.build import model_class as model_class
from seqloom.model.build import sizes_of as sizes_of
from seqloom.model.cells import CELLS as CELLS
from seqloom.model.cells import WHOLE as WHOLE
from seqloom.model.cells import title_of_cell as title_of_cell
from seqloom.model.classify import ClassifyModel as ClassifyModel
from seqloom.model.classify import class_prediction as class_prediction
from seqloom.model.drawing import Drawing as Drawing
from seqloom.model.encoder import Encoder as Encoder
from seqloom.model.events import EventModel as EventModel
from seqloom.model.forecast import ForecastModel as ForecastModel
from seqloom.model.forecast import forecast_prediction as forecast_prediction
from seqloom.model.forecast import levels_of as levels_of
from seqloom.model.forecast import side_by_side as side_by_side
from seqloom.model.forecast import widths_of as widths_of
from seqloom.model.frames import FrameModel as FrameModel
from seqloom.model.frames import ImageModel as ImageModel
from seqloom.model.frames import MusicModel as MusicModel
from seqloom.model.generate import Sampling as Sampling
from seqloom.model.generate import generate as generate
from seqloom.model.label import LabelModel as LabelModel
from seqloom.model.label import label_prediction as label_prediction
from seqloom.model.language import LanguageModel as LanguageModel
from seqloom.model.model import Asked as Asked
from seqloom.model.model import Carried as Carried
from seqloom.model.model import Chosen as Chosen
from seqloom.model.model import Facts as Facts
from seqloom.model.model import SequenceModel as SequenceModel
from seqloom.model.predict import last_outputs as last_outputs
from seqloom.model.predict import outputs as outputs
from seqloom.model.predict import predict as predict
from seqloom.model.predict import predict_dataset as predict_dataset
from seqloom.model.regress import RegressModel as RegressModel
from seqloom.model.regress import value_prediction as value_prediction
from seqloom.model.settings import NETWORK as NETWORK
from seqloom.model.settings import InputSizes as InputSizes
from seqloom.model.settings import ModelSettings as ModelSettings
from seqloom.model.spacing import taught_stride as taught_stride
from seqloom.model.tag import TagModel as TagModel
from seqloom.model.tag import has_threshold as has_threshold
from seqloom.model.tag import tag_prediction as tag_prediction
from seqloom.model.tag import threshold_of as threshold_of
from seqloom.model.transcribe import TranscribeModel as TranscribeModel
from seqloom.model.translate import TranslateModel as TranslateModel
from seqloom.model.widths import WidthRule as WidthRule
from seqloom.model.widths import Widths as Widths
from seqloom.model.writer import Writer as Writer

__all__ = [
    "CELLS",
    "MODELS",
    "NETWORK",
    "RARE",
    "WHOLE",
    "AnomalyModel",
    "Asked",
    "Carried",
    "Chosen",
    "ClassifyModel",
    "Drawing",
    "Encoder",
    "EventModel",
    "Facts",
    "ForecastModel",
    "FrameModel",
    "ImageModel",
    "InputSizes",
    "LabelModel",
    "LanguageModel",
    "ModelSettings",
    "MusicModel",
    "RegressModel",
    "Sampling",
    "SequenceModel",
    "TagModel",
    "TranscribeModel",
    "TranslateModel",
    "WidthRule",
    "Widths",
    "Writer",
    "anomaly_prediction",
    "build",
    "class_prediction",
    "forecast_prediction",
    "generate",
    "has_threshold",
    "label_prediction",
    "last_outputs",
    "levels_of",
    "model_class",
    "outputs",
    "predict",
    "predict_dataset",
    "side_by_side",
    "sizes_of",
    "tag_prediction",
    "taught_stride",
    "threshold_of",
    "title_of_cell",
    "value_prediction",
    "widths_of",
]
