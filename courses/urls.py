from django.urls import include, path, register_converter

from courses.places import PART_KINDS
from courses.regulation.place import Section
from courses.views import banks, parts, sections, team, topics, versions


class PartKind:
    """The kinds of part that an address may name."""

    regex = "|".join(PART_KINDS.values())

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PartKind, "part_kind")

app_name = "courses"
passport = [
    path("", versions.version_detail, name="version_detail"),
    path("check/", versions.check_report, name="check_report"),
    path("texts/", sections.texts_edit, name="texts_edit"),
    *(
        path(
            f"{section}/",
            sections.section_edit,
            {"section": section},
            name=f"{section}_edit",
        )
        for section in (Section.INTRODUCTION, Section.DESCRIPTION, Section.GRADING)
    ),
    path("attestation/", sections.attestation_edit, name="attestation_edit"),
    path("team/", team.author_list, name="author_list"),
    path("team/<int:author_id>/remove/", team.author_remove, name="author_remove"),
    path("team/<int:author_id>/lead/", team.author_lead, name="author_lead"),
    path("outcomes/", parts.outcome_list, name="outcome_list"),
    path("terms/", parts.term_list, name="term_list"),
    path("topics/", topics.topic_list, name="topic_list"),
    path("topics/add/", topics.topic_add, name="topic_add"),
    path("topics/<int:topic_id>/", topics.topic_detail, name="topic_detail"),
    path(
        "topics/<int:topic_id>/<part_kind:kind>/add/", parts.part_add, name="part_add"
    ),
    path("<part_kind:kind>/<int:part_id>/edit/", parts.part_edit, name="part_edit"),
    path("<part_kind:kind>/<int:part_id>/move/", parts.part_move, name="part_move"),
    path(
        "<part_kind:kind>/<int:part_id>/remove/", parts.part_remove, name="part_remove"
    ),
    path("banks/", banks.bank_list, name="bank_list"),
    path("banks/import/", banks.bank_import, name="bank_import"),
    path("banks/import/confirm/", banks.bank_commit, name="bank_commit"),
    path("banks/files/<int:import_id>/", banks.bank_file, name="bank_file"),
    path("banks/<int:bank_id>/", banks.bank_detail, name="bank_detail"),
    path("banks/<int:bank_id>/remove/", banks.bank_remove, name="bank_remove"),
]
urlpatterns = [
    path("", versions.version_list, name="version_list"),
    path("export.xlsx", versions.version_export, name="version_export"),
    path("<int:pk>/", include(passport)),
]
