"""The only way from a request to a round or a remark: what its person may see."""

from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.http import SignedInRequest
from expertise.models import Expertise, Remark
from expertise.selectors import expertises_visible_to, remarks_up_to


def load_expertise(request: SignedInRequest, pk: int) -> Expertise:
    """Return a round that the person may read.

    Raises:
        Http404: there is none, or it is not the person's.
    """
    today = timezone.localdate()
    return get_object_or_404(expertises_visible_to(request.user, today), pk=pk)


def load_remark(
    request: SignedInRequest, pk: int, remark_pk: int
) -> tuple[Expertise, Remark]:
    """Return a round and a remark of it, or of a round before it.

    Raises:
        Http404: there is none, or it is not the person's.
    """
    expertise = load_expertise(request, pk)
    remarks = remarks_up_to(expertise, request.user)
    return expertise, get_object_or_404(remarks, pk=remark_pk)
