from foundation.origin import site_origin


def test_links_bear_the_sites_own_address_whatever_the_request_says(rf, settings):
    request = rf.get("/", headers={"Host": "testserver"})
    settings.ORIGIN = "https://packshot.example"
    assert site_origin(request) == "https://packshot.example"
    settings.ORIGIN = ""
    assert site_origin(request) == "http://testserver"
