"""Finding who speaks: names, offices and states in a sentence, and the clauses that report them."""
