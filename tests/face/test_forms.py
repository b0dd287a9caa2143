"""How a form is drawn."""

from django.utils import translation

from tests.face.guide import TopicForm


def test_label_help_and_error_are_tied_to_their_field():
    form = TopicForm({"hours": "x"})
    html = str(form["hours"].as_field_group())
    assert '<label class="field-label" for="id_hours">' in html
    assert 'aria-describedby="id_hours_helptext id_hours_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_hours_helptext"' in html
    assert 'id="id_hours_error"' in html


def test_group_of_choices_is_a_fieldset_with_its_legend():
    html = str(TopicForm()["outcomes"].as_field_group())
    assert html.strip().startswith(
        '<fieldset class="field" aria-describedby="id_outcomes_helptext">'
    )
    assert html.count('id="id_outcomes"') == 1


def test_form_sums_its_errors_up_each_linked_to_its_field():
    form = TopicForm({"title": "t"})
    with translation.override("en"):
        form.is_valid()
        form.add_error(None, "The week is full.")
        html = str(form)
    assert 'role="alert"' in html
    assert "<li>The week is full.</li>" in html
    assert '<a href="#id_hours">' in html


def test_form_not_sent_yet_has_no_summary_and_keeps_hidden_fields():
    html = str(TopicForm())
    assert "error-summary" not in html
    assert 'type="hidden" name="token"' in html
