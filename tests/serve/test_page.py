"""The page of a server in a browser, on a wide screen and on a phone."""

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager

import httpx
import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright, an extra of development")
expect = playwright.expect
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian: apt-get install chromium)")
SECRET = "the-right-one-of-many"  # noqa: S105 - of a server that lives as long as its test
STRANGE = "<img src=x onerror=alert(1)>"
SCREENS = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


@contextmanager
def served(model, folder, **environment):
    """The address of a server of its own."""
    words = [sys.executable, "-m", "seqloom", "serve", str(model), "--port", "0"]
    words += ["--store", f"sqlite:///{folder}/kept.db"]
    env = os.environ | {"OMP_NUM_THREADS": "1"} | environment
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env) as process:
        try:
            yield process.stdout.readline().split()[-1], process
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def browser():
    """Chromium without a window."""
    with playwright.sync_playwright() as found:
        opened = found.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@contextmanager
def opened(browser, address, screen="wide"):
    """The page, whose errors and requests are noted."""
    page = browser.new_page(viewport=SCREENS[screen])
    page.problems, page.asked = [], []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("dialog", lambda dialog: page.problems.append(dialog.message))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(address)
    yield page
    page.close()


def send(address, count, first=0):
    """Readings of three streams."""
    for seq in range(first, first + count):
        readings = [{"seq": seq, "values": {"a": float(seq % 7), "mode": "on"}}]
        rows = [{"stream": name, "readings": readings} for name in ("pump 7", STRANGE, "Ventil ä/b")]
        assert httpx.post(f"{address}/v1/readings", json={"streams": rows}).status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("screen", SCREENS)
def test_it_shows_how_the_server_and_its_streams_go(model, tmp_path, browser, screen):
    """Numbers that move, every stream by its name, the readings of one with their answers, and what is remembered."""
    with served(model, tmp_path) as (address, _), opened(browser, address, screen) as page:
        send(address, 20)
        expect(page.locator("#streams button")).to_have_count(3)
        assert sorted(page.locator("#streams button").all_inner_texts()) == sorted(["pump 7", STRANGE, "Ventil ä/b"])
        page.get_by_role("button", name="Ventil").click()
        expect(page.locator("#latest tbody tr")).to_have_count(10)
        expect(page.locator("#signals")).to_contain_text("input: mode")
        expect(page.locator("#signals .state")).not_to_have_count(0)
        expect(page.locator("#connection")).to_have_text(re.compile("too little seen yet|drift"))
        assert page.locator("#one-standing").inner_text() == "epoch 0, 20 readings acknowledged"
        assert page.locator("#latest tbody tr").first.inner_text().startswith("19")
        assert "level" in page.locator("#latest tbody tr").first.inner_text()
        assert page.locator("#readings path").count() >= 1
        assert page.locator("#memory rect").count() == 4  # hidden units
        send(address, 1, first=20)
        expect(page.locator("#one-standing")).to_contain_text("21 readings")
        expect(page.locator(".card", has_text="Streams").locator("b")).to_have_text("3")
        assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen]["width"]
        assert not page.locator("#token").is_visible()
        assert page.problems == []
        assert {url.split("/")[2] for url in page.asked} == {address.split("/")[2]}


@pytest.mark.slow
def test_it_asks_for_a_token_and_keeps_a_wrong_one_from_seeing_anything(model, tmp_path, browser):
    """And it says when the server is gone."""
    with served(model, tmp_path, SEQLOOM_TOKEN=SECRET) as (address, process), opened(browser, address) as page:
        page.wait_for_selector("#token:not([hidden])")
        assert not page.locator("#main").is_visible()
        page.fill("#secret", "a wrong one")
        page.click("#token button")
        expect(page.locator("#refusal")).to_contain_text("none of this server")
        assert not page.locator("#main").is_visible()
        page.fill("#secret", SECRET)
        page.click("#token button")
        page.wait_for_selector("#main:not([hidden])")
        process.terminate()
        process.wait(timeout=20)
        expect(page.locator("#connection")).to_have_text("the server does not answer")
        assert page.problems == []
