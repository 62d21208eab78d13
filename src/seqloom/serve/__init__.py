"""Streams over the network: durable answers to many clients at a time."""

from seqloom.serve.app import App as App
from seqloom.serve.batcher import Batcher as Batcher
from seqloom.serve.ceilings import Limited as Limited
from seqloom.serve.limits import Limits as Limits
from seqloom.serve.server import ServerSettings as ServerSettings
from seqloom.serve.server import serve as serve
from seqloom.serve.source import Source as Source
from seqloom.serve.tokens import Tokens as Tokens
from seqloom.serve.tokens import tokens_of as tokens_of
from seqloom.serve.watch import Watch as Watch
from seqloom.serve.watch import Watching as Watching

__all__ = [
    "App",
    "Batcher",
    "Limited",
    "Limits",
    "ServerSettings",
    "Source",
    "Tokens",
    "Watch",
    "Watching",
    "serve",
    "tokens_of",
]
