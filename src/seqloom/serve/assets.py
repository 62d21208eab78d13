"""The page that shows how a server goes: files of this package, and nothing from anywhere else."""

from importlib.resources import files

from seqloom.serve.exchange import Answer, Asked

KINDS = {"html": b"text/html", "css": b"text/css", "js": b"text/javascript"}
NAMES = ("index.html", "page.css", "page.js", "draw.js")
POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
    b"form-action 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-cache"),
)


class Asset:
    """A handler of one file.

    Args:
        name: of the file.
    """

    def __init__(self, name: str) -> None:
        body = files("seqloom.serve").joinpath("page", name).read_bytes()
        self._answer = Answer(body, kind=KINDS[name.rpartition(".")[2]] + b"; charset=utf-8", headers=HEADERS)

    async def __call__(self, asked: Asked) -> Answer:  # noqa: ARG002 - as every handler
        """The file; it tells nothing of the streams."""
        return self._answer


def assets() -> dict[str, Asset]:
    """All files by their paths."""
    return {"/" if name == NAMES[0] else f"/assets/{name}": Asset(name) for name in NAMES}
