"""Keras on JAX: its recurrent layers, with loss and gradients compiled into one function."""

import os

os.environ["KERAS_BACKEND"] = "jax"

from importlib.metadata import version

import jax
import jax.numpy as jnp
import keras
import numpy as np

from benchmarks.speed.case import Case
from benchmarks.speed.inputs import GATES, LayerWeights, operations, operations_back, steps_of, weights_of
from benchmarks.speed.peer import Numbers, Refused, Work, serve

LAYERS = {"LSTM": keras.layers.LSTM, "GRU": keras.layers.GRU, "Elman": keras.layers.SimpleRNN}


def prepare(case: Case, variant: str) -> Work:  # noqa: ARG001 - every peer is asked so
    """A case of `train` with sequences of equal length."""
    if case.work != "train" or case.varied or case.bidirectional or case.cell not in LAYERS:
        raise Refused("is measured in training on sequences of equal length alone")
    model = _model(case)
    x = jnp.asarray(np.ascontiguousarray(steps_of(case).swapaxes(0, 1)))  # [B, T, F]
    fixed = [variable.value for variable in model.non_trainable_variables]
    values = [variable.value for variable in model.trainable_variables]

    def loss(weights: list[jax.Array], inputs: jax.Array) -> jax.Array:
        outputs, _ = model.stateless_call(weights, fixed, inputs)
        return jnp.mean(jnp.square(outputs))

    step = jax.jit(jax.value_and_grad(loss))

    def check() -> Numbers:
        value, gradients = step(values, x)
        squares = (
            float(jnp.sum(g * g))
            for g, v in zip(gradients, model.trainable_variables, strict=True)
            if "bias" not in v.path
        )
        return {"loss": [float(value)], "gradient": [sum(squares) ** 0.5]}

    return Work(
        lambda: jax.block_until_ready(step(values, x)),
        check,
        facts={"operations": operations(case) + operations_back(case)},
    )


def _model(case: Case) -> keras.Model:
    """The layers with the weights of the case."""
    layers = [LAYERS[case.cell](case.hidden, return_sequences=True) for _ in range(case.layers)]
    model = keras.Sequential([keras.Input((case.steps, case.features)), *layers])
    for layer, weights in zip(layers, weights_of(case), strict=True):
        layer.set_weights(_weights(case, weights))
    return model


def _weights(case: Case, weights: LayerWeights) -> list[np.ndarray]:
    """Weights as Keras keeps them: transposed, gates of a GRU in another order, its two biases below each other."""
    order = [1, 0, 2] if case.cell == "GRU" else list(range(GATES[case.cell]))

    def gates(matrix: np.ndarray) -> np.ndarray:
        parts = np.split(matrix, GATES[case.cell])
        return np.concatenate([parts[gate] for gate in order])

    first, second = gates(weights.input_bias), gates(weights.recurrent_bias)
    bias = np.stack([first, second]) if case.cell == "GRU" else first + second
    return [gates(weights.input).T, gates(weights.recurrent).T, bias]


if __name__ == "__main__":
    serve(prepare, {name: version(name) for name in ("keras", "jax", "jaxlib")})
