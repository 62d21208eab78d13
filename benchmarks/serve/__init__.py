"""How many readings a server answers in a second, and how soon; a client and a server on the same machine."""
