import math

import pytest

from seqloom.train import TrainSettings, choose


def test_what_was_given_stays_as_it_is():
    """Only settings left open are chosen."""
    given = TrainSettings(
        epochs=3,
        batch_size=7,
        learning_rate=0.5,
        patience=0,
        warmup=0.0,
        weight_decay=0.0,
        clip_norm=None,
        keep="last",
        refit=True,
    )
    chosen = choose(given, examples=10_000, steps=50)
    assert chosen.model_dump(exclude={"plateau_patience"}) == given.model_dump(exclude={"plateau_patience"})


@pytest.mark.parametrize(("examples", "size"), [(20, 4), (67, 16), (5_000, 32), (50_000, 64), (1_000_000, 128)])
def test_the_batch_grows_with_the_data(examples, size):
    """Batches grow with the number of examples, and few examples still make four updates an epoch."""
    assert choose(TrainSettings(), examples=examples, steps=50).batch_size == size


@pytest.mark.parametrize(("steps", "size"), [(512, 128), (4_000, 16), (1_000_000, 1)])
def test_batches_of_long_sequences_are_small(steps, size):
    """No batch has more than 65,536 steps, unless a single sequence has."""
    assert choose(TrainSettings(), examples=1_000_000, steps=steps).batch_size == size


@pytest.mark.parametrize("examples", [1_000, 8_000, 30_000, 60_000])
def test_the_updates_of_a_run_lie_in_a_sensible_range(examples):
    """From a thousand to sixty thousand examples a run makes two to eight thousand updates."""
    chosen = choose(TrainSettings(), examples=examples, steps=100)
    assert 2_000 <= chosen.epochs * math.ceil(examples / chosen.batch_size) <= 8_000


@pytest.mark.parametrize(("examples", "epochs"), [(20, 200), (3_000_000, 5)])
def test_epochs_stay_within_their_limits(examples, epochs):
    """Few examples are not read more than 200 times, many at least 5 times."""
    assert choose(TrainSettings(), examples=examples, steps=50).epochs == epochs


def test_long_sequences_need_fewer_epochs():
    """Sequences four times as long as usual halve the epochs; longer ones do not lower them further."""
    settings = TrainSettings(batch_size=32)
    epochs = [choose(settings, examples=3_200, steps=steps).epochs for steps in (100, 400, 6_400)]
    assert epochs == [40, 20, 20]


def test_large_models_learn_slower():
    """Sixteen times the ordinary number of weights halves the learning rate."""
    settings = TrainSettings()
    assert choose(settings, examples=1_000, steps=50, parameters=100_000).learning_rate == 2e-3
    assert choose(settings, examples=1_000, steps=50, parameters=1_600_000).learning_rate == 1e-3


def test_weight_decay_is_for_adamw():
    """Only the optimiser that decouples weight decay gets some unasked."""
    decays = {
        name: choose(TrainSettings(optimizer=name), examples=100, steps=9).weight_decay for name in ("adam", "adamw")
    }
    assert decays == {"adam": 0.0, "adamw": 0.01}


def test_a_budget_of_steps_says_how_many_examples_a_batch_has():
    """On average; a number of examples that was given stays."""
    assert choose(TrainSettings(batch_steps=1000), examples=500, steps=48).batch_size == 20
    assert choose(TrainSettings(batch_steps=1000, batch_size=7), examples=500, steps=48).batch_size == 7
