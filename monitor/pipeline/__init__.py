"""The use cases: collect, assess, alert, digest. Stages take their work from the store."""
