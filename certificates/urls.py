from django.urls import path, register_converter

from certificates.converters import NumberConverter
from certificates.views import issuing, own, verification

register_converter(NumberConverter, "certificate_number")

app_name = "certificates"
urlpatterns = [
    path("", own.certificate_list, name="certificate_list"),
    path(
        "<certificate_number:number>/file/",
        own.certificate_download,
        name="certificate_download",
    ),
    path("verify/", verification.verify, name="verify"),
    path(
        "verify/<certificate_number:number>/<slug:code>/",
        verification.verified,
        name="verified",
    ),
    path("runs/", issuing.run_list, name="run_list"),
    path("runs/<int:pk>/", issuing.run_detail, name="run_detail"),
    path("runs/<int:pk>/issue/", issuing.run_issue, name="run_issue"),
    path("runs/<int:pk>/export/", issuing.run_export, name="run_export"),
]
