"""Every page of the site."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from assessments.views import areas, attempts, facts, me, pages, pictures, progress, reports, resources, reviews, roles

FAVICON = "/static/assessments/favicon.ico"  # asked for by the admin and by browsers that do not read a page

urlpatterns = [
    path("", pages.home, name="home"),
    path("measure/", pages.measure, name="measure"),
    path("style/", pages.style, name="style"),
    path("favicon.ico", RedirectView.as_view(url=FAVICON)),
    path("theme/", pages.theme, name="theme"),
    path("areas/", areas.areas, name="areas"),
    path("areas/<slug:slug>/", areas.area, name="area"),
    path("areas/<slug:slug>/begin/", attempts.begin, name="begin"),
    path("map/", areas.map_of_skills, name="map"),
    path("next/", attempts.best_next, name="best_next"),
    path("map/begin/", attempts.begin_map, name="begin_map"),
    path("attempts/<int:pk>/round/", attempts.between_rounds, name="round"),
    path("attempts/<int:pk>/", attempts.question, name="attempt"),
    path("attempts/<int:pk>/answers/<int:position>/", attempts.respond, name="respond"),
    path("attempts/<int:pk>/questions/<int:position>/", attempts.look_back, name="look_back"),
    path("attempts/<int:pk>/questions/<int:position>/report/", reports.report, name="report"),
    path("attempts/<int:pk>/stop/", attempts.stop, name="stop"),
    path("attempts/<int:pk>/result/", attempts.result, name="result"),
    path("progress/", progress.progress, name="progress"),
    path("progress/history/", progress.history, name="history"),
    path("progress/answers/", progress.answers, name="answers"),
    path("review/", reviews.queue, name="reviews"),
    path("review/question/", reviews.question, name="practice"),
    path("review/cards/<int:pk>/turns/<int:turn>/", reviews.respond, name="practice_respond"),
    path("review/answers/<int:pk>/", reviews.answer, name="practice_answer"),
    path("review/areas/<slug:slug>/", reviews.practise, name="practise_area"),
    path("roles/", roles.roles, name="roles"),
    path("roles/aim/", roles.aim, name="aim"),
    path("roles/<slug:slug>/<slug:seniority>/", roles.role, name="role"),
    path("career/", facts.career, name="career"),
    path("career/<slug:slug>/", facts.topic, name="topic"),
    path("career/<slug:slug>/tick/", facts.tick, name="tick"),
    path("resources/", resources.catalogue, name="catalogue"),
    path("resources/<slug:slug>/", resources.resource, name="resource"),
    re_path(r"^pictures/(?P<sha256>[0-9a-f]{64})\.(?P<ending>png|jpg|gif|webp)$", pictures.picture, name="picture"),
    path("me/", me.my_data, name="my_data"),
    path("me/reports/", reports.my_reports, name="my_reports"),
    path("me/reports/<int:pk>/read/", reports.read, name="read_report"),
    path("me/arrived/", me.arrived, name="arrived"),
    path("me/join/", me.join, name="join"),
    path("me/export/", me.export, name="export"),
    path("me/delete/", me.delete, name="delete"),
]
