"""Train, understand and run recurrent neural networks on sequences."""

from seqloom.version import __version__ as __version__
