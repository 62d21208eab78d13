"""One turn: a challenger that is better takes the place of the champion, any other one does not."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
import torch

import seqloom
from seqloom.errors import ConflictError, DataError, RegistryError, SettingsError
from seqloom.registry import Registry
from seqloom.retrain import Policy, Request, cycle, json_of, retrain, sentence_of
from seqloom.store import MemoryStore
from tests.retrain.conftest import days, streamed

FREE = Policy(margin=1.0, jump=1.0)
"""For data in which what was right before is wrong now: the hold-out may be forgotten."""


def test_a_better_challenger_becomes_the_champion(registry, new, old):
    """With old data beside the new ones it forgets nothing; its parent is the champion, and the history says why."""
    outcome = retrain(registry, Request(data=new, earlier=old, why="the sensor was exchanged", policy=FREE))
    assert outcome.passed, outcome.checks
    assert registry.champion().version == outcome.challenger.version == 2
    assert outcome.challenger.parent == 1
    assert registry.promotions()[-1].why.startswith("the sensor was exchanged; wins on the recent window: won: ")
    assert sentence_of(outcome) == "Version 2 is the champion in place of version 1."
    before, after = (outcome.windows[0].metrics[name]["rmse"] for name in ("champion", "challenger"))
    assert after < 0.7 * before
    later = days(20, first=300, shift=3.0, seed=5)
    answers = [seqloom.load(registry.artifact(version)).predict(later) for version in registry.versions()]
    errors = [np.square(said - later["y"].to_numpy()).mean() for said in answers]
    assert errors[1] < errors[0]


def test_a_turn_on_recorded_readings_with_a_shadow_run(registry, store, old):
    """Without any file: what was sent, what was answered, what came true."""
    outcome = retrain(registry, Request(store=store, earlier=old, policy=FREE))
    assert outcome.passed, outcome.checks
    shadow = outcome.windows[2]
    assert (shadow.window, shadow.result, shadow.finite) == ("live streams", "won", True)
    borders = outcome.fitted.walked.parts.split.borders
    assert shadow.examples == (borders[:, 3] - borders[:, 2]).sum() > 0
    assert [check.name for check in outcome.checks][-1] == "wins on live streams"


def test_a_worse_challenger_is_refused(registry, old):
    """It learned from data whose truth is upside down; it is kept as a version, and is not the champion."""
    wrong = days(40, first=200, seed=3).with_columns(y=-3 * days(40, first=200, seed=3)["y"])
    right = days(10, first=900, seed=4)
    table = wrong.vstack(right)
    outcome = retrain(registry, Request(data=table, recent=10))
    assert outcome.windows[0].result == "lost"
    assert (outcome.promotion, registry.champion().version, outcome.challenger.version) == (None, 1, 2)
    assert "The challenger fails: wins on the recent window (lost: " in sentence_of(outcome)


def test_a_challenger_that_learned_nothing_is_refused(registry, new):
    """As good as the champion is not better."""
    outcome = retrain(registry, Request(data=new, settings={"learning_rate": 1e-9, "epochs": 1}))
    assert outcome.windows[0].result == "undecided"
    assert registry.champion().version == 1


def test_what_is_forgotten_is_refused(registry, new):
    """The new data alone teach to forget the old: the hold-out finds it."""
    outcome = retrain(registry, Request(data=new))
    passed = {check.name.split(" on ")[0]: check.passed for check in outcome.checks}
    assert (passed["wins"], passed["not clearly worse"]) == (True, False)
    assert registry.champion().version == 1


def test_a_challenger_with_answers_that_are_no_numbers_is_refused(registry, new, monkeypatch):
    """It is not even kept."""
    fitted = cycle.fit_planned

    def broken(*arguments, **more):
        found = fitted(*arguments, **more)
        with torch.no_grad():
            for weight in found.bundle.model.parameters():
                weight.fill_(float("nan"))
        return found

    monkeypatch.setattr(cycle, "fit_planned", broken)
    outcome = retrain(registry, Request(data=new, settings={"epochs": 1}, policy=FREE))
    assert (outcome.challenger, outcome.promotion, outcome.checks[0].passed) == (None, None, False)
    assert outcome.checks[0].words == "not on the recent window and the hold-out"
    assert [one.version for one in registry.versions()] == [1]


def test_a_dry_run_changes_nothing(registry, new, old):
    """It says what would be done."""
    outcome = retrain(registry, Request(data=new, earlier=old, policy=FREE, dry=True))
    assert outcome.passed
    assert (registry.champion().version, len(registry.versions())) == (1, 1)
    assert sentence_of(outcome) == "The challenger would take the place of version 1: nothing was changed."


def test_a_champion_that_changed_meanwhile_is_not_replaced(registry, new, old, monkeypatch, make_second):
    """Somebody promoted another version while the challenger was trained: it was not tested beside that one."""
    kept = cycle._keep

    def promoted_meanwhile(*arguments):
        registry.promote(make_second(registry).version, expected=1, why="by hand")
        return kept(*arguments)

    monkeypatch.setattr(cycle, "_keep", promoted_meanwhile)
    with pytest.raises(ConflictError, match="expected version 1, came version 2"):
        retrain(registry, Request(data=new, earlier=old, policy=FREE))
    assert registry.champion().version == 2


@pytest.fixture
def make_second(tmp_path):
    """Adds another version."""

    def add(registry):
        model = seqloom.SequenceRegressor(epochs=1, hidden_size=4, settings={"group": "day", "time": "at"})
        return registry.add(model.fit(days(20), target="y").save(tmp_path / "second.loom"))

    return add


def test_the_recent_window_is_no_part_of_the_training(registry, new):
    """Sequences of either are not of the other, and the recent ones begin last."""
    parts = retrain(registry, Request(data=new, settings={"epochs": 1})).fitted.walked.parts
    learned, tested = parts.split.sequences("train"), parts.split.sequences("test")
    chosen = parts.split.sequences("validation")
    assert not {*learned, *chosen} & {*tested}
    starts = parts.dataset.times[parts.dataset.offsets[:-1]]
    assert starts[tested].min() > max(starts[learned].max(), starts[chosen].max())


def test_what_is_held_out_is_not_learned_from(registry):
    """Wherever it is found: among the new data and the earlier ones; how much it was is told."""
    request = Request(
        data=days(30, first=60, seed=1), earlier=days(8, first=45, seed=1), settings={"epochs": 1}, dry=True
    )
    outcome = retrain(registry, request)
    assert sum(outcome.left_out.values()) == (10 + 3) * 30
    assert json_of(outcome)["left_out"] == outcome.left_out
    held = {f"d{day}" for day in range(50, 70)}
    assert not held & set(outcome.fitted.walked.parts.dataset.keys.tolist())


def test_data_that_are_all_held_out_are_refused(registry):
    """Before anything is trained."""
    with pytest.raises(DataError, match="expected data to learn from, came nothing but the hold-out"):
        retrain(registry, Request(data=days(5, first=60, seed=1)))


def test_recorded_readings_that_are_held_out_are_not_learned_from(registry, store, first):
    """By the names of their streams; what remains is still known by its readings."""
    streamed(seqloom.load(first), days(4, first=50, seed=1), store)
    outcome = retrain(registry, Request(store=store, settings={"epochs": 1}, dry=True))
    assert outcome.left_out == {"the store": 120}
    borders = outcome.fitted.walked.parts.split.borders
    assert outcome.windows[2].examples == (borders[:, 3] - borders[:, 2]).sum() > 0


def test_a_registry_without_hold_out_or_champion_is_told(tmp_path, first, new):
    """Before anything is trained."""
    made = Registry.make(tmp_path / "models")
    made.add(first)
    with pytest.raises(RegistryError, match="expected a champion"):
        retrain(made, Request(data=new))
    made.promote(1, expected=None, why="")
    with pytest.raises(SettingsError, match="expected a hold-out to test challengers on, came none"):
        retrain(made, Request(data=new))


def test_a_shadow_run_beside_a_file_counts_what_came_after_it(registry, new, old, first):
    """Readings of the times that were learned from are not counted."""
    store = streamed(seqloom.load(first), new, MemoryStore())
    request = Request(data=new.head(45 * 30), earlier=old, store=store, settings={"epochs": 1}, dry=True)
    outcome = retrain(registry, request)
    parts = outcome.fitted.walked.parts
    last = parts.dataset.times[np.concatenate([np.arange(*row) for row in parts.split.borders[:, [0, 2]]])].max()
    assert outcome.windows[2].examples == int((new["at"] > last).sum())


def test_nothing_that_came_true_is_nothing_to_promote_for(registry, new, old, first):
    """Nobody told: the shadow run cannot be won."""
    store = streamed(seqloom.load(first), new, MemoryStore(), told=False)
    outcome = retrain(registry, Request(data=new, earlier=old, store=store, settings={"epochs": 1}, policy=FREE))
    assert (outcome.checks[-1].passed, outcome.promotion) == (False, None)
    assert outcome.checks[-1].words.startswith("too few: nothing to compare")
    again = retrain(registry, Request(data=new, earlier=old, store=store, policy=replace(FREE, shadow=False)))
    assert again.promotion is not None


def test_settings_that_the_weights_do_not_fit_are_refused(registry, new):
    """The network is the champion's."""
    with pytest.raises(SettingsError, match="hidden_size: expected 8, as in the model"):
        retrain(registry, Request(data=new, settings={"hidden_size": 16}))


