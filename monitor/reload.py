"""Taking over a changed configuration while the service runs; a broken one changes nothing."""

from __future__ import annotations

import asyncio
import hashlib
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import structlog

from monitor.differences import find_differences, hold_back
from monitor.domain.notices import Alarm, AlarmKind
from monitor.domain.reloading import Reloaded
from monitor.errors import ConfigurationError, Problem
from monitor.schedule import PeriodicJob
from monitor.service import Service
from monitor.settings import load_settings

log = structlog.get_logger(__name__)
LOOK_EVERY = timedelta(seconds=5)
Fingerprint = Mapping[str, str]


def fingerprint(directory: Path) -> Fingerprint:
    """Return the hash of every configuration file by its path; of one that cannot be read, the reason."""
    found = {}
    for path in sorted([*directory.glob("*.toml"), *(directory / "sources").glob("*.toml")]):
        try:
            found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            found[str(path)] = str(error)
    return found


@dataclass
class ConfigurationWatch:
    """Looks at the configuration's files and lets the service go on under what they say now.

    A change is taken over once the files have stayed the same from one look to the next, so that no
    half-written file is. What is wrong is told once, and `alarm` stands until it is mended.
    """

    service: Service
    env: Mapping[str, str] | None = None
    on_alarm: Callable[[Alarm | None], None] = lambda _: None
    """Told when the configuration breaks, with what is wrong, and (None) when it is whole: the first
    time that it is read, and whenever it is mended."""
    alarm: Alarm | None = None
    _told: bool = False
    _seen: Fingerprint | None = None
    _tried: Fingerprint | None = None
    _reloading: asyncio.Lock = field(default_factory=asyncio.Lock)
    _asked: set[asyncio.Task[Reloaded]] = field(default_factory=set)

    @property
    def directory(self) -> Path:
        """Where the files are."""
        return self.service.app.settings.directory

    def job(self, every: timedelta = LOOK_EVERY) -> PeriodicJob:
        """Return the periodic work that looks."""
        return PeriodicJob("configuration", lambda _: every, self.look)

    def ask(self) -> None:
        """Reload now, whatever was looked at before: what a signal asks for."""
        task = asyncio.get_running_loop().create_task(self.reload(), name="reload")
        self._asked.add(task)
        task.add_done_callback(self._asked.discard)

    async def look(self) -> None:
        """Reload where the files changed and are not being written any more."""
        found = await asyncio.to_thread(fingerprint, self.directory)
        settled, self._seen = found == self._seen, found
        if settled and found != self._tried:
            await self.reload()

    async def reload(self) -> Reloaded:
        """Read the files and go on under them; where they are wrong nothing changes."""
        async with self._reloading:
            self._tried = await asyncio.to_thread(fingerprint, self.directory)
            try:
                return await self._take_over()
            except ConfigurationError as error:
                problems = error.problems
            except Exception as error:  # the boundary: whatever a file holds never stops the service
                log.exception("configuration broke the program")
                problems = (Problem(str(self.directory), "", f"{type(error).__name__}: {error}"),)
            for problem in problems:
                log.error(
                    "configuration is wrong", file=problem.file, key=problem.key, problem=problem.message
                )
            log.error("the configuration before stays in force", problems=len(problems))
            self._tell(Alarm(AlarmKind.CONFIGURATION, "", "; ".join(map(str, problems))))
            return Reloaded(taken=False, problems=tuple(map(str, problems)))

    async def _take_over(self) -> Reloaded:
        app = self.service.app
        loaded = await asyncio.to_thread(load_settings, self.directory, self.env)
        if await asyncio.to_thread(fingerprint, self.directory) != self._tried:
            self._tried = None
            log.info("configuration changed while it was read; it is read again when it has settled")
            return Reloaded(taken=False)
        old = app.settings
        differences = find_differences(old, loaded)
        new = hold_back(old, loaded)
        if new != old:
            prepared = await asyncio.to_thread(app.prepare, new)
            await self.service.adopt(prepared)
            log.info("configuration reloaded", changes=str(differences))
        elif self.alarm:
            log.info("configuration is whole again", changes=str(differences))
        if differences.restart:
            log.warning("needs a restart to take effect", keys=", ".join(differences.restart))
        self._tell(None)
        return Reloaded(True, "; ".join(differences.changed), differences.restart)

    def _tell(self, alarm: Alarm | None) -> None:
        # The first time in any case: an alarm from before a restart may stand still.
        if alarm != self.alarm or not self._told:
            self.alarm, self._told = alarm, True
            self.on_alarm(alarm)


@contextmanager
def watching(service: Service, env: Mapping[str, str] | None = None) -> Iterator[ConfigurationWatch]:
    """Let a service follow its configuration's files, and SIGHUP, while it runs."""
    watch = ConfigurationWatch(service, env)
    service.jobs.append(watch.job())
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGHUP, watch.ask)
    try:
        yield watch
    finally:
        loop.remove_signal_handler(signal.SIGHUP)
