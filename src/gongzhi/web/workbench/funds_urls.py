"""Addresses of money for staff."""

from __future__ import annotations

from django.urls import path

from gongzhi.web.workbench import funds, funds_ask, funds_bank, funds_needs, funds_plan

urlpatterns = [
    path("work/funds", funds.work_funds, name="work_funds"),
    path("work/funds/entries/<int:pk>", funds.work_fund_entry, name="work_fund_entry"),
    path("work/funds/entries/<int:pk>/decide", funds.work_fund_decide, name="work_fund_decide"),
    path("work/funds/entries/<int:pk>/evidence", funds.work_fund_evidence, name="work_fund_evidence"),
    path("work/funds/entries/<int:pk>/reverse", funds_ask.fund_reverse, name="fund_reverse"),
    path("work/funds/<int:pk>.xlsx", funds.work_funds_file, name="work_funds_file"),
    path("work/funds/<int:pk>/check", funds.work_fund_check, name="work_fund_check"),
    path("work/funds/<int:pk>/ask/<slug:kind>", funds_ask.fund_ask, name="fund_ask"),
    path("work/funds/<int:pk>/plans", funds_plan.fund_plans, name="fund_plans"),
    path("work/funds/<int:pk>/contracts/<int:contract>/release", funds_plan.fund_release, name="fund_release"),
    path("work/funds/<int:pk>/budget/<slug:name>/<int:year>", funds_plan.fund_budget, name="fund_budget"),
    path("work/funds/<int:pk>/needs", funds_needs.fund_needs, name="fund_needs"),
    path("work/funds/<int:pk>/bank", funds_bank.fund_bank, name="fund_bank"),
    path("work/funds/<int:pk>/bank/<int:line>", funds_bank.fund_match, name="fund_match"),
]
