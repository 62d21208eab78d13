"""Simple methods in an artifact, and forged ones."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from seqloom.artifact import load, read_container, tensors, write_container
from seqloom.artifact.members import WEIGHTS
from seqloom.errors import ArtifactError

GOLDEN = Path(__file__).parent / "golden"


def forged(tmp_path, name, change):
    """Where a kept artifact stands whose manifest and arrays somebody changed, with all its hashes right."""
    container = read_container(GOLDEN / f"{name}.loom")
    arrays = tensors.decode(container.members[WEIGHTS], "here")
    change(container.manifest, arrays)
    members = {**container.members, WEIGHTS: tensors.encode(arrays, "here")}
    return write_container(tmp_path / "forged", container.manifest, members)


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("autoregression", lambda it, _: it["model"].update(method="os.system"), "expected one of network, naive"),
        ("autoregression", lambda it, _: it["model"].update(method="naive"), "expected the fields of nothing"),
        ("autoregression", lambda it, _: it.pop("method"), "expected the fields responses, models, came NoneType"),
        ("autoregression", lambda it, _: it.update(method=[]), "manifest.json, '?method"),
        ("autoregression", lambda it, _: it["method"].update(kind="x"), "expected the fields responses, models"),
        ("autoregression", lambda it, _: it["method"]["models"]["values"].append(7), "'models': expected a list of 2"),
        (
            "autoregression",
            lambda it, _: it["method"]["models"].update(values=[0, 9]),
            "a model beyond the 3",
        ),
        ("autoregression", lambda it, _: it["sizes"].update(horizon=10**13), "interval_offsets: expected finite"),
        ("autoregression", lambda _, own: own.pop("method.responses"), "'responses': expected an array of float64"),
        ("autoregression", lambda _, own: own.update(more=np.zeros(1)), "came 'more', 'interval_offsets'"),
        (
            "autoregression",
            lambda _, own: own.update({"method.responses": own["method.responses"][..., :0]}),
            "responses of shape",
        ),
        (
            "autoregression",
            lambda _, own: own.update({"method.responses": own["method.responses"] * np.nan}),
            "'responses': expected finite numbers",
        ),
        (
            "autoregression",
            lambda _, own: own.update({"method.responses": own["method.responses"] * 2}),
            "golden examples, quantiles: expected the answers of training",
        ),
        (
            "autoregression",
            lambda _, own: own.update({"method.responses": own["method.responses"][:, :, :2]}),
            r"golden examples that can be replayed, came ValueError: .*expected an answer of shape",
        ),
        ("endings", lambda it, _: it["method"]["endings"]["keys"].pop(), "'endings': expected a row for each of"),
        ("endings", lambda it, _: it["method"]["words"]["shares"].update(keys="x"), "expected a list, came 'x'"),
        (
            "endings",
            lambda _, own: own.update({"method.words.usual": np.ones(9)}),
            "shares of another number of classes",
        ),
        ("forecast", lambda it, _: it.update(method={}), "expected no words of a method beside a network"),
        ("forecast", lambda it, _: it["model"].update(method="ridge"), "expected the fields weights, came NoneType"),
    ],
)
def test_forged_methods_are_refused(tmp_path, name, change, message):
    """With a reason, and without more memory than the file itself asks for."""
    place = forged(tmp_path, name, change)
    with pytest.raises(ArtifactError, match=f"(?i){message}"):
        load(place)


def test_what_is_not_changed_is_taken(tmp_path):
    """The forger's way of writing is not what is refused."""
    place = forged(tmp_path, "endings", lambda *_: None)
    assert load(place).model.alternative.name == "ending_tag"


def test_a_network_is_loaded_without_the_room_of_simple_methods():
    """It brings scikit-learn and statsmodels."""
    code = (
        f"import sys; from seqloom.artifact import load; load({str(GOLDEN / 'forecast.loom')!r}); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"seqloom.simple", "seqloom.alternatives", "sklearn", "statsmodels"} & set(done.stdout.split())
