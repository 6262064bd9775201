"""Groups with their administrators, forums with their topics, and files that users send."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.fakes.http_server import Request
from tests.fakes.telegram_shapes import make_user

RIGHTS = (
    *("be_edited", "manage_chat", "delete_messages", "manage_video_chats", "restrict_members"),
    *("promote_members", "change_info", "invite_users", "post_stories", "edit_stories", "delete_stories"),
)


@dataclass
class GroupsAndFiles:
    """The part of a fake Bot API that knows who administers groups, and what was uploaded."""

    plain_members: set[int] = field(default_factory=set)
    """Users that administer no group; all others administer every one."""
    uploads: dict[str, bytes] = field(default_factory=dict)
    """Files that users sent, by their id, which is their path too."""

    async def _on_get_chat_member(self, request: Request) -> dict[str, Any]:
        user_id = int(request.fields["user_id"])
        member: dict[str, Any] = {"user": make_user(user_id, "en"), "status": "member"}
        if user_id in self.plain_members:
            return member
        rights = {f"can_{right}": False for right in RIGHTS}
        return {**member, "status": "administrator", "is_anonymous": False, **rights}

    async def _on_get_file(self, request: Request) -> dict[str, Any]:
        path = request.fields["file_id"]
        return {"file_id": path, "file_unique_id": path, "file_path": path}


def in_topic(thread_id: int) -> dict[str, Any]:
    """Return the fields of a message in a forum's topic; 0 is none."""
    return {"message_thread_id": thread_id, "is_topic_message": True} if thread_id else {}
