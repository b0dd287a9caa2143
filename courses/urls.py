from django.urls import include, path, register_converter

from courses.places import LISTED_SECTIONS, PAGE_OF_SECTION, PART_KINDS
from courses.regulation.place import Section
from courses.views import (
    banks,
    checks,
    course_imports,
    drafts,
    exports,
    glossary_imports,
    history,
    materials,
    opening,
    parts,
    sections,
    team,
    topics,
    versions,
)


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
    path("check/", checks.check_report, name="check_report"),
    path("check/keep/", checks.check_keep, name="check_keep"),
    path("check/report.pdf", checks.check_print, name="check_print"),
    path("check/report.json", checks.check_json, name="check_json"),
    path("history/", history.history_list, name="history_list"),
    path("history/keep/", history.history_keep, name="history_keep"),
    path("history/compare/", history.history_compare, name="history_compare"),
    path("history/<int:snapshot_id>/", history.snapshot_detail, name="snapshot_detail"),
    path(
        "history/<int:snapshot_id>/restore/",
        history.snapshot_restore,
        name="snapshot_restore",
    ),
    path("files/", exports.exchange, name="exchange"),
    path("files/confirm/", exports.exchange_confirm, name="exchange_confirm"),
    path("files/passport.json", exports.export_json, name="export_json"),
    path("files/passport.pdf", exports.export_pdf, name="export_pdf"),
    path("files/registry/", exports.registry_page, name="registry_page"),
    path("files/registry.json", exports.export_registry, name="export_registry"),
    path("import/", course_imports.import_upload, name="import_upload"),
    path("terms/import/", glossary_imports.term_import, name="term_import"),
    path("terms/import/preview/", glossary_imports.term_preview, name="term_preview"),
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
    path("opening/", opening.opening_edit, name="opening_edit"),
    path("opening/illustration/", opening.illustration_add, name="illustration_add"),
    path(
        "opening/illustration/<int:material_id>/",
        opening.illustration_edit,
        name="illustration_edit",
    ),
    path(
        "opening/illustration/<int:material_id>/remove/",
        opening.illustration_remove,
        name="illustration_remove",
    ),
    path("attestation/", sections.attestation_edit, name="attestation_edit"),
    path("drafts/discard/", drafts.draft_discard, name="draft_discard"),
    path("team/", team.author_list, name="author_list"),
    path("team/<int:author_id>/remove/", team.author_remove, name="author_remove"),
    path("team/<int:author_id>/lead/", team.author_lead, name="author_lead"),
    *(
        path(
            f"{PART_KINDS[section]}/",
            parts.part_list,
            {"section": section},
            name=PAGE_OF_SECTION[section].url_name,
        )
        for section in LISTED_SECTIONS
    ),
    path(
        "borrowed/<int:part_id>/consent/",
        parts.borrowed_consent,
        name="borrowed_consent",
    ),
    path("topics/", topics.topic_list, name="topic_list"),
    path("topics/add/", topics.topic_add, name="topic_add"),
    path("topics/<int:topic_id>/", topics.topic_detail, name="topic_detail"),
    path("topics/<int:topic_id>/place/", topics.topic_place, name="topic_place"),
    path("topics/<int:topic_id>/copy/", topics.topic_copy, name="topic_copy"),
    path(
        "topics/<int:topic_id>/<part_kind:kind>/add/", parts.part_add, name="part_add"
    ),
    path("<part_kind:kind>/<int:part_id>/edit/", parts.part_edit, name="part_edit"),
    path("<part_kind:kind>/<int:part_id>/move/", parts.part_move, name="part_move"),
    path(
        "<part_kind:kind>/<int:part_id>/remove/", parts.part_remove, name="part_remove"
    ),
    path("materials/", materials.material_list, name="material_list"),
    path("materials/add/", materials.material_add, name="material_add"),
    path("materials/link/", materials.material_link, name="material_link"),
    path("materials/<int:material_id>/", materials.material_edit, name="material_edit"),
    path(
        "materials/<int:material_id>/remove/",
        materials.material_remove,
        name="material_remove",
    ),
    path(
        "materials/<int:material_id>/measure/",
        materials.material_measure,
        name="material_measure",
    ),
    path(
        "materials/<int:material_id>/file/",
        materials.material_file,
        name="material_file",
    ),
    path("banks/", banks.bank_list, name="bank_list"),
    path("banks/add/", banks.bank_add, name="bank_add"),
    path("banks/import/", banks.bank_import, name="bank_import"),
    path("banks/import/preview/", banks.bank_preview, name="bank_preview"),
    path("banks/import/errors.csv", banks.bank_errors, name="bank_errors"),
    path("banks/import/confirm/", banks.bank_commit, name="bank_commit"),
    path("banks/import/questions.xlsx", banks.bank_template, name="bank_template"),
    path("banks/files/<int:import_id>/", banks.bank_file, name="bank_file"),
    path("banks/export/", banks.bank_export, name="bank_export"),
    path("banks/export/file/", banks.bank_download, name="bank_download"),
    path("banks/same/", banks.question_same, name="question_same"),
    path("banks/questions/move/", banks.question_move, name="question_move"),
    path("banks/questions/remove/", banks.question_remove, name="question_remove"),
    path("banks/<int:bank_id>/", banks.bank_detail, name="bank_detail"),
    path("banks/<int:bank_id>/merge/", banks.bank_merge, name="bank_merge"),
    path("banks/<int:bank_id>/remove/", banks.bank_remove, name="bank_remove"),
    path("banks/<int:bank_id>/questions/add/", banks.question_add, name="question_add"),
    path(
        "banks/<int:bank_id>/questions/<int:question_id>/",
        banks.question_edit,
        name="question_edit",
    ),
]
urlpatterns = [
    path("", versions.version_list, name="version_list"),
    path("export.xlsx", versions.version_export, name="version_export"),
    path("imports/new/", course_imports.import_new, name="import_new"),
    path(
        "imports/<int:import_id>/", course_imports.import_detail, name="import_detail"
    ),
    path(
        "imports/<int:import_id>/file/", course_imports.import_file, name="import_file"
    ),
    path("<int:pk>/", include(passport)),
]
