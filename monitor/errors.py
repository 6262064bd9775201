"""Every error that the program raises on purpose, in one tree."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Trouble(StrEnum):
    """What kind of thing went wrong with a source or a page: counted, shown, and the base of alarms."""

    NETWORK = "network"
    NAME = "dns"
    TLS = "tls"
    TIMEOUT = "timeout"
    ADDRESS = "address"
    """The address, or what it resolves or redirects to, is one that we do not connect to."""
    REDIRECTS = "redirects"
    NOT_FOUND = "not_found"
    HTTP = "http"
    SERVER = "server"
    THROTTLED = "throttled"
    RESTING = "resting"
    """The circuit breaker is open: the source failed often and is left alone for a while."""
    ROBOTS = "robots"
    FORBIDDEN = "forbidden"
    ANTI_BOT = "anti_bot"
    TOO_LARGE = "too_large"
    ENCODING = "encoding"
    HUNG = "hung"
    """A parser did not come to an end in time and was killed."""
    MALFORMED = "malformed"
    LAYOUT = "layout"
    """Configured selectors find nothing any more."""
    SOFT_404 = "soft_404"
    NO_TEXT = "no_text"
    SETUP = "setup"
    OTHER = "other"


class MonitorError(Exception):
    """What every error of this program is; its text is fit for an operator's eyes."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Let errors come back from another process, whatever their constructors ask for."""
        return _make_again, (type(self), self.args), self.__dict__


def _make_again(kind: type[MonitorError], args: tuple[Any, ...]) -> MonitorError:
    error = kind.__new__(kind, *args)
    error.args = args
    return error


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in configuration: which file, which key, what and how to mend it."""

    file: str
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.message}" if self.key else f"{self.file}: {self.message}"


class ConfigurationError(MonitorError):
    """The configuration is wrong; carries every problem found, not only the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class FetchError(MonitorError):
    """A URL could not be read; `retry_after` is in seconds where the server named a time."""

    def __init__(
        self, url: str, reason: str, *, retry_after: float | None = None, trouble: Trouble = Trouble.OTHER
    ) -> None:
        self.url = url
        self.reason = reason
        self.retry_after = retry_after
        self.trouble = trouble
        super().__init__(f"{url}: {reason}")


class BlockedError(FetchError):
    """The site does not want to be read (robots.txt, 401, 403, a challenge page); never evaded."""


class ExtractionError(MonitorError):
    """A page was read but holds no article that we can use."""

    def __init__(self, url: str, reason: str, *, trouble: Trouble = Trouble.NO_TEXT) -> None:
        self.url = url
        self.reason = reason
        self.trouble = trouble
        super().__init__(f"{url}: {reason}")


class WorkerError(MonitorError):
    """A parser in a process of its own had to be stopped, or died; which page it read the caller knows."""

    trouble = Trouble.HUNG

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class ModelError(MonitorError):
    """The classifier cannot be loaded: a file is missing or its hash is wrong."""


class ClassificationError(MonitorError):
    """The classifier gave no usable answer for a text."""


class DocumentError(MonitorError):
    """A document given to `analyze` or `ingest` cannot be read or judged."""


class ArchiveError(MonitorError):
    """A file of archived answers cannot be written."""


class StorageError(MonitorError):
    """The store cannot be opened, or refuses to be written."""


class StoreUnavailableError(StorageError):
    """The store cannot be written for now: the disk is full or read-only. What was to be saved is well."""


class StoreBusyError(StoreUnavailableError):
    """Another process kept the store locked for longer than one waits; the next try may pass."""


class DeliveryError(MonitorError):
    """A message was not delivered and may be tried again; `retry_after` is in seconds."""

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(message)


class OvertakenError(DeliveryError):
    """A message of several parts gives way to a more urgent one; it goes on where it stopped."""


class RecipientGoneError(DeliveryError):
    """The recipient blocked the bot, left, or does not exist: nothing more is sent to it."""


class UndeliverableError(DeliveryError):
    """The message itself can never be delivered; trying again would be useless."""
