"""What a task about whole sequences chooses."""

from dataclasses import replace

import numpy as np
import pytest

from seqloom.errors import SettingsError
from seqloom.model import Facts, ModelSettings
from seqloom.model.sequence_defaults import choose_for_classes, choose_for_sequences, refuse_foresight


def facts(sequences, steps):
    """As many sequences, each of as many steps."""
    return Facts(np.full(sequences, steps))


def test_whole_sequences_are_read_in_both_directions():
    """The default for one answer per sequence."""
    chosen = choose_for_sequences(ModelSettings(), facts(1, 100))
    assert (chosen.settings.bidirectional, chosen.settings.pooling) == (True, "attention")


def test_a_value_per_step_is_read_forwards_only():
    """At a step its future is not known, and there is nothing to pool."""
    chosen = choose_for_sequences(ModelSettings(), facts(1, 100), per_step=True)
    assert (chosen.settings.bidirectional, chosen.settings.pooling) == (False, None)


def test_few_sequences_are_learned_by_several_networks_with_convolutions():
    """And the training ends with the schedule, on all sequences that are not the test's."""
    chosen = choose_for_classes(ModelSettings(), facts(100, 30))
    assert (chosen.settings.convolution, chosen.settings.members) == (True, 3)
    assert (chosen.training["keep"], chosen.training["refit"]) == ("last", True)


@pytest.mark.parametrize(("sequences", "steps"), [(301, 5), (100, 501)])
def test_many_sequences_or_steps_are_left_to_one_network(sequences, steps):
    """Where one network takes long, it also has enough to learn from."""
    chosen = choose_for_classes(ModelSettings(), facts(sequences, steps))
    assert (chosen.settings.convolution, chosen.settings.members, chosen.training) == (None, None, {})


def test_what_was_given_for_few_sequences_stays_as_it_is():
    """Off is a choice, too."""
    given = ModelSettings(convolution=False, members=1, dropout=0.0, mixup=0.0, hidden_size=7)
    assert choose_for_classes(given, facts(100, 30)).settings.model_dump(exclude={"bidirectional", "pooling"}) == (
        given.model_dump(exclude={"bidirectional", "pooling"})
    )


def test_each_default_has_its_reason():
    """Whatever was left open is explained."""
    chosen = choose_for_classes(ModelSettings(members=2), facts(100, 30))
    assert set(chosen.reasons) == {"bidirectional", "pooling", "hidden_size", "dropout", "convolution", "mixup"}


@pytest.mark.parametrize(("sequences", "steps", "epochs"), [(80, 30, 80), (80, 400, 40), (300, 30, 30)])
def test_few_sequences_are_read_for_400_updates(sequences, steps, epochs):
    """Fewer where the sequences are long, as the root of their length, and no less than 30 times where not."""
    assert choose_for_classes(ModelSettings(), facts(sequences, steps)).training["epochs"] == epochs


@pytest.mark.parametrize("choice", ["bidirectional", "crf"])
def test_an_end_is_not_told_from_what_comes_before_it_but_after_the_answer(choice):
    """Who reads backwards begins at the end."""
    with pytest.raises(SettingsError, match=f"{choice}: expected answers from the steps so far, came True"):
        refuse_foresight(ModelSettings(**{choice: True}), replace(facts(1, 100), ending=True))
    refuse_foresight(ModelSettings(**{choice: True}), facts(1, 100))


def test_a_value_per_step_of_what_is_left_may_not_be_read_backwards():
    """The default is one direction, and the other is refused."""
    ends = replace(facts(1, 100), ending=True)
    assert choose_for_sequences(ModelSettings(), ends, per_step=True).settings.bidirectional is False
    with pytest.raises(SettingsError, match="bidirectional"):
        choose_for_sequences(ModelSettings(bidirectional=True), ends, per_step=True)
