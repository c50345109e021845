"""Every page of the site."""

urlpatterns: list = []
