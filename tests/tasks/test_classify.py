"""The task of classes."""

import numpy as np
import torch

from seqloom.model import ClassifyModel, InputSizes, ModelSettings, outputs
from seqloom.score import cheapest_threshold, class_metrics
from seqloom.tasks.classify import CLASSIFY, calibrate, outcome


def test_classes_come_with_their_series(classified):
    """A worst case is drawn from its own rows."""
    shown, lengths = outcome(classified.judged.answered), classified.judged.examples.lengths
    assert [len(shown.series(row)) for row in range(len(lengths))] == lengths.tolist()


def classifier(counts, **choices):
    """A model of two classes with so many training examples each."""
    torch.manual_seed(0)
    sizes = InputSizes(numbers=1, classes=("low", "high"), class_counts=counts)
    return ClassifyModel(ModelSettings(hidden_size=4, **choices), sizes)


def test_balanced_classes_keep_the_threshold_of_one_half(classified):
    """Nothing is tuned where nothing needs it."""
    model = classifier((10, 10))
    calibrate(model, classified.walked.examples["validation"])
    assert float(model.threshold) == 0.5


def test_a_rare_class_gets_the_threshold_of_the_best_f1(classified):
    """Below one in five the threshold is chosen on the validation part."""
    model = classifier((90, 10))
    calibrate(model, classified.walked.examples["validation"])
    validation = classified.walked.examples["validation"]
    chosen, truth = float(model.threshold), validation.truth()
    positive = outputs(model, validation)["probabilities"][:, 1]

    def f1(threshold):
        """F1 of the second class."""
        said = positive >= threshold
        return 2 * np.sum(said & (truth == 1)) / max(1, np.sum(said) + np.sum(truth == 1))

    assert f1(chosen) == max(f1(threshold) for threshold in [*positive, 0.5])


def test_the_user_may_insist_on_one_half(classified):
    """`threshold="half"` leaves it alone, however rare a class is."""
    model = classifier((90, 10), threshold="half")
    calibrate(model, classified.walked.examples["validation"])
    assert float(model.threshold) == 0.5


def test_probabilities_get_the_temperature_of_the_lowest_log_loss(classified):
    """An untrained model twice as sure as another one needs twice the temperature, and says the same in the end."""
    validation = classified.walked.examples["validation"]
    model, surer = classifier((10, 10)), classifier((10, 10))
    for member in surer.members.networks:
        for head in member.heads:
            head.weight.data *= 2
            head.bias.data *= 2
    before = outputs(model, validation)["probabilities"]
    calibrate(model, validation)
    after = outputs(model, validation)["probabilities"]
    truth = validation.truth()
    assert class_metrics(after, truth)["log_loss"] < class_metrics(before, truth)["log_loss"]
    np.testing.assert_array_equal(after[:, 1] > 0.5, before[:, 1] > 0.5)
    calibrate(surer, validation)
    assert float(model.temperature) < float(surer.temperature)


def test_calibrating_a_classifier_twice_changes_nothing(classified):
    """The temperature is measured from the bare logits, not on top of an older one."""
    model, validation = classifier((90, 10)), classified.walked.examples["validation"]
    calibrate(model, validation)
    before = float(model.temperature), float(model.threshold)
    calibrate(model, validation)
    assert (float(model.temperature), float(model.threshold)) == before


def test_a_classifier_trained_anew_takes_over_temperature_and_threshold(classified):
    """It has seen the validation part, so nothing can be measured there."""
    model, other = classifier((90, 10)), classifier((90, 10))
    calibrate(model, classified.walked.examples["validation"])
    CLASSIFY.adopt(other, model)
    assert (float(other.temperature), float(other.threshold)) == (float(model.temperature), float(model.threshold))


def test_a_cost_of_misses_chooses_the_threshold(classified):
    """The cheapest one on the validation part, whatever the shares of the classes."""
    model, validation = classifier((10, 10), miss_cost=8.0), classified.walked.examples["validation"]
    calibrate(model, validation)
    positive = outputs(model, validation)["probabilities"][:, 1].astype(np.float64)
    assert float(model.threshold) == np.float32(cheapest_threshold(positive, validation.truth(), 8.0))
    assert float(model.threshold) < 0.5
