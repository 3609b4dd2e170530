"""Messages with a comma between the words of a phrase: of one matter, or of two.

Used for mending: desk.automation.matters.

Shape: labelled_messages.
"""

from tests.unit.labelled_messages import Labelled

RUSSIAN: Labelled = {
    "задержка доставки": (
        (
            "Заказ 4512, опять задержка с доставкой, третий день жду",
            "Вчера обещали привезти до шести, доставка задерживается уже на сутки",
            "Доставку, которую я оплатила в пятницу, задержали без звонка",
            "Почему задерживаете, где моя доставка?",
            "Товар в наличии, а доставка почему-то задержалась",
            "Сроки сорваны, доставку задержали, звонить некому",
        ),
        (
            "Задержите, если можно, оплату, доставка пришла целой",
            "Начальник задержал совещание, доставку принял охранник",
            "Доставка отличная, а вот зарплату курьеру, говорит, задержали",
            "Поезд задержали, на доставку успеваю только к девяти",
        ),
    ),
    "не работает терминал": (
        (
            "Терминал завис, не работает с утра",
            "Не работает, хоть и перезагрузили, терминал на кассе два",
            "Касса два: терминал то включается, то не работает",
            "Перезагрузили всё, терминал не работает",
        ),
        (
            "Кофемашина не работает, терминал ни при чём",
            "Терминал в порядке, не работает свет в зале",
            "Продавец сегодня не работает, терминал закрыт в сейфе",
        ),
    ),
    "вернуть деньги": (
        (
            "Товар отправил обратно, верните деньги",
            "Прошу вернуть, наконец, деньги за отменённый заказ",
            "Деньги списали, заказ отменили, когда вернёте?",
            "Верните мне, пожалуйста, деньги за октябрь",
        ),
        (
            "Возвращаю вам терминал, деньги за ремонт переведены",
            "Вернули курьеру пакет, деньги отдали наличными",
            "Хочу вернуть размер побольше, деньги доплачу",
        ),
    ),
    "сломалась дверца": (
        (
            "Шкаф привезли, дверца уже сломалась",
            "Дверца шкафчика, что слева, сломалась через день",
            "Дверца сломана, петля оторвана",
        ),
        (
            "Сломался замок, дверца цела",
            "Ручка сломалась, дверцу пока не трогали",
            "Сломался лифт, дверцы придётся нести на руках",
        ),
    ),
    "заменить пароль": (
        (
            "Забыл, как заменить пароль",
            "Пароль украли, замените срочно",
            "Прошу, если можно, заменить мне пароль",
        ),
        (
            "Замените картридж, пароль от принтера прежний",
            "Нам заменили роутер, пароль написан на наклейке",
        ),
    ),
    "потерялся заказ": (
        (
            "Заказ ехал неделю, потом потерялся",
            "Потерялся, похоже, мой заказ",
            "На складе говорят, что заказ потеряли",
        ),
        (
            "Потерялся кот, заказ корма прошу ускорить",
            "Потеряла чек, заказ получен",
            "Ключи потеряны, заказ оставьте у соседки",
        ),
    ),
    "повреждена упаковка": (
        (
            "Коробка мокрая, упаковка повреждена",
            "Упаковку, видимо, повредили при перевозке",
            "Повреждена, причём сильно, упаковка телевизора",
        ),
        (
            "Повреждён экран, упаковка целая",
            "Упаковка подарочная, ленту повредили сами",
        ),
    ),
}

ENGLISH: Labelled = {
    "late delivery": (
        (
            "Order 4512, the delivery is late again",
            "The delivery, promised for Monday, is late",
            "You said noon, the delivery is two hours late",
            "Late again, when will the delivery come?",
        ),
        (
            "I was late for work, the delivery was left with a neighbour",
            "The invoice is late, the delivery came on time",
            "My train is late, please move the delivery",
        ),
    ),
    "broken screen": (
        (
            "The phone arrived today, the screen is broken",
            "Screen broken, glass everywhere",
            "Unpacked it, found the screen broken",
        ),
        (
            "The charger is broken, the screen is fine",
            "My old laptop broke, which screen fits the new one?",
            "A broken cable, screen works",
        ),
    ),
    "cancel order": (
        (
            "Please, cancel my order",
            "I changed my mind, cancel the order",
            "Order 88, cancel it please",
        ),
        (
            "I cancelled my trip, order 88 can be delivered as planned",
            "Cancel my newsletter, the order itself is fine",
            "The bank cancelled my card, how do I pay for the order?",
        ),
    ),
    "wrong address": (
        (
            "The parcel went to a wrong address",
            "The address on the label is wrong, please fix it",
            "Wrong again, the address you print",
        ),
        (
            "Wrong size, the address is correct",
            "I took the wrong bus, the address was hard to find",
        ),
    ),
    "lost parcel": (
        (
            "My parcel, sent on Friday, is lost",
            "The parcel never came, it is lost",
            "You lost it, where is my parcel?",
        ),
        (
            "I lost my keys, leave the parcel with the guard",
            "We lost power, the parcel can wait",
            "Lost the receipt, the parcel is here",
        ),
    ),
    "payment failed": (
        (
            "I tried three times, the payment failed",
            "Payment, once more, failed at the last step",
        ),
        (
            "The update failed, payment was fine",
            "My exam failed, so I ask for the payment back",
        ),
    ),
}
