"""Every address of the portal, app by app, in the order a course travels."""

from django.contrib import admin
from django.urls import include, path

from accounts.views import set_language
from config import views

urlpatterns = [
    path("", include("registry.urls")),
    path("desk/", views.desk, name="desk"),
    path("branding.css", views.branding, name="branding"),
    path("language/", set_language, name="set_language"),
    path("account/", include("accounts.urls")),
    path("courses/", include("courses.urls")),
    path("expertise/", include("expertise.urls")),
    path("certificates/", include("certificates.urls")),
    path("finance/", include("finance.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
