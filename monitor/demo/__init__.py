"""The demonstration: a local newsroom on real HTTP, and a run of the whole program against it."""
