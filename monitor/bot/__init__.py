"""The Telegram bot: commands, buttons and the review of the digest."""

from __future__ import annotations

from monitor.bot.application import build_application, run_bot
from monitor.bot.services import BotServices, DigestReview

__all__ = ["BotServices", "DigestReview", "build_application", "run_bot"]
