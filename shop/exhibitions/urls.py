"""Addresses for everybody. The name is printed on cards that hang on pieces all over the country: it must not change."""

from django.urls import path

from .views.piece import piece

app_name = "karya"
urlpatterns = [path("<path:code>/", piece, name="piece")]
