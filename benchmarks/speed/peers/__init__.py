"""What each library is asked to do; each file runs in a process, and mostly an environment, of its own."""
