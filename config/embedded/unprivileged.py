"""As whom PostgreSQL runs: it refuses to serve root."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Identity:
    """The user that a server runs as; -1 is whoever started this process.

    A user that `passes` walks through closed folders: a checkout under /root is
    closed to everybody else, and some chroots are closed as a whole.
    """

    user: int = -1
    group: int = -1
    passes: bool = False

    def own(self, path: Path | int) -> None:
        """Give a file, folder or open descriptor to this user."""
        os.chown(path, self.user, self.group)


def server_identity(*paths: Path) -> Identity:
    """Return the user for a server that may not be root and that needs `paths`."""
    if os.geteuid() != 0:
        return Identity()
    nobody = pwd.getpwnam("nobody")
    return Identity(
        user=nobody.pw_uid,
        group=nobody.pw_gid,
        passes=any(is_closed(path) for path in paths),
    )


def is_closed(path: Path) -> bool:
    """Tell whether a folder on the way to `path` lets strangers not through."""
    path = path.resolve()
    folders = (folder for folder in (path, *path.parents) if folder.is_dir())
    return not all(folder.stat().st_mode & stat.S_IXOTH for folder in folders)
