"""Every message the desk can write is a sentence in both languages."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.utils import translation

from gongzhi.desk import tell
from gongzhi.desk.worker import run_once
from gongzhi.records.matters.models import Message
from gongzhi.words.inbox import SENTENCES, render, sentence
from tests.support.community import MONDAY, Community, found_community

pytestmark = pytest.mark.django_db
CODES = r'to_(?:organ|filer|person)\([^)"]*"(\w+)"'


@pytest.fixture
def community(db: None) -> Community:
    return found_community()


def test_the_desk_writes_no_message_without_a_sentence() -> None:
    source = Path(tell.__file__).read_text() + (Path(tell.__file__).parent / "gatherings.py").read_text()
    written = set(re.findall(CODES, source)) | {"offered", "entered", "invitation", "objection"}
    assert len(written) > 15 and written <= set(SENTENCES), written - set(SENTENCES)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_sentence_can_be_said_with_and_without_its_arguments(community: Community, language: str) -> None:
    matter = community.file().matter
    full = {
        "step": "repair", "to": "receive", "organ": "works", "ground": "x", "due": MONDAY.isoformat(), "times": 2,
        "end": "settled", "reopen_until": MONDAY.isoformat(), "old": MONDAY.isoformat(), "new": MONDAY.isoformat(),
        "on": MONDAY.isoformat(), "where": "x", "part": "sign.works", "state": "upheld", "silent": True,
    }  # fmt: skip
    with translation.override(language):
        for code in SENTENCES:
            for args in (full, {}):
                said = sentence(Message(matter=matter, code=code, args=args, channel="in_app"))
                assert said and "{" not in said
        assert sentence(Message(code="from another version", channel="in_app"))


def test_a_mail_speaks_the_persons_language_and_names_the_number(community: Community) -> None:
    resident = community.who["resident"]
    resident.mail, resident.language = "someone@example.org", "zh-hans"
    resident.save()
    matter = community.file().matter
    run_once(MONDAY + timedelta(minutes=1))
    sent = mail.outbox[0]
    assert matter.number in sent.subject and "路灯" in sent.subject
    assert sent.body.startswith(f"收到了。编号{matter.number}，现在由")
    resident.language = "en"
    resident.save()
    assert "路灯不亮" not in sent.body
    message = Message.objects.select_related("person", "matter").get(channel="mail")
    assert render(message)[1]
