"""The page of a server, as browsers get it."""

import re

from seqloom.report.palette import DARK, LIGHT
from seqloom.serve.assets import NAMES, assets


def test_the_page_is_made_of_files_of_the_package(client):
    """All that it loads is there, of the right kind, and nothing comes from elsewhere."""
    page = client.get("/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    named = set(re.findall(r'(?:src|href)="(/assets/[^"]+)"', page.text))
    named |= {path for name in named for path in re.findall(r'from "(/[^"]+)"', client.get(name).text)}
    assert named == assets().keys() - {"/"}
    kinds = {path: client.get(path).headers["content-type"].partition(";")[0] for path in named}
    assert kinds == {path: "text/css" if path.endswith("css") else "text/javascript" for path in named}
    assert not any(re.search(r"https?://(?!www\.w3\.org/2000/svg)", client.get(path).text) for path in assets())


def test_the_page_needs_no_token_and_tells_nothing(guarded):
    """What it shows it asks for, and that needs one."""
    assert guarded.get("/").status_code == 200
    assert guarded.get("/metrics").status_code == 401
    assert len(NAMES) == len(assets())


def test_its_colours_are_those_of_reports(client):
    """Light and dark."""
    sheet = client.get("/assets/page.css").text
    light, _, rest = sheet.partition("@media")
    for part, palette in ((light, LIGHT), (rest.partition("\n}\n")[0], DARK)):
        assert dict(re.findall(r"--(\w+): (#\w+);", part)) == dict(palette)
