from django.urls import path

from . import till

app_name = "till"
urlpatterns = [
    path("", till.app, name="app"),
    path("sw.js", till.service_worker, name="service-worker"),
    path("manifest.webmanifest", till.manifest, name="manifest"),
    path("teks/<slug:language>.json", till.texts, name="texts"),
    path("pameran/", till.fairs, name="fairs"),
    path("pasangkan/", till.pair, name="pair"),
]
