"""One file per task, or per family of tasks: each holds `TASKS`, a tuple of `Task`; a new file is found by itself."""
