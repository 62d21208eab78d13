"""What the examples in docstrings are not looked for in."""

collect_ignore_glob = ["speed/peers/*", "serve/peers/*"]  # each needs a library that only its own environment has
