"""How forms are drawn: one field template, errors beside the field and summed up."""

from django.forms.renderers import TemplatesSetting


class PortalRenderer(TemplatesSetting):
    """Draw `{{ form }}` and `{{ field.as_field_group }}` with the portal's parts."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
