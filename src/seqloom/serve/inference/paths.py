"""The paths of the protocol."""

PREFIX = "/v2"
MODEL = "/v2/models/{model}"
VERSION = "/v2/models/{model}/versions/{version}"
ELSEWHERE = "/v2/{other}"
"""Stands for all that are not served."""
HEALTH = frozenset({"/v2", "/v2/health/live", "/v2/health/ready"})
ENDS = frozenset({"", "/ready", "/infer"})


def pattern(path: str) -> tuple[str, str]:
    """A path with names in place of what they stand for, and the model and its version as they stand there.

    Args:
        path: one that begins with `/v2`.

    Example:
        >>> pattern("/v2/models/a%2Fb/versions/1/infer")
        ('/v2/models/{model}/versions/{version}/infer', 'a%2Fb/1')
    """
    if path in HEALTH:
        return path, ""
    models, _, rest = path.removeprefix(f"{PREFIX}/").partition("/")
    model, slash, rest = rest.partition("/")
    base, named = MODEL, model
    if rest == "versions" or rest.startswith("versions/"):
        version, slash, rest = rest.removeprefix("versions").removeprefix("/").partition("/")
        base, named = VERSION, f"{model}/{version}"
    end = f"{slash}{rest}"
    found = models == "models" and model and end in ENDS and not named.endswith("/")
    return (f"{base}{end}", named) if found else (ELSEWHERE, "")
