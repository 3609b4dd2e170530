"""Messages written before the rules were asked about them, half of them about the phrase.

Nothing may be mended for one of these, only for a kind of fault. Shape: labelled_messages.
"""

from tests.unit.labelled_messages import Labelled

RUSSIAN: Labelled = {
    "задержка доставки": (
        (
            "Добрый день! Заказ 5521 оплачен в понедельник, "
            "доставку задерживают уже четвёртый день",
            "Почему доставка задерживается? На сайте был указан вторник, сегодня пятница",
            "Из-за задержки с доставкой нам пришлось переносить монтаж, кто возместит бригаду?",
        ),
        (
            "Доставили вовремя, задержек не заметил, но коробка открыта",
            "Задержался на работе, можно перенести доставку на вечер?",
            "Хочу сказать спасибо: доставка без малейшей задержки, курьер вежливый",
        ),
    ),
    "возврат денег": (
        (
            "Когда мне вернут деньги за отменённый рейс? Прошло две недели",
            "Я оформил возврат 12 марта, но денег на карте до сих пор нет",
            "Прошу вернуть мне деньги за неиспользованные занятия",
        ),
        (
            "Вернулся из отпуска, хочу положить деньги на счёт, какой лимит?",
            "Деньги возвращать не нужно, поменяйте размер",
            "Возврат товара возможен без чека?",
        ),
    ),
    "отмена заказа": (
        (
            "Отмените, пожалуйста, заказ 771, нашёл дешевле",
            "Как отменить заказ, если он уже собран?",
            "Мой заказ отменили без объяснений, а деньги списаны",
        ),
        (
            "Заказ отменять не надо, просто поменяйте адрес",
            "Не отменяйте заказ, я всё-таки дома",
            "Встречу отменили, поэтому заказ нужен не на десять, а на пять человек",
        ),
    ),
    "нет чека": (
        (
            "Купила пылесос, а чека в коробке не оказалось",
            "Где мой чек? На почту ничего не пришло, в кабинете чека нет",
            "Касса не выдала чек, а бухгалтерия требует",
        ),
        (
            "Чек есть, но в нём неправильная сумма",
            "Чек сохранила, гарантийного талона нет",
            "Нет, спасибо, чек мне уже прислали",
        ),
    ),
    "не приходит код": (
        (
            "Пытаюсь войти с утра, код на телефон не приходит",
            "Код подтверждения так и не пришёл, хотя номер верный",
            "Не могу оплатить: смс с кодом не приходят второй день",
        ),
        (
            "Код приходит, но система пишет, что он неверный",
            "Пришёл код, а я ничего не запрашивал, это мошенники?",
            "Не могу прийти за заказом сегодня, код ещё будет действовать завтра?",
        ),
    ),
    "двойное списание": (
        (
            "С карты дважды списали 1 990 рублей за одну поездку",
            "Вижу в выписке двойное списание от 3 мая, верните лишнее",
            "Оплата прошла два раза, хотя заказ один, проверьте двойные списания",
        ),
        (
            "Двойного списания нет, я ошибся, это были разные заказы",
            "Купил двойной тариф, когда будет первое списание?",
            "Дважды звонил в поддержку, списание всё же оказалось верным",
        ),
    ),
    "заменить карту": (
        (
            "Карта не читается в терминалах, замените её, пожалуйста",
            "Нужно ли платить за замену карты, если истёк срок?",
            "Сменила фамилию, как мне заменить карту и где забрать новую?",
        ),
        (
            "Менять карту не хочу, продлите мне эту",
            "Карта лояльности не накапливает баллы",
            "Нам заменили счётчик, карту объекта приложил",
        ),
    ),
    "заблокировать карту": (
        (
            "Потерял кошелёк в метро, срочно заблокируйте карту!",
            "Карту заблокировали без причины, стою на кассе и не могу заплатить",
            "Как разблокировать или заблокировать карту самому через приложение?",
        ),
        (
            "Карту не блокируйте, я её нашла под сиденьем",
            "Заблокирован вход в кабинет, карту при этом принимает",
            "Телефон заблокирован, а карта в нём привязана, как её отвязать?",
        ),
    ),
    "не работает терминал": (
        (
            "Третий день терминал на второй кассе не работает, люди уходят",
            "После грозы терминал перестал работать, не включается",
            "Терминалы в филиале на Ленина снова не работают с картами",
        ),
        (
            "Терминал работает, а чеки печатает бледно",
            "Не могу найти, кто работает с терминалами в выходные",
            "Заказали терминал для нового магазина, пока не привезли",
        ),
    ),
    "жалоба": (
        (
            "Хочу пожаловаться на мастера, который приезжал в среду",
            "Это уже вторая моя жалоба, на первую вы так и не ответили",
            "Жалуюсь на постоянный шум от вашего склада по ночам",
        ),
        (
            "Жалоб нет, всё понравилось, просто вопрос по срокам",
            "Жаль, что не успели до праздников",
            "Жаловаться не собираюсь, хочу только разобраться",
        ),
    ),
}

