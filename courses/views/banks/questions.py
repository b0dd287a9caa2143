"""Questions of banks: written by hand, edited, moved and deleted by the selection."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.enums import QuestionKind
from courses.formats.question import Kind, ParsedQuestion, TextFormat
from courses.forms.banks import MoveForm, SelectionForm
from courses.forms.questions import (
    EDITABLE_KINDS,
    KindForm,
    QuestionEditor,
    is_editable,
)
from courses.models import CourseVersion, Question, QuestionBank
from courses.selectors.banks import content_mark, parsed_question
from courses.services import (
    QuestionChanged,
    add_question,
    change_question,
    delete_questions,
    move_questions,
)
from courses.views.answers import (
    can_edit,
    crumbs_of,
    load_version,
    passport_page,
    passport_view,
    person,
)
from courses.views.banks.loading import GET_OR_POST, get_bank, is_of

SHOWN = 5


@GET_OR_POST
@passport_view
def question_add(request: HttpRequest, pk: int, bank_id: int) -> HttpResponse:
    """Write a question by hand; its kind stands in the address."""
    version = load_version(request, pk)
    bank = get_bank(version, bank_id)
    editor = QuestionEditor(_blank(request, bank), data=request.POST or None)
    if request.method == "POST" and editor.is_valid():
        add_question(bank=bank, question=editor.content(), by=person(request))
        messages.success(request, _("The question is added. Write the next one."))
        return HttpResponseRedirect(request.get_full_path())
    kinds = [
        {
            "label": QuestionKind(kind.value).label,
            "url": f"?kind={kind.value}",
            "is_current": kind is editor.question.kind,
            "count": None,
        }
        for kind in EDITABLE_KINDS
    ]
    return _editor_page(
        request, version, bank, editor, title=_("A new question"), kinds=kinds
    )


@GET_OR_POST
@passport_view
def question_edit(
    request: HttpRequest, pk: int, bank_id: int, question_id: int
) -> HttpResponse:
    """Show a question; where its kind allows, take it anew."""
    version = load_version(request, pk)
    bank = get_bank(version, bank_id)
    question = get_object_or_404(bank.questions, pk=question_id)
    content = parsed_question(question, category=bank.category)
    if not is_editable(content) or not can_edit(request, version):
        return _read_only_page(request, version, bank, question, content)
    editor = QuestionEditor(
        content, seen=content_mark(question), data=request.POST or None
    )
    is_sent = request.method == "POST" and editor.is_valid()
    if is_sent and _change(request, bank, question, editor):
        url = reverse("courses:bank_detail", args=[version.pk, bank.pk])
        return HttpResponseRedirect(f"{url}#question-{question.pk}")
    title = _("Question %(number)s") % {"number": question.position}
    return _editor_page(request, version, bank, editor, title=title, question=question)


@require_POST
@passport_view
def question_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the questions that were ticked to another bank."""
    version = load_version(request, pk)
    form = MoveForm(request.POST, version=version)
    if form.is_valid():
        try:
            count = move_questions(
                questions=form.chosen(), to=form.cleaned_data["to"], by=person(request)
            )
        except QuestionBank.DoesNotExist as error:
            raise Http404 from error
        messages.success(request, _("Questions moved: %(count)s.") % {"count": count})
    else:
        _tell_errors(request, form)
    return HttpResponseRedirect(_back_url(version, form))


@require_POST
@passport_view
def question_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether the questions that were ticked shall go; once confirmed, they do."""
    version = load_version(request, pk)
    form = SelectionForm(request.POST, version=version)
    back_url = _back_url(version, form)
    if not form.is_valid():
        _tell_errors(request, form)
    elif "is_confirmed" not in request.POST:
        return _confirm_page(request, version, form, back_url=back_url)
    else:
        count = delete_questions(
            version=version, questions=form.chosen(), by=person(request)
        )
        messages.success(request, _("Questions removed: %(count)s.") % {"count": count})
    return HttpResponseRedirect(back_url)


def _blank(request: HttpRequest, bank: QuestionBank) -> ParsedQuestion:
    """Return a question of the kind that the address names, without words."""
    form = KindForm(request.GET)
    kind = Kind(form.cleaned_data["kind"]) if form.is_valid() else EDITABLE_KINDS[0]
    return ParsedQuestion(
        kind=kind,
        name="",
        text="",
        text_format=TextFormat.MOODLE,
        answers=(),
        category=bank.category,
        line=1,
        raw="",
    )


def _change(
    request: HttpRequest,
    bank: QuestionBank,
    question: Question,
    editor: QuestionEditor,
) -> bool:
    """Save; where another person saved meanwhile, show that text and save nothing."""
    try:
        change_question(
            bank=bank,
            question=question,
            content=editor.content(),
            seen=request.POST.get("seen", ""),
            by=person(request),
        )
    except QuestionChanged as refusal:
        editor.form.add_error(None, str(refusal))
        return False
    except Question.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("Saved."))
    return True


def _editor_page(
    request: HttpRequest,
    version: CourseVersion,
    bank: QuestionBank,
    editor: QuestionEditor,
    **context: Any,
) -> HttpResponse:
    return passport_page(
        request,
        version,
        "courses/question_form.html",
        is_here=is_of(bank),
        crumbs=("banks",),
        bank=bank,
        editor=editor,
        **{"question": None, "kinds": None, **context},
    )


def _read_only_page(
    request: HttpRequest,
    version: CourseVersion,
    bank: QuestionBank,
    question: Question,
    content: ParsedQuestion,
) -> HttpResponse:
    """Show a question whole, as it stood in its file too.

    Raises:
        PermissionDenied: it was to be saved, though its kind is not edited here.
    """
    if request.method == "POST":
        raise PermissionDenied
    return passport_page(
        request,
        version,
        "courses/question_detail.html",
        is_here=is_of(bank),
        crumbs=("banks",),
        title=_("Question %(number)s") % {"number": question.position},
        bank=bank,
        question=question,
        content=content,
        is_editable=is_editable(content),
    )


def _confirm_page(
    request: HttpRequest, version: CourseVersion, form: SelectionForm, *, back_url: str
) -> HttpResponse:
    chosen = form.chosen().select_related("bank")
    return render(
        request,
        "courses/question_remove.html",
        {
            "version": version,
            "breadcrumbs": crumbs_of(version, "banks"),
            "count": chosen.count(),
            "questions": chosen[:SHOWN],
            "sent": form.sent(),
            "cancel_url": back_url,
        },
    )


def _tell_errors(request: HttpRequest, form: SelectionForm) -> None:
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))


def _back_url(version: CourseVersion, form: SelectionForm) -> str:
    """Return the page that the questions were ticked on, its search as it was."""
    form.is_valid()
    bank = form.cleaned_data.get("bank")
    if bank is None:
        return reverse("courses:question_same", args=[version.pk])
    url = reverse("courses:bank_detail", args=[version.pk, bank.pk])
    words = {name: form.cleaned_data.get(name, "") for name in ("q", "kind")}
    return f"{url}?{urlencode(words)}" if any(words.values()) else url
