"""Metrics of running text: how likely its tokens were found."""

import numpy as np
from numpy.typing import NDArray


def language_metrics(
    log_probabilities: NDArray[np.float64], characters: int, hits: NDArray[np.bool_] | None = None
) -> dict[str, float]:
    """What the probabilities of the tokens that came amount to.

    `perplexity` is the exponential of `nats_per_token`, the mean of minus the logarithms. The same sum over the
    characters of the text is `nats_per_character`; its multiple for the logarithm to base 2, `bits_per_character`, can
    be compared between models with different tokens. `accuracy` is the share of tokens that were the most probable.

    Args:
        log_probabilities: natural logarithm of the probability of each token, [N], N at least 1.
        characters: of the text these tokens are.
        hits: which tokens were the most probable, [N]; None: not known.

    Example:
        >>> language_metrics(np.log([0.5, 0.125]), characters=4)["bits_per_character"]
        1.0
    """
    total = -float(log_probabilities.sum())
    mean = total / len(log_probabilities)
    found = {
        "perplexity": float(np.exp(min(mean, np.log(np.finfo(np.float64).max)))),
        "nats_per_token": mean,
        "nats_per_character": total / max(1, characters),
        "bits_per_character": total / max(1, characters) / float(np.log(2)),
    }
    return found if hits is None else found | {"accuracy": float(hits.mean())}
