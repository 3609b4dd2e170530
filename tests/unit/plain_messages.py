"""Messages as clients write every day, near misses among them; used for mending.

Shape: labelled_messages.
"""

from tests.unit.labelled_messages import Labelled

RUSSIAN: Labelled = {
    "задержка доставки": (
        (
            "Здравствуйте! Заказ 4412 должны были привезти вчера с 10 до 14, "
            "до сих пор ничего. Почему доставка задерживается?",
            "курьер опоздал на 3 часа, доставку ждали весь день",
            "Доставка опять с опозданием, уже третий раз за месяц",
            "Подскажите, сколько еще будет длиться задержка с доставкой моей посылки",
            "Задержали доставку документов, сделка сорвалась",
            "Посылку доставили на два дня позже срока, прошу разобраться в причине задержки",
            "доставку перенесли и снова задержали!!!",
            "Почему задерживают доставку по Казани?",
            "ДОСТАВКА ЗАДЕРЖИВАЕТСЯ. ЧТО ДЕЛАТЬ",
            "Очень долгая задержка доставки, хочу компенсацию",
        ),
        (
            "Спасибо, доставили без задержек, курьер вежливый",
            "Доставка прошла быстро, вопросов нет. Когда придёт чек?",
            "Прошу поменять адрес доставки на Ленина 5",
            "Сколько стоит доставка до Твери?",
            "Можно задержать оплату на пару дней? Доставка уже была",
            "Доставка была вовремя, но коробка мятая",
            "У вас есть доставка в выходные?",
            "Задержек с доставкой не было, всё хорошо, но терминал не печатает чек",
            "Оставил отзыв о доставке, всё отлично",
            "Задержите курьера, пожалуйста, я буду через 10 минут",
        ),
    ),
    "не работает терминал": (
        (
            "Терминал у курьера не работал, пришлось искать наличные",
            "Не работает платёжный терминал в пункте выдачи на Мира 3",
            "терминал сломан и не работает со вчерашнего дня",
            "Ваш терминал опять не работает",
            "Терминал оплаты в офисе не работает, клиенты уходят",
            "У нас с утра не работают терминалы, все три",
        ),
        (
            "Терминал работает отлично, спасибо за замену",
            "Не могу найти терминал, подскажите адрес",
            "Пункт не работает по воскресеньям? Есть ли там терминал?",
            "Курьер у вас больше не работает? Терминал он вернул?",
            "Как настроить терминал?",
        ),
    ),
    "вернуть деньги": (
        (
            "Верните деньги за заказ 551, товар не подошёл",
            "Когда мне вернут деньги?",
            "Хочу вернуть свои деньги, заказ так и не приехал",
            "Деньги за отменённый заказ не вернули",
            "Прошу возврата денег за недоставленную посылку",
            "Как можно вернуть деньги за доставку",
        ),
        (
            "Деньги вернулись на карту, спасибо",
            "Хочу вернуть товар и получить другой размер",
            "Деньги списались, а чек не пришёл",
            "Я вернулся из отпуска, деньги переведу завтра",
        ),
    ),
}

ENGLISH: Labelled = {
    "delivery delay": (
        (
            "My delivery is delayed again, what is going on?",
            "Where is my parcel? The delivery was promised for Monday and there is still a delay",
            "Delivery got delayed by 3 days without any notice",
            "Please explain the delay with the delivery of order 771",
            "The courier delayed the delivery twice this week",
            "Your deliveries keep getting delayed",
            "I'm writing about a delayed delivery",
            "Is there any delay in delivery to Berlin? Mine is two days late",
        ),
        (
            "Delivered without any delay, thanks a lot!",
            "What does delivery to Tver cost?",
            "Please change the delivery address to 5 Lenin street",
            "No delays this time, delivery was perfect. One question about the invoice",
            "The delivery was on time but the box is crushed",
            "Could you delay the payment until my salary? The delivery has come",
            "I want to leave a review about the delivery",
            "Sorry for my delayed reply, the delivery arrived fine",
        ),
    ),
    "refund": (
        (
            "I want a refund for order 551",
            "When will I be refunded?",
            "You have not refunded me yet",
            "Please refund the money for the cancelled order",
            "Still waiting for my refund, it's been 10 days",
            "How do refunds work?",
        ),
        (
            "I don't need a refund, just send another one",
            "Got the refund, thank you",
            "I would like to exchange the shoes for a larger size",
            "The money was charged but I have no receipt",
        ),
    ),
    "terminal not working": (
        (
            "The terminal is not working since this morning",
            "Your card terminal at Mira 3 does not work",
            "Payment terminal stopped working",
            "The courier's terminal wasn't working so I had to pay in cash",
            "None of our terminals work today",
        ),
        (
            "The terminal works fine now, thanks",
            "Where is the nearest terminal?",
            "Is the office not working on Sundays? I need the terminal manual",
            "How do I set up the terminal?",
        ),
    ),
}
