"""Articles read again: what an edit did to what was said, and what was taken down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.domain.statement import Finding


class ChangeKind(StrEnum):
    """What happened to an article, or to one statement of it."""

    EDITED = "edited"
    """The text changed, but no judged statement became harder or softer."""
    SOFTENED = "softened"
    SHARPENED = "sharpened"
    REMOVED = "removed"
    """The article is gone, or the statement is no longer in it."""
    ADDED = "added"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class StatementChange:
    """One statement before and after; `before` is None where it was added, `after` where it is gone."""

    kind: ChangeKind
    before: Finding | None
    after: Finding | None

    @property
    def finding(self) -> Finding:
        """The finding that stands for the change: as it is now, or as it was."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change has a finding before or after it")
        return found


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """What became of an article between two of its revisions; equal ones: it was taken down or put back."""

    id: int
    article_id: int
    kind: ChangeKind
    from_revision: int
    to_revision: int
    seen_at: datetime

    @property
    def is_edit(self) -> bool:
        """Whether the article got another text; else it was taken down or put back."""
        return self.from_revision != self.to_revision


@dataclass(frozen=True, slots=True)
class ArchivedCopy:
    """A text of an article as the archive proves it: since when it stood there, and its page's hash."""

    revision: int
    seen_at: datetime
    page_sha256: str


@dataclass(frozen=True, slots=True)
class ChangeEvidence:
    """What proves a change: when it was seen, and the archived copies.

    `new` is the copy after an edit, None where the article was taken down or put back.
    """

    seen_at: datetime
    old: ArchivedCopy
    new: ArchivedCopy | None


@dataclass(frozen=True, slots=True)
class ChangedArticle:
    """A change with the statements that it touched and its evidence."""

    change: ArticleChange
    statements: tuple[StatementChange, ...]
    evidence: ChangeEvidence


@dataclass(frozen=True, slots=True)
class RevisionPair:
    """Two revisions of an article that are to be compared, with what was judged of each."""

    change: ArticleChange
    before: tuple[Finding, ...]
    after: tuple[Finding, ...]
    old_text: str
    new_text: str


@dataclass(frozen=True, slots=True)
class Revision:
    """A text that an article had, and the copy that proves it."""

    title: str
    text: str
    copy: ArchivedCopy


@dataclass(frozen=True, slots=True)
class ArticleVersions:
    """An article with every text that it had and all that was seen to happen to it, the first first."""

    article_id: int
    source_id: str
    outlet: str
    url: str
    revisions: tuple[Revision, ...]
    changes: tuple[ChangedArticle, ...]
    is_gone: bool
