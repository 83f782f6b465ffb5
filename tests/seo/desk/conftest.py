import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import User
from seo.desk import marketers
from seo.models import Intent, KeywordPage, Version

TOPICS = {
    "mug": "A glazed mug throws a bright spot on its side, and its handle leaves a hole to look through.",
    "shoe": "Laces are thin, soles are dark, and leather has a grain that must not be smoothed away.",
    "lamp": "A lit shade glows into its surroundings, so its edge is soft where the bulb is near.",
    "ring": "Polished metal mirrors the room, which is why a ring needs a calm room around it.",
}
ALT = "A mug on its own"


@pytest.fixture
def written(db):
    """A page with a draft that passes the gate, but for what is said otherwise."""

    def written(topic="mug", locale="en", *, intent=None, live=False, **words):
        intent = intent or Intent.objects.create(
            slug=f"{topic}-photos", name=f"{topic.capitalize()} photos", tool="remove-background"
        )
        page = KeywordPage.objects.create(intent=intent, locale=locale, slug=f"{topic}-photos")
        said = {
            "title": f"Cut out {topic} photos for a shop, free and in full size",
            "h1": f"Cut out {topic} photos",
            "lead": f"For everybody who sells a {topic} and has a phone.",
            "description": f"Drop in the photo of a {topic} and have it cut out at full size, with "
            "edges that stay as soft as they are. No account is needed.",
            "steps": [f"Drop in the {topic}.", f"Look at the edge of the {topic}.", "Download it."],
            "sections": [
                {"title": f"What is hard about a {topic}", "text": TOPICS.get(topic, topic)}
            ],
            "samples": ["mug-on-paper"],
            "author": "Mark",
            "reviewer": "Lena",
        }
        if live:
            said["publish_at"] = timezone.now()
        return Version.objects.create(page=page, **said | words)

    return written


@pytest.fixture
def marketer(db):
    marketers.ensure_marketers()
    user = User.objects.create_user("mark@example.com", name="Mark", is_staff=True)
    user.groups.add(Group.objects.get(name=marketers.MARKETERS))
    return user


@pytest.fixture
def lead(db):
    return User.objects.create_superuser("lena@example.com", name="Lena")


@pytest.fixture
def desk(client, marketer):
    """A browser in which a marketer is signed in."""
    client.force_login(marketer)
    client.defaults["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client
