from django.urls import path, register_converter

from finance import views
from finance.converters import MonthConverter

register_converter(MonthConverter, "month")

app_name = "finance"
urlpatterns = [
    path("", views.report_list, name="report_list"),
    path("<month:month>/", views.report_detail, name="report_detail"),
    path("<month:month>/make/", views.report_make, name="report_make"),
    path("<month:month>/close/", views.month_close, name="month_close"),
    path("<month:month>/report.pdf", views.report_pdf, name="report_pdf"),
    path("<month:month>/report.xlsx", views.report_xlsx, name="report_xlsx"),
    path("<month:month>/report.csv", views.report_csv, name="report_csv"),
]
