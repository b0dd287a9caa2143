"""Files and links of a backup → materials."""

import html
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote

from courses.formats.mbz.model import Activity, StoredFile
from courses.formats.mbz.plain import VIDEO_HOST, video_links
from courses.formats.mbz.plan import TITLE_LENGTH, Item, Target, title_of

ADDRESS = re.compile(r"https?://[^\s/$.?#][^\s]{0,480}", re.IGNORECASE)
KINDS_BY_TYPE = {"video": "video", "audio": "audio", "image": "image", "text": "text"}
KINDS_BY_ENDING = {
    **dict.fromkeys(("mp4", "mov", "avi", "mpeg", "mpg", "webm", "mkv"), "video"),
    **dict.fromkeys(("mp3", "ogg", "wav", "m4a", "flac"), "audio"),
    **dict.fromkeys(("pdf", "doc", "docx", "odt", "rtf", "txt", "htm", "html"), "text"),
    **dict.fromkeys(("ppt", "pptx", "odp", "pps", "ppsx"), "presentation"),
    **dict.fromkeys(("png", "jpg", "jpeg", "gif", "webp", "svg"), "image"),
}
OTHER = "other"


def is_address(url: str) -> bool:
    """Tell whether a text is an address of the web that a link may lead to."""
    return ADDRESS.fullmatch(url) is not None


def kind_of_link(url: str) -> str:
    """Return the kind of what stands behind a link, by its address alone."""
    return "video" if VIDEO_HOST.match(url) else kind_of_file(url.partition("?")[0], "")


def kind_of_file(name: str, mime_type: str) -> str:
    """Return what a file is for, by its ending, else by the type Moodle noted."""
    ending = PurePath(name).suffix.removeprefix(".").lower()
    general = mime_type.partition("/")[0]
    return KINDS_BY_ENDING.get(ending) or KINDS_BY_TYPE.get(general, OTHER)


def file_items(
    activity: Activity, *, topic_key: str, is_hidden: bool
) -> Iterator[Item]:
    """Make each file of a resource or a folder a material."""
    is_one = len(activity.files) == 1
    for file in activity.files:
        title = title_of(activity) if is_one else PurePath(file.name).stem
        yield Item(
            key=f"file-{activity.id}-{file.content_hash[:12]}",
            target=Target.MATERIAL,
            module=activity.module,
            title=title[:TITLE_LENGTH],
            values=_file_values(file, title[:TITLE_LENGTH]),
            topic_key=topic_key,
            # One identifier names one material.
            id_number=activity.id_number if is_one else "",
            is_hidden=is_hidden,
        )


def shown_items(
    activity: Activity, *, topic_key: str, is_hidden: bool
) -> Iterator[Item]:
    """Make each file that a text shows a material: the text itself is kept plain."""
    markup = unquote(html.unescape(activity.content or activity.intro))
    for file in activity.files:
        if f"/{file.name}" not in markup:
            continue
        title = PurePath(file.name).stem[:TITLE_LENGTH]
        yield Item(
            key=f"file-{activity.id}-{file.content_hash[:12]}",
            target=Target.MATERIAL,
            module=activity.module,
            title=title,
            values=_file_values(file, title),
            topic_key=topic_key,
            is_hidden=is_hidden,
        )


def _file_values(file: StoredFile, title: str) -> dict[str, Any]:
    return {
        "kind": kind_of_file(file.name, file.mime_type),
        "title": title,
        "file_name": file.name,
        "content_hash": file.content_hash,
        "size_bytes": file.size_bytes,
    }


def video_items(
    activity: Activity, *, topic_key: str, is_hidden: bool
) -> Iterator[Item]:
    """Make each video that a text shows a material, by its link."""
    links = video_links(activity.content or activity.intro)
    for number, url in enumerate(links, start=1):
        title = title_of(activity)
        shown = title if len(links) == 1 else f"{title[:240]} ({number})"
        yield Item(
            key=f"video-{activity.id}-{number}",
            target=Target.MATERIAL,
            module=activity.module,
            title=shown,
            values={"kind": "video", "title": shown, "url": url},
            topic_key=topic_key,
            is_hidden=is_hidden,
        )
