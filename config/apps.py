from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "config"
    verbose_name = _("Portal")


class PortalAdminConfig(AdminConfig):
    default_site = "config.admin_site.PortalAdminSite"
