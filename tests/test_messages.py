"""Every text of the screens has one English, and the check that says so can fail."""

from pathlib import Path

import pytest

from scripts.messages import compile_messages, extract, problems, read_parts, tidy

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def entry(chinese: str, english: str, *, flag: str = "", context: str = "") -> str:
    lines = [f"#, {flag}"] if flag else []
    lines += [f'msgctxt "{context}"'] if context else []
    return "\n".join([*lines, f'msgid "{chinese}"', f'msgstr "{english}"', "", ""])


def write(directory: Path, **parts: str) -> Path:
    for name, body in parts.items():
        (directory / f"{name}.po").write_text(HEAD + body, "utf-8")
    return directory


def test_every_text_of_this_program_has_one_english() -> None:
    found = problems(extract(), read_parts())
    assert not found, "\n".join(found[:50])


def test_texts_are_found_in_code_and_in_pages(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('_("提交")\npgettext("动作", "公开")\nngettext("%(n)s件", "%(n)s件", 2)\n')
    (tmp_path / "b.html").write_text('<p>{{ _("收到了") }}</p>{% trans trimmed n=1 %}\n  还有{{ n }}天\n{% endtrans %}')
    found = extract(tmp_path)
    assert set(found) == {("", "提交"), ("动作", "公开"), ("", "%(n)s件"), ("", "收到了"), ("", "还有%(n)s天")}
    assert found["", "提交"] == "a.py:1"


def test_a_page_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.html").write_text("{% if %}")
    with pytest.raises(Exception) as error:
        extract(tmp_path)
    assert "broken.html" in " ".join(error.value.__notes__)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "has no English"),
        (entry("提交", ""), "no finished English"),
        (entry("提交", "Submit", flag="fuzzy"), "no finished English"),
        (entry("提交", "Submit") * 2, "twice"),
        (entry("提交", "Submit %(n)s"), "different placeholders"),
        (entry("提交", "Submit", context="其他"), "has no English"),
    ],
)
def test_a_missing_double_or_broken_english_is_said(tmp_path: Path, body: str, said: str) -> None:
    found = problems({("", "提交"): "a.py:1"}, read_parts(write(tmp_path, one=body)))
    assert any(said in sentence for sentence in found), found


def test_two_parts_that_disagree_are_said_and_tidy_leaves_that_to_a_person(tmp_path: Path) -> None:
    write(tmp_path, a=entry("提交", "Submit"), b=entry("提交", "Send"))
    assert tidy(tmp_path) == 0
    assert problems({}, read_parts(tmp_path)) == ["b.po: 「提交」 is “Submit” there, in a.po"]


def test_tidy_drops_the_same_entry_from_later_parts(tmp_path: Path) -> None:
    write(tmp_path, a=entry("提交", "Submit"), b=entry("提交", "Submit") + entry("公示", "Public notice"))
    assert problems({}, read_parts(tmp_path)) == ["b.po: 「提交」 is there already, in a.po"]
    assert tidy(tmp_path) == 1
    parts = read_parts(tmp_path)
    assert problems({("", "提交"): "x", ("", "公示"): "y"}, parts) == []


def test_django_speaks_the_compiled_english(tmp_path: Path) -> None:
    import gettext

    target = tmp_path / "en" / "LC_MESSAGES" / "django.mo"
    write(tmp_path, a=entry("提交", "Submit") + entry("公开", "Publish", context="动作"), b=entry("半句", ""))
    assert compile_messages(tmp_path, target) == 2
    spoken = gettext.translation("django", tmp_path, ["en"])
    assert spoken.gettext("提交") == "Submit"
    assert spoken.pgettext("动作", "公开") == "Publish"
    assert spoken.gettext("半句") == "半句"
