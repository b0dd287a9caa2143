from django.urls import path

from expertise.views import expertises, materials, remarks, verdicts

app_name = "expertise"
urlpatterns = [
    path("", expertises.expertise_list, name="expertise_list"),
    path(
        "versions/<int:version_pk>/request/",
        expertises.expertise_request,
        name="expertise_request",
    ),
    path("<int:pk>/", expertises.expertise_detail, name="expertise_detail"),
    path(
        "<int:pk>/materials/<int:number>/file/",
        materials.material_file,
        name="material_file",
    ),
    path("<int:pk>/appoint/", expertises.expertise_appoint, name="expertise_appoint"),
    path("<int:pk>/rating/", expertises.rating_edit, name="rating_edit"),
    path("<int:pk>/remarks/", remarks.remark_list, name="remark_list"),
    path(
        "<int:pk>/remarks/<int:remark_pk>/answer/",
        remarks.remark_answer,
        name="remark_answer",
    ),
    path(
        "<int:pk>/remarks/<int:remark_pk>/accept/",
        remarks.remark_accept,
        name="remark_accept",
    ),
    path(
        "<int:pk>/remarks/<int:remark_pk>/withdraw/",
        remarks.remark_withdraw,
        name="remark_withdraw",
    ),
    path("<int:pk>/verdict/", verdicts.verdict_detail, name="verdict_detail"),
    path("<int:pk>/verdict/write/", verdicts.verdict_write, name="verdict_write"),
    path("<int:pk>/verdict/sign/", verdicts.verdict_sign, name="verdict_sign"),
]
