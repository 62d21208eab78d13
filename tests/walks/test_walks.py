"""From a file to a model and back: laws that hold for every kind of data and task."""

import io
import json

import numpy as np
import polars as pl
import pytest

import seqloom

METRICS = {
    "forecast": {"mse", "mae", "rmse", "r2", "smape", "mase", "coverage_90"},
    "classify": {"accuracy", "f1", "precision", "recall", "roc_auc", "pr_auc", "log_loss", "brier"},
    "label": {
        *("f1_micro", "f1_macro", "subset_accuracy", "hamming", "roc_auc", "pr_auc", "log_loss", "brier"),
    },
    "regress": {"mse", "mae", "rmse", "r2", "smape", "rmse_last", "phm08"},
    "tag": {
        *("accuracy", "f1", "precision", "recall", "roc_auc", "pr_auc", "log_loss"),
        *("lead", "caught", "false_alarms"),
    },
    "translate": {"bleu", "chrf", "exact_match", "nats_per_symbol", "perplexity"},
    "events": {
        *("accuracy", "f1", "precision", "recall", "roc_auc", "pr_auc", "log_loss", "brier"),
        *("gap_nll", "gap_mae", "gap_coverage", "x_mae", "team_accuracy"),
    },
}


@pytest.fixture
def answered(walk, command):
    """What the command line predicts with the saved model."""
    given = command("predict", walk.artifact, walk.ask)
    assert given.code == 0, given.err
    return pl.read_csv(io.StringIO(given.out))


@pytest.fixture
def judged(walk, command):
    """What the command line finds when it judges the saved model."""
    found = command("evaluate", walk.artifact, walk.data, "--json")
    assert found.code == 0, found.err
    return json.loads(found.out)


def test_a_fit_is_summed_up_in_eight_entries(walk):
    """The JSON object has exactly the entries the documentation promises."""
    assert set(walk.summary) == {
        "task", "artifact", "metrics", "baselines", "verdict", "epochs", "seconds", "settings",
    }  # fmt: skip


def test_a_fit_tells_both_parts(walk):
    """Metrics are given for the validation and the test part."""
    assert set(walk.summary["metrics"]) == {"validation", "test"}


def test_metrics_have_their_names(walk):
    """Metrics are called as documented, in lower case, for model and alternatives alike."""
    named = [*walk.summary["metrics"].values(), *walk.summary["baselines"].values()]
    assert set().union(*named) <= METRICS[walk.summary["task"]]


def test_the_command_line_and_the_estimator_train_the_same_model(walk):
    """The same file, settings and seed give the same weights to the last bit."""
    saved, trained = seqloom.load(walk.artifact), walk.model
    weights = [model.bundle_.model.state_dict() for model in (saved, trained)]
    assert all(np.array_equal(weights[0][name], weights[1][name]) for name in weights[0])


def test_a_saved_model_answers_like_the_one_in_memory(walk, answered):
    """What the command line writes are the numbers of the estimator, to the last bit."""
    expected = pl.DataFrame(
        {name: pl.Series(name, values) for name, values in walk.model.answer(walk.ask).to_columns().items()}
    )
    numbers = [name for name, dtype in expected.schema.items() if dtype.is_float()]
    assert np.array_equal(answered[numbers].to_numpy(), expected[numbers].to_numpy())


def test_every_answer_is_a_number(walk, answered):
    """No prediction is missing or infinite."""
    numbers = answered.select(pl.col(pl.Float64)).to_numpy()
    assert np.isfinite(numbers).all()


def test_a_judgement_has_metrics_alternatives_and_their_number(judged):
    """Evaluating prints one object that can be read by name; of forecasts it holds the intervals, too."""
    assert set(judged) - {"intervals"} == {"metrics", "baselines", "n", "verdict"}
    assert ("intervals" in judged) == ("coverage_90" in judged["metrics"])


def test_a_judgement_is_that_of_the_model_in_memory(walk, judged):
    """The command line and the estimator judge alike, to the last bit."""
    expected = walk.model.evaluate(walk.data)
    assert judged["metrics"] == expected.metrics["model"]


def test_the_artifact_keeps_what_the_fit_found(walk):
    """The metrics printed are those in the artifact."""
    assert seqloom.load(walk.artifact).metrics_ == walk.summary["metrics"]
