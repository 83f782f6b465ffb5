from accounts.models import User, Visitor
from billing.accounts import closing
from tools.models import Photo


def test_who_closes_their_account_takes_their_photos_along_and_nobody_elses(photo, upload, visitor):
    stranger = Visitor.objects.create()
    theirs = upload(visitor=stranger)
    visitor.user = User.objects.create_user("ada@example.com")
    visitor.save()
    closing.close_account(visitor.user)
    assert list(Photo.objects.all()) == [theirs]
