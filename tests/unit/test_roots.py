"""A noun and its verb share a root; strangers do not."""

from itertools import combinations

import pytest

from core.roots import root

FAMILIES = """
задержка задержек задержали задерживается задержан задержание задержанный задержимся
доставка доставок доставили доставлять доставлен доставляете доставленный
опоздал опаздывает опоздание опоздает
оплата оплатил оплачено оплачивал оплаченный оплачивается
возврат возвратить возвращать вернуть верните возвращение вернули возвращены
звонок звонки звонить позвонили
деньги денег деньгам
ошибка ошибок ошибся
списание списали списано списывают
список списки списка
подключение подключить подключена подключается
отмена отменить отменен отменяют отмену
заявка заявок заявление
регистрация регистрировать регистрируется
пришел пришла приходит придет прийти придут
сломался сломана поломка ломается
жалоба жалуюсь пожаловаться жалобу
повреждение поврежден повредили
отправка отправили отправлено отправлять отправление
замена заменить заменили замену
настройка настроить настроек настраивать
загрузка загрузить загружается загружен
подтверждение подтвердить подтвердили
письмо писем письма
вход войти вошёл входит
терминал терминала терминалы
передали передать
delivery deliver delivered deliveries
payment pay paid paying
broken broke break
cancel cancelled cancellation
failure fail failed
subscription subscribe
registration register registered
shipment ship shipping
complaint complain complained
login log logged
"""
STRANGERS = [
    ("список", "списание"),
    ("верно", "верните"),
    ("зависит", "зависает"),
    ("перед", "передали"),
    ("компания", "комп"),
    ("жаль", "жалоба"),
    ("терминал", "термин"),
    ("доставка", "заставка"),
    ("please", "pleasure"),
    ("state", "statement"),
    ("terminal", "terminate"),
]


@pytest.mark.parametrize("family", FAMILIES.strip().splitlines())
def test_a_family_has_one_root(family: str) -> None:
    assert len({root(word) for word in family.split()}) == 1


def test_families_do_not_meet() -> None:
    roots = [root(family.split()[0]) for family in FAMILIES.strip().splitlines()]
    assert all(one != other for one, other in combinations(roots, 2))


@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_strangers_stay_apart(one: str, other: str) -> None:
    assert root(one) != root(other)


def test_written_as_one_likes() -> None:
    assert root("ЗAДЕРЖКИ") == root("задержка")
    assert root("4512") == "4512"
