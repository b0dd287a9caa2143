"""The author team on its page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from courses.forms.sections import AuthorForm
from courses.models import Authorship, CourseVersion
from courses.places import PAGE_BY_KEY
from courses.regulation.place import Section
from courses.services import (
    AlreadyAuthor,
    LeadStays,
    add_author,
    appoint_lead,
    remove_author,
)
from courses.services.team import APPOINT_LEAD, MANAGE_TEAM
from courses.views.answers import (
    crumbs_of,
    load_version,
    passport_page,
    passport_view,
    person,
)

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_OR_POST
@passport_view
def author_list(request: HttpRequest, pk: int) -> HttpResponse:
    version = load_version(request, pk, permission=MANAGE_TEAM)
    form = AuthorForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _add(request, version, form):
        return HttpResponseRedirect(request.path)
    may_manage = version.is_editable and person(request).has_perm(MANAGE_TEAM, version)
    return passport_page(
        request,
        version,
        "courses/author_list.html",
        is_here=lambda place: place.section is Section.AUTHORS,
        title=PAGE_BY_KEY["team"].title,
        form=form,
        may_manage=may_manage,
        may_appoint=version.is_editable and person(request).has_perm(APPOINT_LEAD),
    )


def _add(request: HttpRequest, version: CourseVersion, form: AuthorForm) -> bool:
    """Bring the person in, or say on the form why not."""
    email = form.cleaned_data["email"].lower()
    user = User.objects.filter(email=email, is_active=True, is_system=False).first()
    if user is None:
        form.add_error("email", _("Nobody on the portal has this e-mail."))
        return False
    try:
        add_author(version=version, user=user, by=person(request))
    except AlreadyAuthor as refusal:
        form.add_error("email", str(refusal))
        return False
    messages.success(
        request, _("In the team now: %(name)s.") % {"name": user.full_name}
    )
    return True


@require_POST
@passport_view
def author_lead(request: HttpRequest, pk: int, author_id: int) -> HttpResponse:
    version = load_version(request, pk, permission=APPOINT_LEAD)
    author = get_object_or_404(Authorship, version=version, pk=author_id)
    appoint_lead(author=author, by=person(request))
    messages.success(
        request, _("Leads the team now: %(name)s.") % {"name": author.user.full_name}
    )
    return HttpResponseRedirect(PAGE_BY_KEY["team"].url(version.pk))


@GET_OR_POST
@passport_view
def author_remove(request: HttpRequest, pk: int, author_id: int) -> HttpResponse:
    version = load_version(request, pk, permission=MANAGE_TEAM)
    author = get_object_or_404(Authorship, version=version, pk=author_id)
    back_url = PAGE_BY_KEY["team"].url(version.pk)
    if request.method == "POST":
        try:
            remove_author(author=author, by=person(request))
        except LeadStays as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request, _("Out of the team: %(name)s.") % {"name": author}
            )
        return HttpResponseRedirect(back_url)
    return render(
        request,
        "courses/part_remove.html",
        {
            "version": version,
            "breadcrumbs": crumbs_of(version, "team"),
            "facts": [{"label": _("Author"), "value": author.user.full_name}],
            "consequences": [_("The person can no longer open the passport.")],
            "cancel_url": back_url,
        },
    )
