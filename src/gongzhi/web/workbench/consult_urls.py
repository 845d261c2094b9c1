"""Addresses of staff for consultations, surveys and lists of signatures."""

from __future__ import annotations

from django.urls import path

from gongzhi.web.workbench import consultations, moderation, paper_surveys, signatures

urlpatterns = [
    path("work/consultations", consultations.consultations, name="work_consultations"),
    path("work/consultations/<int:pk>", consultations.consultation, name="work_consultation"),
    path("work/consultations/<int:pk>/open", consultations.open_up, name="work_consultation_open"),
    path("work/consultations/<int:pk>/seed", consultations.seed, name="work_consultation_seed"),
    path("work/consultations/<int:pk>/points", consultations.points, name="work_consultation_points"),
    path("work/consultations/<int:pk>/questions", consultations.questions, name="work_consultation_questions"),
    path("work/consultations/<int:pk>/moderation", moderation.queue, name="work_moderation"),
    path("work/contributions/<int:pk>/moderate", moderation.moderate, name="work_moderate"),
    path("work/contributions/<int:pk>/appeal", moderation.answer_appeal, name="work_appeal"),
    path("work/consultations/<int:pk>/sheets", paper_surveys.enter, name="work_survey_enter"),
    path("work/consultations/<int:pk>/sheets/print", paper_surveys.sheets, name="work_survey_print"),
    path("work/signatures/<int:pk>", signatures.signatures, name="work_signatures"),
    path("work/signatures/<int:pk>/open", signatures.open_list, name="work_signatures_open"),
    path("work/signatures/<int:pk>/paper", signatures.on_paper, name="work_signatures_paper"),
    path("work/signatures/<int:pk>/count", signatures.hand_in, name="work_signatures_count"),
]
