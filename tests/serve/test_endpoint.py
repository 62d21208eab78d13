"""Paths, methods, and who is let in."""

import pytest

OPEN = ["/healthz", "/readyz", "/openapi.json", "/docs"]
CLIENTS = [("GET", "/v1/streams"), ("GET", "/metrics"), ("POST", "/v1/readings"), ("POST", "/v1/predict")]
ADMINISTRATORS = [
    ("DELETE", "/v1/streams/a"),
    ("POST", "/v1/streams/a/reset"),
    ("POST", "/v1/streams/a/fork"),
    ("POST", "/v1/streams/a/restore"),
    ("GET", "/v1/streams/a/snapshot"),
]


@pytest.mark.parametrize("path", OPEN)
def test_what_watches_a_server_needs_no_token(guarded, path):
    """Health and the description are open."""
    assert guarded.get(path).status_code == 200


@pytest.mark.parametrize(("method", "path"), CLIENTS + ADMINISTRATORS)
def test_all_else_needs_a_token(guarded, bearer, method, path):
    """Without one, and with a wrong one, it is 401 before the body is looked at."""
    for headers in ({}, bearer("another-token-of-nobody")):
        refused = guarded.request(method, path, headers=headers)
        assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
        assert refused.json()["error"]["code"] == "unauthorized"


@pytest.mark.parametrize(("method", "path"), ADMINISTRATORS)
def test_what_changes_streams_needs_the_token_of_an_administrator(guarded, bearer, method, path):
    """A client is told 403, an administrator is let in."""
    assert guarded.request(method, path, headers=bearer("client")).status_code == 403
    assert guarded.request(method, path, headers=bearer("administrator")).status_code not in (401, 403)


@pytest.mark.parametrize("token", ["client", "administrator"])
def test_both_may_read(guarded, bearer, body, token):
    """Who may do more, may do less."""
    assert guarded.post("/v1/streams/a/readings", json=body(None), headers=bearer(token)).status_code == 200


@pytest.mark.parametrize("headers", [{"host": "evil.example"}, {"origin": "https://evil.example"}, {"origin": "null"}])
def test_no_page_of_the_web_reaches_a_server_without_tokens(client, headers):
    """A name that was bent to this machine, or a foreign page, is 403."""
    assert client.get("/v1/streams", headers=headers).status_code == 403


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000"])
def test_this_machine_reaches_it_by_its_own_names(client, host):
    """With or without a port."""
    assert client.get("/v1/streams", headers={"host": host}).status_code == 200


def test_another_method_is_told_which_there_are(client):
    """405, and the methods of the path."""
    refused = client.put("/v1/streams/a")
    assert (refused.status_code, refused.json()["error"]["expected"]) == (405, "GET, DELETE")
    assert refused.headers["allow"] == "GET, DELETE, HEAD"


def test_another_path_is_404(client):
    """And the page with the paths is named."""
    refused = client.get("/v3/streams")
    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "no-path")
    assert "/docs" in refused.json()["error"]["fix"]


def test_head_is_answered_as_get(client):
    """Those who only ask whether it is there are told."""
    assert client.head("/healthz").status_code == 200
