"""Open311 GeoReport v2: what programs of other makers send and read, in both forms, with each error it knows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from georeport import GeoReport
from pytest_django.live_server_helper import LiveServer

from gongzhi.api.open311.services import _attribute, jurisdiction_of
from gongzhi.core.charter.institution import Field
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.tokens import make_token, revoke_token, tokens_of
from tests.api.conftest import House
from tests.support.georeport import ATTRIBUTE, DEFINITION, REQUEST, SERVICE, VALUE, faults

BASE = "/open311/v2"
KINDS = ("yesno", "choice", "number", "money", "date", "organ", "subject", "text")
ASKED = {"service_code": "environment", "description": "楼下垃圾桶满了三天。", "address_string": "4号小区东门"}


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def key_of(house: House, who: str = "chen") -> str:
    return make_token(house.people[who], "app", True, timezone.now())[1]


def post(client: Client, house: House, form: str = "json", **more: str) -> Any:
    body = ASKED | {"api_key": key_of(house)} | more
    return client.post(f"{BASE}/requests.{form}", {name: value for name, value in body.items() if value})


def test_services_in_both_forms_say_the_same(house: House, client: Client) -> None:
    told, drawn = client.get(f"{BASE}/services.json"), client.get(f"{BASE}/services.xml")
    assert told.headers["Content-Type"] == "application/json; charset=utf-8"
    assert drawn.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert drawn.content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    codes = [one["service_code"] for one in told.json()]
    assert "environment" in codes and len(codes) > 5
    assert [one.findtext("service_code") for one in ElementTree.fromstring(drawn.content).iter("service")] == codes
    assert {one["type"] for one in told.json()} == {"realtime"}


def test_a_definition_lists_what_filing_asks(house: House, client: Client) -> None:
    codes = [one["service_code"] for one in client.get(f"{BASE}/services.json").json()]
    for code in codes:
        found = client.get(f"{BASE}/services/{code}.json").json()
        assert found["service_code"] == code
        assert [one["order"] for one in found["attributes"]] == list(range(1, len(found["attributes"]) + 1))
    assert client.get(f"{BASE}/services/nothing.json").json()[0]["code"] == 404


def test_a_request_is_filed_and_read_back(house: House, client: Client) -> None:
    (made,) = post(client, house).json()
    matter = Matter.objects.get(number=made["service_request_id"])
    assert (matter.channel, matter.category, matter.public) == ("api", "environment", True)
    assert matter.filer == house.people["chen"] and matter.wake is not None
    (read,) = client.get(f"{BASE}/requests/{matter.number}.json").json()
    assert read["status"] == "open" and read["service_code"] == "environment"
    assert read["agency_responsible"] and read["expected_datetime"].endswith("+08:00")
    assert client.get(f"{BASE}/tokens/{matter.number}.json").json() == [
        {"token": matter.number, "service_request_id": matter.number}
    ]


def test_a_position_goes_in_exactly_and_comes_out_as_coarse_as_on_the_map(house: House, client: Client) -> None:
    (filed,) = post(client, house, lat="32.08123", long="118.75234").json()
    point = Matter.objects.get(number=filed["service_request_id"]).point
    assert (point.x, point.y) == (118.75234, 32.08123) and point.thing
    (read,) = client.get(f"{BASE}/requests/{filed['service_request_id']}.json").json()
    assert (read["long"], read["lat"]) == (118.7525, 32.0815)
    (without,) = post(client, house).json()
    (read,) = client.get(f"{BASE}/requests/{without['service_request_id']}.json").json()
    assert read["lat"] is None and read["long"] is None


def test_words_are_shown_only_where_their_writer_says_so(house: House, client: Client) -> None:
    (kept,) = post(client, house, email="chen@example.cn", phone="13800000000").json()
    (shown,) = post(client, house, publish="true").json()
    (read,) = client.get(f"{BASE}/requests/{kept['service_request_id']}.json").json()
    assert "垃圾桶" not in str(read) and "13800000000" not in str(read) and "chen@" not in str(read)
    (read,) = client.get(f"{BASE}/requests/{shown['service_request_id']}.json").json()
    assert read["description"] == ASKED["description"] and read["address"] == ASKED["address_string"]


def test_what_is_not_public_is_answered_like_what_is_not_there(house: House, client: Client) -> None:
    private = house.file(public=False).json["number"]
    assert client.get(f"{BASE}/requests/{private}.json").status_code == 404
    assert client.get(f"{BASE}/requests.json", {"service_request_id": private}).json() == []


WRONG: list[tuple[dict[str, str], int, str]] = [
    ({"api_key": ""}, 403, "api_key"),
    ({"api_key": "gz_wrong"}, 403, "api_key"),
    ({"service_code": ""}, 400, "service_code"),
    ({"service_code": "nothing"}, 404, "service_code"),
    ({"jurisdiction_id": "nowhere"}, 404, "jurisdiction_id"),
    ({"address_string": ""}, 400, "address_string"),
    ({"address_string": "", "lat": "95", "long": "118"}, 400, "lat"),
    ({"address_string": "", "lat": "abc", "long": "118"}, 400, "lat"),
    ({"description": ""}, 400, "description"),
    ({"description": "长" * 4001}, 400, "description"),
]


def test_what_is_wrong_is_said_in_the_standards_form(house: House, client: Client) -> None:
    for more, status, says in WRONG:
        told, drawn = post(client, house, "json", **more), post(client, house, "xml", **more)
        assert (told.status_code, drawn.status_code) == (status, status), more
        (error,) = told.json()
        assert error == {"code": status, "description": error["description"]} and says in error["description"]
        assert ElementTree.fromstring(drawn.content).findtext("error/description") == error["description"]
    assert not Matter.objects.exists()


def test_a_key_that_was_revoked_opens_nothing(house: House, client: Client) -> None:
    person, key = house.people["chen"], key_of(house)
    assert post(client, house, api_key=key).status_code == 200
    for token in tokens_of(person, timezone.now()):
        revoke_token(person, token.pk, timezone.now())
    assert client.post(f"{BASE}/requests.json", ASKED | {"api_key": key}).status_code == 403
    assert Matter.objects.count() == 1


def test_a_key_revoked_while_its_request_is_carried_out_leaves_nothing_behind(house: House, client: Client) -> None:
    person, key = house.people["chen"], key_of(house)

    def revoke(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith('INSERT INTO "records_matter"'):
            for token in tokens_of(person, timezone.now()):
                revoke_token(person, token.pk, timezone.now())
        return execute(sql, *rest)

    with connection.execute_wrapper(revoke):
        answer = client.post(f"{BASE}/requests.json", ASKED | {"api_key": key})
    assert answer.status_code == 403 and answer.json()[0]["code"] == 403 and not Matter.objects.exists()


@pytest.mark.parametrize("hostile", [
    '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;&a;">]><x>&c;</x>',
    '<x xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></x>',
])  # fmt: skip
def test_xml_sent_as_words_is_words(house: House, client: Client, hostile: str) -> None:
    (made,) = post(client, house, publish="true", description=hostile).json()
    answer = client.get(f"{BASE}/requests/{made['service_request_id']}.xml")
    assert (
        ElementTree.fromstring(answer.content).findtext("request/description") == hostile
        and b"root:" not in answer.content
    )


def test_answers_hold_to_the_published_forms(house: House, client: Client) -> None:
    for n in range(3):
        post(client, house, publish="true", lat="32.08123" if n else "", long="118.75234" if n else "")
    listed = client.get(f"{BASE}/requests.json").json()
    services = client.get(f"{BASE}/services.json").json()
    definitions = [client.get(f"{BASE}/services/{one['service_code']}.json").json() for one in services]
    asked = [Field("x", "问题", kind, choices={"a": "甲"} if kind == "choice" else {}) for kind in KINDS]
    attributes = [_attribute(jurisdiction_of(""), order, one) for order, one in enumerate(asked, 1)]
    values = [value for attribute in attributes for value in attribute.get("values", ())]
    for form, rows in (
        (REQUEST, listed), (SERVICE, services), (DEFINITION, definitions), (VALUE, values),
        (ATTRIBUTE, attributes),
    ):  # fmt: skip
        assert [fault for row in rows for fault in faults(form, row)] == []
    assert len(listed) == 3 and len(attributes) == 8 and len(values) > 3  # nothing was true for want of rows
    assert faults(REQUEST, listed[0] | {"status": "lost"}) == ["status"]  # the forms do refuse
    assert faults(SERVICE, services[0] | {"metadata": "true"}) == ["metadata"]
    broken = {name: value for name, value in listed[0].items() if name != "service_code"}
    assert faults(REQUEST, broken) == ["service_code"]


def test_a_list_without_a_span_is_of_ninety_days_and_of_at_most_a_thousand(house: House, client: Client) -> None:
    number = post(client, house).json()[0]["service_request_id"]
    old = timezone.now() - timedelta(days=91)
    assert len(client.get(f"{BASE}/requests.json").json()) == 1
    Matter.objects.update(filed_at=old)
    assert client.get(f"{BASE}/requests.json").json() == []
    span = {"start_date": (old - timedelta(days=1)).isoformat()}  # with one end alone the other is 90 days away
    assert len(client.get(f"{BASE}/requests.json", span).json()) == 1
    assert len(client.get(f"{BASE}/requests.json", {"service_request_id": number}).json()) == 1
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{BASE}/requests.json")
    assert any("LIMIT 1000" in one["sql"] for one in asked)


def test_a_body_of_xml_is_not_even_read(house: House, client: Client) -> None:
    hostile = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    answer = client.post(f"{BASE}/requests.xml", hostile, content_type="text/xml")
    assert answer.status_code == 400 and b"root:" not in answer.content


def test_signs_that_xml_cannot_hold_do_not_break_it(house: House, client: Client) -> None:
    (made,) = post(client, house, publish="true", description="坏\x07了 <b>&").json()
    answer = client.get(f"{BASE}/requests/{made['service_request_id']}.xml")
    assert (
        ElementTree.fromstring(answer.content).findtext("request/description") == "坏\N{REPLACEMENT CHARACTER}了 <b>&"
    )


def test_a_list_is_narrowed_by_every_argument(house: House, client: Client) -> None:
    numbers = [post(client, house, service_code=code).json()[0]["service_request_id"]
               for code in ("environment", "transport", "environment")]  # fmt: skip

    def found(**query: str) -> list[str]:
        answer = client.get(f"{BASE}/requests.json", query)
        assert answer.status_code == 200, answer.json()
        return [one["service_request_id"] for one in answer.json()]

    now = timezone.now()
    assert sorted(found()) == sorted(numbers)
    assert found(service_request_id=f"{numbers[1]},{numbers[0]}", status="closed") == [numbers[1], numbers[0]]
    assert found(service_code="transport,health") == [numbers[1]]
    assert found(status="closed") == [] and len(found(status="open,closed")) == 3
    assert found(start_date=(now + timedelta(hours=1)).isoformat()) == []
    assert (
        len(found(start_date=(now - timedelta(days=1)).isoformat(), end_date=(now + timedelta(days=1)).isoformat()))
        == 3
    )
    assert found(page_size="2") + found(page_size="2", page="2") == found()


def test_a_list_that_cannot_be_given_says_why(house: House, client: Client) -> None:
    for query in (
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-04-02T00:00:00Z"},
        {"start_date": "yesterday"},
        {"status": "lost"},
        {"page_size": "1001"},
        {"page": "0"},
    ):
        answer = client.get(f"{BASE}/requests.json", query)
        assert answer.status_code == 400 and next(iter(query)).partition("_")[0] in answer.json()[0]["description"]


def test_more_requests_do_not_mean_more_queries(
    house: House, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        post(client, house, publish="true")
    with django_assert_max_num_queries(8):
        assert len(client.get(f"{BASE}/requests.json").json()) == 3


def test_only_the_methods_of_the_standard_are_answered(house: House, client: Client) -> None:
    answer = client.delete(f"{BASE}/requests.json")
    assert answer.status_code == 405 and answer.headers["Allow"] == "GET, POST"


@pytest.mark.parametrize("form", ["json", "xml"])
def test_an_unchanged_client_reads_it(committed_house: House, live_server: LiveServer, form: str) -> None:
    for description in ("一", "二"):
        assert post(Client(), committed_house, description=description).status_code == 200
    city = GeoReport(f"{live_server.url}{BASE}", jurisdiction="fuqu", output_format=form)
    services = city.get_service_list()
    assert "environment" in [one["service_code"] for one in services]
    assert city.get_service_definition("environment")["service_code"] == "environment"
    listed = city.get_service_requests(status="open")
    assert len(listed) == 2
    assert city.get_service_request(listed[0]["service_request_id"])["status"] == "open"
