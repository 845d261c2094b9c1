"""Addresses of the residents' portal."""

from __future__ import annotations

from django.urls import include, path

from gongzhi.web.portal import acts, assemblies, forms, help, home, mine, papers, proof, receipts, rooms, say, send

urlpatterns = [
    path("", home.home, name="home"),
    path("communities", home.choose_community, name="communities"),
    path("take-part", rooms.take_part, name="take_part"),
    path("say", say.what, name="say"),
    path("say/where", say.where, name="say_where"),
    path("say/category", say.category, name="say_category"),
    path("say/contact", send.contact, name="say_contact"),
    path("say/code", proof.prove, name="say_code"),
    path("say/check", send.check, name="say_check"),
    path("say/clear", say.clear, name="say_clear"),
    path("say/photos/<slug:photo>", say.photo, name="say_photo"),
    path("my", mine.matters, name="my_matters"),
    path("my/<str:number>", mine.matter_page, name="my_matter"),
    path("my/<str:number>/act", acts.act, name="my_act"),
    path("my/<str:number>/receipt", receipts.receipt, name="receipt"),
    path("my/<str:number>/receipt.png", receipts.picture, name="receipt_picture"),
    path("my/<str:number>/forms/<slug:document>.docx", forms.my_form_word, name="my_form_word"),
    path("my/<str:number>/forms/<slug:document>", forms.my_form, name="my_form"),
    path("my/<str:number>/papers/<int:words>", papers.paper, name="paper"),
    path("meetings", assemblies.meetings_page, name="resident_meetings"),
    path("meetings.ics", assemblies.calendar_file, name="meetings_ics"),
    path("meetings/<int:pk>", assemblies.meeting_page, name="meeting_page"),
    path("meetings/<int:pk>.ics", assemblies.meeting_file, name="meeting_ics"),
    path("meetings/<int:pk>/take-part", assemblies.take_part_in, name="meeting_take_part"),
    path("r", receipts.verify_form, name="verify_form"),
    path("r/<str:number>/<str:code>", receipts.verify, name="verify"),
    path("", include("gongzhi.web.portal.consult_urls")),
    path("help/phone", help.help_page, {"about": "phone"}, name="help_phone"),
    path("help/visit", help.help_page, {"about": "visit"}, name="help_visit"),
    path("help/assisted", help.help_page, {"about": "assisted"}, name="help_assisted"),
    path("help/complain", help.help_page, {"about": "complain"}, name="help_complain"),
]
