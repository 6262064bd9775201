"""What the program reaches outside of itself, from settings and the files of secrets that they name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.domain.forwards import Forward
from monitor.errors import ConfigurationError, Problem
from monitor.settings import Settings

if TYPE_CHECKING:
    from monitor.bot.webhook import Webhook
    from monitor.translate import LibreTranslate


class Surroundings:
    """Builds what stands for other services, from the settings of the App that it is part of."""

    settings: Settings

    @cached_property
    def forwards(self) -> Sequence[Forward]:
        """Where alerts go beside Telegram; a file that cannot be read raises ConfigurationError."""
        return [
            Forward(
                id=table.id,
                kind=table.kind,
                address=self.read_secret(f"forward[{table.id}].address_file", table.address_file) or "",
                secret=self.read_secret(f"forward[{table.id}].secret_file", table.secret_file) or "",
                language=table.language,
                filter=table.filter(),
            )
            for table in self.settings.monitor.forward
        ]

    @property
    def webhook(self) -> Webhook | None:
        """How Telegram tells us of updates; None where we ask for them."""
        from monitor.bot.webhook import Webhook

        telegram = self.settings.monitor.telegram
        if not telegram.webhook_url:
            return None
        return Webhook(str(telegram.webhook_url), telegram.webhook_host, telegram.webhook_port)

    @cached_property
    def translator(self) -> LibreTranslate | None:
        """What translates quotations; None where nothing does."""
        from monitor.translate import LibreTranslate

        translate = self.settings.monitor.translate
        key = self.read_secret("translate.key_file", translate.key_file) or ""
        return LibreTranslate(str(translate.url), key) if translate.url else None

    def read_secret(self, key: str, file: str) -> str | None:
        """Return a secret from its file, stripped; None where none is configured."""
        if not file:
            return None
        try:
            secret = Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            problem = Problem(
                str(self.settings.directory / "monitor.toml"), key, f"cannot read {file}: {error.strerror}"
            )
            raise ConfigurationError((problem,)) from error
        if not secret:
            raise ConfigurationError(
                (Problem(str(self.settings.directory / "monitor.toml"), key, f"{file} is empty"),)
            )
        return secret