def test_turns_follow_each_other(registry, new, old):
    """The challenger of the second turn begins from the champion of the first."""
    retrain(registry, Request(data=new, earlier=old, policy=FREE))
    second = retrain(registry, Request(data=days(60, first=200, shift=3.0, seed=6), settings={"epochs": 1}))
    assert second.champion.version == 2
    assert [one.parent for one in registry.versions()] == [None, 1, 2]
    assert all(a.after == b.before for a, b in itertools.pairwise(registry.promotions()))


def test_a_simple_champion_has_a_challenger_that_is_fitted_anew(tmp_path, old, new):
    """By its preparation and its method; there are no weights to go on from."""
    chosen = {"group": "day", "time": "at"}
    first = seqloom.SequenceRegressor(method="ridge", settings=chosen).fit(old, target="y").save(tmp_path / "first")
    days(20, first=50, seed=1).write_csv(tmp_path / "holdout.csv")
    registry = Registry.make(tmp_path / "models", holdout=tmp_path / "holdout.csv")
    registry.add(first)
    registry.promote(1, expected=None, why="the first")
    outcome = retrain(registry, Request(data=new, policy=FREE))
    assert outcome.windows[0].result == "won"
    assert outcome.fitted.bundle.model.alternative.name == "ridge"
    assert outcome.fitted.walked.run is None
    with pytest.raises(SettingsError, match="epochs: expected a network, came ridge"):
        retrain(registry, Request(data=new, policy=FREE, settings={"epochs": 3}))
