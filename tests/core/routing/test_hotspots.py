"""Clusters of one cause: what belongs together, what does not, and what makes one hot."""

from datetime import date, timedelta

from gongzhi.core.routing.hotspots import Message, hot_spots

DAY = date(2026, 3, 2)  # a Monday
OTHERS = [
    "地铁口共享单车乱停", "学校门口堵车", "公园健身器材损坏", "河道有垃圾漂浮", "社保卡办理太慢", "医院停车难", "公交班次太少",
    "楼上漏水没人管", "宠物狗不牵绳", "幼儿园收费太高", "广场舞声音太大", "电梯经常故障", "路口红灯时间太长", "井盖缺失",
]  # fmt: skip


def burst(count: int, place: str = "A3区丽景小区", start: date = DAY, **more: int) -> list[Message]:
    ways = ["搅拌站噪音扰民", "搅拌站半夜施工噪音大", "旁边搅拌站灰尘噪音严重", "搅拌站噪音粉尘污染"]
    return [
        Message(f"{place}{n}", f"{place}{ways[n % 4]}", f"{place}附近的搅拌站每天噪音很大，灰尘也多，请处理。",
                start + timedelta(days=n), f"p{place}{n}", **more)
        for n in range(count)
    ]  # fmt: skip


def noise() -> list[Message]:
    return [Message(f"o{n}", title, f"{title}，希望解决。", DAY, f"q{n}") for n, title in enumerate(OTHERS)]


def test_one_cause_is_one_cluster_with_its_place() -> None:
    given = [*noise(), *burst(6)]
    spots = hot_spots(given, at_least=3)
    assert [len(one.messages) for one in spots] == [6]
    assert spots[0].place == "A3区丽景小区" and "搅拌站" in spots[0].title
    assert spots[0].growth == ((DAY, 6),)


def test_two_areas_are_two_clusters() -> None:
    spots = hot_spots([*noise(), *burst(4), *burst(4, "B7县丽景小区")], at_least=3)
    assert sorted(one.place for one in spots) == ["A3区丽景小区", "B7县丽景小区"]


def test_a_year_later_is_another_flare_up() -> None:
    given = [*noise(), *burst(4), *burst(4, start=DAY + timedelta(days=400))]
    assert [len(one.messages) for one in hot_spots(given, at_least=3)] == [4, 4]


def test_heat_counts_people_and_supporters_and_what_is_recent() -> None:
    old = hot_spots([*burst(4, supporters=2), Message("n", "地铁口共享单车", "", DAY + timedelta(days=90))])
    assert old[0].heat == 10 * 4 + 8
    assert hot_spots(burst(4, supporters=2))[0].heat == 10 * 4 + 8 + 10 * 4


def test_one_person_who_writes_many_times_counts_once() -> None:
    given = [Message(one.id, one.title, one.text, one.day, "same") for one in burst(6)]
    assert hot_spots([*noise(), *given], at_least=3)[0].people == 1


def test_one_place_with_two_causes_is_no_hot_spot() -> None:
    causes = ["水泥路面要村民集资", "自来水停了三天", "工厂夜间焚烧垃圾", "幼儿园没有校车"]
    given = [Message(f"t{n}", f"A7县江背镇{cause}", "", DAY, f"z{n}") for n, cause in enumerate(causes)]
    assert hot_spots([*noise(), *given, *noise()], at_least=2)[0].title not in [one.title for one in given]


def test_what_two_people_say_names_the_cause_and_what_one_says_does_not() -> None:
    given = [*noise(), *burst(6)]
    given[-1] = Message("x", given[-1].title, f"{given[-1].text}王富贵王富贵", DAY, "x")
    words = hot_spots(given, at_least=3)[0].words
    assert "搅拌站" in words and "噪音" in words and "王富贵" not in words


def test_the_same_messages_give_the_same_clusters() -> None:
    given = [*noise(), *burst(5), *burst(4, "B7县丽景小区")]
    assert hot_spots(given) == hot_spots(given)


def test_nothing_and_empty_texts() -> None:
    assert hot_spots([]) == []
    assert hot_spots([Message("a", "", "", DAY), Message("b", "", "", DAY)]) == []
