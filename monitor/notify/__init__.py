"""Getting messages to people: sinks, and the dispatcher that empties the outbox into them."""
