from django.urls import path

from . import views

app_name = "address"

urlpatterns = [path("", views.region_list, name="regions")]
