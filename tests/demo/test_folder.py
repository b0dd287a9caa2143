import subprocess

import pytest

from config.demo.folder import DemoAlreadyRunning, DemoFolder


@pytest.fixture
def folder(tmp_path):
    return DemoFolder(tmp_path)


def test_two_demos_never_share_a_folder(folder):
    with folder.held(), pytest.raises(DemoAlreadyRunning), folder.held():
        pass


def test_a_folder_is_free_again_after_the_demo(folder):
    with folder.held():
        pass
    with folder.held():
        pass


def test_the_secret_key_is_made_once_and_private(folder):
    first = folder.secret_key()
    assert folder.secret_key() == first
    assert (folder.path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_reset_removes_what_the_demo_made_and_nothing_else(folder):
    folder.secret_key()
    (folder.path / "media").mkdir()
    (folder.path / "mine.txt").touch()
    folder.loaded_mark(None).parent.mkdir()
    folder.loaded_mark(None).touch()

    folder.reset()

    assert [path.name for path in folder.path.iterdir()] == ["mine.txt"]


def test_each_given_database_has_a_mark_of_its_own(folder):
    urls = (None, "postgres://host/one", "postgres://host/other")
    assert len({folder.loaded_mark(url) for url in urls}) == 3


def test_a_shell_reads_the_variables_as_they_are(folder):
    folder.write_variables({"KEY": "a b$c", "OTHER": "2"})
    command = f'. {folder.variables} && printf "%s|%s" "$KEY" "$OTHER"'
    done = subprocess.run(  # noqa: S603 - a fixed command
        ["/bin/sh", "-c", command], check=True, capture_output=True, text=True
    )
    assert done.stdout == "a b$c|2"
