from django.urls import path

from .views import MakerListView, MakerView

app_name = "artisans"
urlpatterns = [
    path("", MakerListView.as_view(), name="list"),
    path("<slug:slug>/", MakerView.as_view(), name="detail"),
]
