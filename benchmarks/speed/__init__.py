"""Speed beside other libraries: rows of a grid, a process for each library, runs that take turns."""
