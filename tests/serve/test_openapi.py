"""The description of the server."""

import re

import pytest

from seqloom.serve import openapi
from seqloom.serve.inference import SCHEMAS as INFERENCE
from seqloom.serve.schemas import SCHEMAS

METHODS = {"get", "post", "delete"}


@pytest.fixture
def document(client):
    """As a program gets it."""
    return client.get("/openapi.json").json()


def test_every_reference_leads_somewhere(document):
    """No part is missing, and none is described in vain."""
    text = str(document)
    named = set(re.findall(r"#/components/schemas/(\w+)", text))
    assert named == set(openapi.ALL)


def test_it_describes_what_is_there(document, client):
    """Each path answers the methods it names, and refuses the others."""
    for path, methods in document["paths"].items():
        real = path.replace("{stream}", "a").replace("{model}", "a").replace("{version}", "1")
        found = client.patch(real).json()
        refused = found["expected"] if path.startswith("/v2") else found["error"]["expected"]
        assert {name.lower() for name in refused.split(", ")} == METHODS & methods.keys()


def test_parts_have_names_of_their_own():
    """None of one protocol takes the place of another one's."""
    assert not SCHEMAS.keys() & INFERENCE.keys()


def test_operations_have_names_of_their_own(document):
    """Programs make functions of them; each says what it answers, and refers to its parameters."""
    does = [one for methods in document["paths"].values() for name, one in methods.items() if name in METHODS]
    assert len({one["operationId"] for one in does}) == len(does)
    assert all("200" in one["responses"] for one in does)
    for path, methods in document["paths"].items():
        named = {one["name"] for one in methods.get("parameters", []) if one["in"] == "path"}
        assert set(re.findall(r"{(\w+)}", path)) == named


def test_it_keeps_the_form_of_openapi(document):
    """The fields that the specification demands, and security that is defined."""
    assert document["openapi"].startswith("3.1.")
    assert document["info"].keys() >= {"title", "version"}
    schemes = document["components"]["securitySchemes"]
    for methods in document["paths"].values():
        for name, one in methods.items():
            if name in METHODS:
                assert all(scheme in schemes for need in one["security"] for scheme in need)
                assert all(answer["description"] for answer in one["responses"].values())


def test_the_page_needs_nothing_else(client):
    """It loads nothing from anywhere, and names every path."""
    page = client.get("/docs")
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert not re.search(r"(src|href)=.?https?:", page.text)
    assert all(path in page.text for path in openapi.DOCUMENT["paths"])
