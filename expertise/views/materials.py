"""Files of the materials under expertise: for those who may read the round."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from core.downloads import stored_answer
from expertise.files import frozen_file
from expertise.views.loading import load_expertise


@require_safe
@login_required
def material_file(request: SignedInRequest, pk: int, number: int) -> HttpResponseBase:
    """Give a file of the dossier, as it was when the dossier was frozen."""
    file = frozen_file(load_expertise(request, pk), number)
    if file is None:
        raise Http404
    return stored_answer(
        request,
        stored_as=file.stored.stored_as,
        sha256=file.sha256,
        file_name=file.file_name,
        container=file.stored.container,
    )
