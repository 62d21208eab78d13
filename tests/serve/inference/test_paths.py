"""The paths of the protocol."""

import pytest

from seqloom.serve.inference.paths import ELSEWHERE, pattern


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/v2", ("/v2", "")),
        ("/v2/health/ready", ("/v2/health/ready", "")),
        ("/v2/models/a", ("/v2/models/{model}", "a")),
        ("/v2/models/a/ready", ("/v2/models/{model}/ready", "a")),
        ("/v2/models/versions/infer", ("/v2/models/{model}/infer", "versions")),
        ("/v2/models/a/versions/1", ("/v2/models/{model}/versions/{version}", "a/1")),
        ("/v2/models/a/versions/1/ready", ("/v2/models/{model}/versions/{version}/ready", "a/1")),
    ],
)
def test_a_path_names_what_it_is_about(path, found):
    """The model, and where it is there, the version."""
    assert pattern(path) == found


@pytest.mark.parametrize(
    "path",
    [
        "/v2/",
        "/v2/health",
        "/v2/models",
        "/v2/models/",
        "/v2/models/a/",
        "/v2/models/a/config",
        "/v2/models/a/versions",
        "/v2/models/a/versions/",
        "/v2/models/a/versions/1/",
        "/v2/models/a/versions/1/infer/x",
        "/v2/models//infer",
        "/v2/repository/index",
    ],
)
def test_all_others_are_counted_as_one(path):
    """However many there are."""
    assert pattern(path) == (ELSEWHERE, "")
