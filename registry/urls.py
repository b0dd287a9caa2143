from django.urls import path

from registry.views import entries, learning, register, runs, showcase

app_name = "registry"
urlpatterns = [
    path("", showcase.showcase, name="showcase"),
    path("register/", register.register_list, name="register_list"),
    path("register/export/", register.register_export, name="register_export"),
    path("register/<int:number>/", showcase.course_detail, name="course_detail"),
    path(
        "register/<int:number>/illustration/",
        showcase.course_illustration,
        name="course_illustration",
    ),
    path("entries/<int:pk>/", entries.entry_detail, name="entry_detail"),
    path(
        "entries/<int:pk>/documents/", entries.document_receive, name="document_receive"
    ),
    path(
        "documents/<int:pk>/file/", entries.document_download, name="document_download"
    ),
    path("learning/", learning.my_learning, name="my_learning"),
    path(
        "learning/<int:pk>/withdraw/",
        learning.enrolment_withdraw,
        name="enrolment_withdraw",
    ),
    path("runs/<int:pk>/", runs.run_detail, name="run_detail"),
    path("runs/<int:pk>/enrol/", learning.run_enrol, name="run_enrol"),
    path("runs/<int:pk>/results/", runs.results_import, name="results_import"),
    path("runs/<int:pk>/results/form/", runs.results_form, name="results_form"),
    path("runs/<int:pk>/results/commit/", runs.results_commit, name="results_commit"),
    path("results/<int:pk>/file/", runs.import_download, name="import_download"),
]
