"""Somebody at the desk."""

from django.urls import reverse


class Desk:
    """Fills in forms as a browser does: with the code that the page holds."""

    def __init__(self, client, fair=None):
        self.client = client
        self.fair = fair

    def address(self, name, *arguments):
        own = (self.fair.pk,) if self.fair else ()
        return reverse(f"fairdesk:{name}", args=(*own, *arguments))

    def get(self, name, /, *arguments):
        return self.client.get(self.address(name, *arguments))

    def send(self, name, /, *arguments, code=None, **fields):
        code = code or self.get(name, *arguments).context["code"]
        return self.client.post(self.address(name, *arguments), {"code": code, **fields})

    def do(self, name, /, *arguments, **fields):
        response = self.send(name, *arguments, **fields)
        shown = response.context and (response.context["form"].errors, response.context["form"].non_field_errors())
        assert response.status_code == 302, shown
        self.fair.refresh_from_db() if self.fair else None
        return response

    def count(self, typed, shown=None):
        """Type figures into the count's page (of ``shown``, when that was opened earlier) and save it."""
        page = shown or self.get("count")
        fields = {}
        for group in page.context["makers"]:
            for piece in (*group["pieces"], *group["gone"]):
                fields[f"shown_{piece.record.pk}"] = piece.token
                fields |= {one["name"]: one["value"] for one in (*piece.inputs, piece.note)}
        return self.client.post(self.address("count"), fields | typed)
