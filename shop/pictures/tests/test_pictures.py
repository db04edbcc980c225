import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.template import Context, Template
from django.utils.translation import override
from PIL import Image
from wagtail.images.forms import get_image_form

from shop.pictures import services
from shop.pictures.models import Picture
from shop.pictures.tests.factories import PictureFactory, picture_bytes
from shop.pictures.thumbnails import PictureThumbnailer

pytestmark = pytest.mark.django_db


def widths(picture):
    return sorted(picture.renditions.values_list("width", flat=True))


def rendered(picture, arguments="", **context):
    template = Template("{% load pictures %}{% picture_img picture " + arguments + " %}")
    return template.render(Context({"picture": picture, **context}))


def test_saved_picture_gets_renditions_up_to_its_own_width(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        picture = PictureFactory(pixel_width=1000, pixel_height=1250)
    assert widths(picture) == [320, 480, 640, 960]
    assert all(name.endswith(".webp") for name in picture.renditions.values_list("file", flat=True))


def test_file_is_normalised_whoever_saves_it():
    exif = Image.Exif()
    exif[0x010F] = "Phone"
    picture = Picture(title="Kain")
    picture.file = ContentFile(picture_bytes(2600, 1300, exif=exif), "kain.jpg")
    picture.save()
    picture.refresh_from_db()
    assert (picture.width, picture.height) == (2400, 1200)
    assert picture.file_size == picture.file.size
    assert len(picture.file_hash) == 40
    with picture.file.open() as stored:
        assert not dict(Image.open(stored).getexif())


def test_saving_again_does_not_squeeze_the_file_again():
    picture = PictureFactory()
    name, digest = picture.file.name, picture.file_hash
    picture = Picture.objects.get(pk=picture.pk)
    picture.title = "Another title"
    picture.save()
    picture.refresh_from_db()
    assert (picture.file.name, picture.file_hash) == (name, digest)


def test_new_file_gets_new_renditions(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        picture = PictureFactory()
    picture.file = ContentFile(picture_bytes(500, 500), "baru.jpg")
    with django_capture_on_commit_callbacks(execute=True):
        picture.save()
    assert widths(picture) == [320, 480]
    assert {r.height for r in picture.renditions.all()} == {320, 480}


@pytest.mark.parametrize(
    ("name", "content"),
    [("foto.jpg", b"no picture"), ("foto.jpg", picture_bytes(800, 800)[:900]), ("foto.png", picture_bytes(20, 20))],
)
def test_wagtails_form_says_what_is_wrong_beside_the_file(name, content):
    form = get_image_form(Picture)({"title": "Foto"}, {"file": SimpleUploadedFile(name, content)}, instance=Picture())
    assert not form.is_valid()
    assert form.errors["file"]
    assert not Picture.objects.exists()


def test_wagtails_form_takes_a_phones_heic():
    upload = SimpleUploadedFile("IMG_0001.heic", picture_bytes(400, 300, file_format="HEIF"))
    data = {"title": "Foto", "description_ind": "Selendang merah"}
    form = get_image_form(Picture)(data, {"file": upload}, instance=Picture())
    assert form.is_valid(), form.errors
    assert form.save().file.name.endswith(".webp")


def test_tag_offers_what_was_made_and_asks_nothing(django_assert_num_queries):
    picture = PictureFactory(pixel_width=1000, pixel_height=1250, description_ind="Selendang merah")
    services.make_renditions(picture)
    picture = Picture.objects.prefetch_related("renditions").get()
    with django_assert_num_queries(0), override("id"):
        html = rendered(picture, 'sizes="50vw" loading="lazy" class="foto"')
    assert re.findall(r" (\d+)w", html) == ["320", "480", "640", "960", "1000"]
    for part in (
        'sizes="50vw"',
        'loading="lazy"',
        'class="foto"',
        'width="1000"',
        'height="1250"',
        'alt="Selendang merah"',
    ):
        assert part in html
    assert re.search(r'src="[^"]*width-640[^"]*"', html)


def test_tag_shows_the_picture_itself_until_renditions_are_made_and_makes_none():
    picture = PictureFactory()
    html = rendered(picture)
    assert f'src="{picture.file.url}"' in html
    assert "srcset" not in html
    assert not picture.renditions.exists()


def test_drawing_is_called_an_illustration_in_both_languages():
    picture = PictureFactory(description_ind="Kain cual merah", description_en="Red cual cloth", is_illustration=True)
    with override("en"):
        assert 'alt="Illustration: Red cual cloth"' in rendered(picture)
    picture.description_en = "Illustration of a red cual cloth"
    with override("en"):
        assert 'alt="Illustration of a red cual cloth"' in rendered(picture)


def test_ornament_keeps_its_empty_alt_text():
    assert 'alt=""' in rendered(PictureFactory(is_illustration=True), 'alt=""')


def test_picture_without_description_does_not_read_out_its_file_name():
    assert 'alt=""' in rendered(PictureFactory(title="IMG_2034", description_ind="", description_en=""))


def test_alt_text_cannot_break_out_of_its_attribute():
    html = rendered(PictureFactory(description_ind='"><script>', description_en=""))
    assert "<script>" not in html


def test_missing_picture_renders_nothing():
    assert rendered(None) == ""


def test_catching_up_makes_only_what_is_missing():
    small, large = PictureFactory(pixel_width=320, pixel_height=400), PictureFactory()
    services.make_renditions(small)
    assert list(services.pictures_without_renditions()) == [large]
    call_command("make_renditions", processes=1, verbosity=0)
    assert not services.pictures_without_renditions().exists()
    assert widths(large) == [320, 480, 640]


def test_catching_up_goes_on_after_a_lost_file(capsys):
    lost, whole = PictureFactory(), PictureFactory()
    lost.file.storage.delete(lost.file.name)
    call_command("make_renditions", processes=1, verbosity=0)
    assert widths(whole) == [320, 480, 640]
    assert str(lost.pk) in capsys.readouterr().err


def test_dashboard_thumbnail_is_a_rendition():
    picture = PictureFactory()
    thumbnail = PictureThumbnailer().generate_thumbnail(picture, size="70x70", upscale=False)
    assert (thumbnail.width, thumbnail.height) == (56, 70)
    assert PictureThumbnailer().generate_thumbnail(picture, size="x155").height == 155
    assert PictureThumbnailer().generate_thumbnail(picture, size="65x55", crop="center").width == 65


def test_dashboard_thumbnail_of_oscars_missing_image_is_its_address():
    assert (
        PictureThumbnailer().generate_thumbnail("image_not_found.jpg", size="70x70").url == "/media/image_not_found.jpg"
    )


def test_picture_without_words_is_refused_in_the_library_beside_the_field(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser(email="admin@example.test", password="x"))
    answers = [
        client.post(
            "/kelola/images/add/",
            {
                "title": "Selendang",
                "file": SimpleUploadedFile("foto.jpg", picture_bytes()),
                "description_ind": words,
                "description_en": "",
                "collection": 1,
                "tags": "",
                "credit": "Yuni",
            },
        )
        for words in ("", "Selendang merah")
    ]
    assert list(answers[0].context["form"].errors) == ["description_ind"]
    assert answers[0].context["form"]["credit"].value() == "Yuni"
    assert answers[1].status_code == 302
    assert [picture.description_ind for picture in Picture.objects.all()] == ["Selendang merah"]
