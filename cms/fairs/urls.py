"""What is beside the pages of fairs and no page itself."""

from django.urls import path

from .views import calendar

app_name = "fairs"
urlpatterns = [path("<slug:slug>.ics", calendar, name="calendar")]
