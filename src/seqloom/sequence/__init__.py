"""The nouns that walk through the house: schema, data set, batch, prediction."""

from seqloom.sequence.batch import Batch as Batch
from seqloom.sequence.batch import Packed as Packed
from seqloom.sequence.dataset import Array as Array
from seqloom.sequence.dataset import SequenceDataset as SequenceDataset
from seqloom.sequence.dataset import spans as spans
from seqloom.sequence.join import continued as continued
from seqloom.sequence.moment import moment as moment
from seqloom.sequence.prediction import ClassPrediction as ClassPrediction
from seqloom.sequence.prediction import ForecastPrediction as ForecastPrediction
from seqloom.sequence.prediction import LanguagePrediction as LanguagePrediction
from seqloom.sequence.prediction import Prediction as Prediction
from seqloom.sequence.prediction import TextPrediction as TextPrediction
from seqloom.sequence.prediction import ValuePrediction as ValuePrediction
from seqloom.sequence.prepared import PreparedDataset as PreparedDataset
from seqloom.sequence.ragged import Ragged as Ragged
from seqloom.sequence.schema import Column as Column
from seqloom.sequence.schema import Kind as Kind
from seqloom.sequence.schema import Layout as Layout
from seqloom.sequence.schema import Role as Role
from seqloom.sequence.schema import Schema as Schema

__all__ = [
    "Array",
    "Batch",
    "ClassPrediction",
    "Column",
    "ForecastPrediction",
    "Kind",
    "LanguagePrediction",
    "Layout",
    "Packed",
    "Prediction",
    "PreparedDataset",
    "Ragged",
    "Role",
    "Schema",
    "SequenceDataset",
    "TextPrediction",
    "ValuePrediction",
    "continued",
    "moment",
    "spans",
]
