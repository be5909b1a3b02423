"""One module per group of commands. Each is thin: the engine does the work and this tells of it."""
