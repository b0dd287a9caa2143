"""A course on its way through expertise."""

import pytest

from tests import factories
from tests.expertise import life


@pytest.fixture
def version(author):
    """A draft that nothing keeps from expertise."""
    return life.version(author)


@pytest.fixture
def requested(author, at):
    """A round that has no expert yet, over a dossier with one file."""
    return life.requested_with_file(author, at=at)


@pytest.fixture
def review(requested, expert, staff, at):
    """A round with its expert, nothing rated yet."""
    return life.appointed(requested, expert, staff=staff, at=at)


@pytest.fixture
def returned(review, at):
    """A round that sent the course back with one remark."""
    life.returned(review, at=at)
    return review


@pytest.fixture
def second(returned, author, staff, at):
    """The second round, with another expert; the remark of the first is answered."""
    life.answered(returned.remarks.all(), author, at=at)
    other = factories.UserFactory(surname="Вторая")
    expertise = life.services.request_expertise(
        version=returned.version, by=author, at=at
    )
    return life.appointed(expertise, other, staff=staff, at=at)
