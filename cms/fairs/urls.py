"""What is beside the pages of fairs and no page itself. Wagtail's slugs may have letters that ``<slug:…>`` has not."""

from django.urls import path

from .views import calendar

app_name = "fairs"
urlpatterns = [path("<str:slug>.ics", calendar, name="calendar")]
