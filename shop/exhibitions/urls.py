"""Addresses for everybody. They are printed on cards that hang on pieces all over the country and must not change."""

from django.urls import path

from .views.piece import piece

app_name = "karya"
urlpatterns = [path("<path:code>/", piece, name="piece")]
