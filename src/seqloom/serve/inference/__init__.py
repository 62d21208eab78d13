"""The Open Inference Protocol, version 2: a model as other servers of models show theirs."""

from seqloom.serve.inference.paths import MODEL as MODEL
from seqloom.serve.inference.paths import PREFIX as PREFIX
from seqloom.serve.inference.paths import VERSION as VERSION
from seqloom.serve.inference.paths import pattern as pattern
from seqloom.serve.inference.response import refused as refused
from seqloom.serve.inference.routes import Inference as Inference
from seqloom.serve.inference.schemas import SCHEMAS as SCHEMAS

__all__ = ["MODEL", "PREFIX", "SCHEMAS", "VERSION", "Inference", "pattern", "refused"]
