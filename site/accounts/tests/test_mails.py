"""The e-mails of accounts are ours: warm, in the reader's language, and in the shop's own layout."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.template.loader import get_template, render_to_string
from django.utils import timezone
from django.utils.translation import override

from accounts import demo
from accounts.models import User

pytestmark = pytest.mark.django_db

NEW = {"email": "baru@example.com", "password1": "tenun-siang-malam", "password2": "tenun-siang-malam"}

#: Every e-mail that the features in use can send.
MAILS = [
    "account/email/account_already_exists",
    "account/email/email_changed",
    "account/email/email_confirm",
    "account/email/email_confirmation",
    "account/email/email_confirmation_signup",
    "account/email/email_deleted",
    "account/email/password_changed",
    "account/email/password_reset",
    "account/email/password_reset_key",
    "account/email/password_set",
    "account/email/unknown_account",
    "mfa/email/recovery_codes_generated",
    "mfa/email/totp_activated",
    "mfa/email/totp_deactivated",
]


@pytest.mark.parametrize("name", MAILS)
def test_every_mail_is_the_themes_in_both_languages(name):
    context = {"email": "a<b>@demo.test", "timestamp": timezone.now(), "ip": "127.0.0.1", "activate_url": "https://x/"}
    subjects = set()
    for language in ("id", "en"):
        with override(language):
            for part in ("subject.txt", "message.txt", "message.html"):
                assert Path(get_template(f"{name}_{part}").origin.name).is_relative_to(settings.THEME_DIR)
            subjects.add(render_to_string(f"{name}_subject.txt", context).strip())
            page = render_to_string(f"{name}_message.html", context)
            assert f'<html lang="{language}">' in page
            assert "<b>" not in page
            assert "<p" not in render_to_string(f"{name}_message.txt", context)
    assert len(subjects) == 2


def html_of(message):
    [(html, kind)] = message.alternatives
    assert kind == "text/html"
    return html


@pytest.mark.parametrize(
    "prefix, subject, label",
    [
        ("", "Konfirmasikan alamat e-mail Anda", "Ya, ini alamat saya"),
        ("/en", "Confirm your e-mail address", "Yes, this is my address"),
    ],
)
def test_whoever_signs_up_is_greeted_in_their_language(client, prefix, subject, label):
    client.post(f"{prefix}/akun/signup/", NEW)
    [message] = mail.outbox
    assert message.subject == subject
    link = re.search(rf"https?://\S+{prefix}/akun/confirm-email/\S+", message.body).group()
    assert link in html_of(message)
    assert label in html_of(message)


def test_a_password_asked_for_without_an_account_is_answered_kindly(client):
    client.post("/akun/password/reset/", {"email": "tidak@ada.test"})
    [message] = mail.outbox
    assert message.subject == "Belum ada akun dengan alamat ini"
    assert "tidak@ada.test" in message.body
    assert "/akun/signup/" in html_of(message)


def test_a_changed_password_is_told_to_the_owner_of_the_account(client):
    demo.load()
    client.force_login(User.objects.get(email="pembeli@demo.test"))
    new = {"oldpassword": demo.PASSWORD, "password1": NEW["password1"], "password2": NEW["password1"]}
    client.post("/akun/password/change/", new)
    [message] = mail.outbox
    assert (message.to, message.subject) == (["pembeli@demo.test"], "Kata sandi Anda sudah diganti")
    assert "127.0.0.1" in message.body


def test_the_rules_for_a_password_are_in_our_own_words(client):
    page = client.get("/akun/signup/").content.decode()
    assert "Kata sandi jangan hanya angka." in page
    assert "sedikitnya 10 karakter" in page
