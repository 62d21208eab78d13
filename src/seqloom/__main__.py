"""`python -m seqloom` is the command line."""

from seqloom.cli.main import main

main()
