"""Documents that an operator gives."""
