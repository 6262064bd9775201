"""What the commands share: the configuration and the composition root, built when first needed."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer

    from monitor.app import App
    from monitor.settings import Settings


class Context:
    """The options that stand before a command's name."""

    def __init__(self, config: Path | None) -> None:
        self.config = config

    @cached_property
    def settings(self) -> Settings:
        """The configuration, read and checked."""
        from monitor.settings import find_config, load_settings

        return load_settings(find_config(self.config))

    @cached_property
    def app(self) -> App:
        """The composition root over the configuration."""
        from monitor.app import App, configure_logs

        configure_logs(self.settings.monitor.log_level)
        return App(self.settings)


def context_of(context: typer.Context) -> Context:
    """Return the shared context of a command."""
    shared = context.obj
    if not isinstance(shared, Context):
        raise TypeError("the command line was not started through its entry point")
    return shared
