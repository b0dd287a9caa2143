from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("register/", views.register, name="register"),
    path("register/done/", views.registered, name="registered"),
    path("confirm/<str:token>/", views.email_confirm, name="email_confirm"),
    path("password/", views.password_change, name="password_change"),
    path("password/forgotten/", views.password_forgotten, name="password_forgotten"),
    path("password/letter/", views.password_letter, name="password_letter"),
    path("password/<str:key>/<str:token>/", views.password_new, name="password_new"),
    path("", views.profile, name="profile"),
]
