"""The nouns that walk through the house: schema, data set, batch, prediction."""

from seqloom.sequence.alignment import alignment as alignment
from seqloom.sequence.anomaly_prediction import AnomalyPrediction as AnomalyPrediction
from seqloom.sequence.batch import Batch as Batch
from seqloom.sequence.batch import Packed as Packed
from seqloom.sequence.compiled import compiled as compiled
from seqloom.sequence.dataset import Array as Array
from seqloom.sequence.dataset import SequenceDataset as SequenceDataset
from seqloom.sequence.dataset import spans as spans
from seqloom.sequence.ending import Ending as Ending
from seqloom.sequence.ending import FailsWithin as FailsWithin
from seqloom.sequence.ending import RemainingLife as RemainingLife
from seqloom.sequence.event_prediction import MEAN as MEAN
from seqloom.sequence.event_prediction import Category as Category
from seqloom.sequence.event_prediction import EventPrediction as EventPrediction
from seqloom.sequence.event_prediction import EventTruth as EventTruth
from seqloom.sequence.event_prediction import Number as Number
from seqloom.sequence.event_shape import EventShape as EventShape
from seqloom.sequence.gaps import Gaps as Gaps
from seqloom.sequence.gathered import gathered as gathered
from seqloom.sequence.join import continued as continued
from seqloom.sequence.label_prediction import BETWEEN as BETWEEN
from seqloom.sequence.label_prediction import LabelPrediction as LabelPrediction
from seqloom.sequence.mark import mark_of as mark_of
from seqloom.sequence.moment import moment as moment
from seqloom.sequence.names import Names as Names
from seqloom.sequence.next_prediction import NextPrediction as NextPrediction
from seqloom.sequence.notes import HIGHEST as HIGHEST
from seqloom.sequence.notes import KEYS as KEYS
from seqloom.sequence.notes import LOWEST as LOWEST
from seqloom.sequence.notes import note_name as note_name
from seqloom.sequence.prediction import Alignment as Alignment
from seqloom.sequence.prediction import ClassPrediction as ClassPrediction
from seqloom.sequence.prediction import ForecastPrediction as ForecastPrediction
from seqloom.sequence.prediction import FramePrediction as FramePrediction
from seqloom.sequence.prediction import LanguagePrediction as LanguagePrediction
from seqloom.sequence.prediction import Prediction as Prediction
from seqloom.sequence.prediction import TagPrediction as TagPrediction
from seqloom.sequence.prediction import TextPrediction as TextPrediction
from seqloom.sequence.prediction import TranscriptPrediction as TranscriptPrediction
from seqloom.sequence.prediction import TranslatePrediction as TranslatePrediction
from seqloom.sequence.prediction import ValuePrediction as ValuePrediction
from seqloom.sequence.prepared import PreparedDataset as PreparedDataset
from seqloom.sequence.prepared import Starts as Starts
from seqloom.sequence.ragged import Ragged as Ragged
from seqloom.sequence.schema import Column as Column
from seqloom.sequence.schema import Kind as Kind
from seqloom.sequence.schema import Layout as Layout
from seqloom.sequence.schema import Role as Role
from seqloom.sequence.schema import Schema as Schema
from seqloom.sequence.stretches import Stretch as Stretch
from seqloom.sequence.stretches import numbered as numbered
from seqloom.sequence.stretches import stretches as stretches
from seqloom.sequence.words import Words as Words

__all__ = [
    "BETWEEN",
    "HIGHEST",
    "KEYS",
    "LOWEST",
    "MEAN",
    "Alignment",
    "AnomalyPrediction",
    "Array",
    "Batch",
    "Category",
    "ClassPrediction",
    "Column",
    "Ending",
    "EventPrediction",
    "EventShape",
    "EventTruth",
    "FailsWithin",
    "ForecastPrediction",
    "FramePrediction",
    "Gaps",
    "Kind",
    "LabelPrediction",
    "LanguagePrediction",
    "Layout",
    "Names",
    "NextPrediction",
    "Number",
    "Packed",
    "Prediction",
    "PreparedDataset",
    "Ragged",
    "RemainingLife",
    "Role",
    "Schema",
    "SequenceDataset",
    "Starts",
    "Stretch",
    "TagPrediction",
    "TextPrediction",
    "TranscriptPrediction",
    "TranslatePrediction",
    "ValuePrediction",
    "Words",
    "alignment",
    "compiled",
    "continued",
    "gathered",
    "mark_of",
    "moment",
    "note_name",
    "numbered",
    "spans",
    "stretches",
]