ENGLISH: Labelled = {
    "delivery delay": (
        (
            "Hi team, my delivery has been delayed again and nobody tells me why",
            "The tracking page only says delayed. "
            "Could you tell me when the delivery will be here?",
            "We lost a customer because of your delay in delivery",
        ),
        (
            "Everything arrived on time, so no complaints about the delivery and no delay at all",
            "Sorry for the delay in answering you, the delivery was fine",
            "My flight was delayed, can the delivery be left with the neighbour?",
        ),
    ),
    "refund": (
        (
            "It has been ten days and I have not been refunded",
            "How long do refunds usually take to reach a Visa card?",
            "I sent the shoes back and expect a full refund",
        ),
        (
            "I don't want a refund, I want the right size",
            "There is no need to refund anything, my bank found the mistake",
            "We are looking for funds to renovate the school, do you sponsor?",
        ),
    ),
    "cancel order": (
        (
            "Please cancel order 88121, I ordered the wrong colour",
            "Why has my order been cancelled without asking me?",
            "I tried cancelling the order in the app but the button is greyed out",
        ),
        (
            "Please do not cancel my order, the payment will go through tomorrow",
            "In order to cancel the newsletter, where do I click?",
            "My order is fine, but I never cancelled the subscription",
        ),
    ),
    "printer broken": (
        (
            "The label printer in the warehouse is broken, we cannot ship",
            "Somebody broke the printer on the third floor",
            "Our printer has broken down after the update",
        ),
        (
            "The printer isn't broken any more, the technician fixed it",
            "The link on the printer page is broken",
            "Can I order paper for the printer in the lobby?",
        ),
    ),
    "charged twice": (
        (
            "My statement shows that I was charged twice for the same ticket",
            "You charged us twice in June and once in July",
            "Twice now your site has charged me for one parking session",
        ),
        (
            "I was not charged twice after all, sorry for the trouble",
            "I charged the scooter twice and it still dies after a mile",
            "I have written to you twice about the new tariff",
        ),
    ),
    "not delivered": (
        (
            "The status says done but the parcel was not delivered",
            "Flowers for my mother were never delivered, she waited the whole day",
            "Order 4410 still hasn't been delivered",
        ),
        (
            "It was delivered, just not to my door",
            "The order was delivered yesterday, thank you, not a scratch on it",
            "Could it be delivered on Saturday?",
        ),
    ),
    "no receipt": (
        (
            "I paid by card and got no receipt",
            "The machine did not print a receipt",
            "There was no receipt in the bag, how do I return the jacket?",
        ),
        (
            "I have the receipt here, no problem",
            "Please send the receipt to my new address",
            "No, the receipt shows the right amount",
        ),
    ),
    "login error": (
        (
            "I keep getting an error when I log in with Google, the login page reloads",
            "Login fails with error 403 since this morning",
            "There are errors on login for all users in our Berlin office",
        ),
        (
            "Login works without errors now, please close the ticket",
            "How do I change my login name?",
            "An error in the invoice: the VAT is missing",
        ),
    ),
    "lost parcel": (
        (
            "I think my parcel got lost, the tracking has not moved for two weeks",
            "Two of our parcels were lost by the carrier",
            "You have lost my parcel and no one picks up the phone",
        ),
        (
            "The parcel is not lost, it was at the reception",
            "I lost my key, can you hold the parcel until Monday?",
            "The parcel arrived but the ring is too small",
        ),
    ),
    "app crashes": (
        (
            "Your app crashed three times while I was paying",
            "The app keeps crashing on Android 14",
            "Since the last update the app crashes as soon as I open the camera",
        ),
        (
            "The app has not crashed since I updated, great",
            "There was a car crash on our street, can the courier use the app to find us?",
            "Where can I download the app?",
        ),
    ),
}
