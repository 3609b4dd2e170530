"""Messages written before the rules were asked about them, half of them near misses.

Labelled by what whoever leads a support desk would want to be told. Nothing may be mended for one
of these, only for a kind of fault. Shape: labelled_messages.
"""

from tests.unit.labelled_messages import Labelled

RUSSIAN: Labelled = {
    "вернуть деньги": (
        (
            "Добрый день. Вебинар не состоялся, деньги мне вернёт кто-нибудь или нет?",
            "Прошло 14 рабочих дней, деньги за куртку не возвращены, заявка 30912",
            "здравствуйте хочу вернуть деньги за подписку, продлилась сама",
            "Обещали вернуть деньги до пятницы. Сегодня вторник, на карте пусто",
        ),
        (
            "Деньги вы уже вернули, спасибо! Вопрос только по бонусам",
            "Курьер вернулся, деньги я ему отдала, подтвердите оплату",
            "Если вернуть товар не получится, деньги не нужны, просто обменяйте",
            "Сын взял мои деньги и вернул на место, а приложение показывает расход",
        ),
    ),
    "задержка доставки": (
        (
            "Без объяснений задержали доставку на неделю, оператор кладёт трубку",
            "Доставка опять задерживается??? третий раз за месяц",
            "Прошу компенсировать задержку при доставке холодильника, справку прилагаю",
            "Мне всё равно, кто виноват, но доставку вы задержали на два дня",
        ),
        (
            "Доставка пришла раньше срока, никакой задержки, спасибо большое",
            "Задержите, пожалуйста, доставку до понедельника, мы на даче",
            "Если будет задержка, доставку можно оставить у консьержа?",
            "Задержку зарплаты нам объяснили, теперь спросить про бесплатную доставку",
        ),
    ),
    "отменить заказ": (
        (
            "Отмените заказ 20-114, дублируется с предыдущим",
            "Почему отменён мой заказ? Я его оплатила час назад",
            "не могу отменить заказ, кнопка серая",
            "Передумали, заказ нужно отменить, пока не отправили",
        ),
        (
            "Отменять заказ не будем, ждём до среды",
            "Заказ отменять передумала, везите",
            "Отменили концерт, а я в тот день заказывала такси, потеряла карту",
            "Прочитал, что заказ можно отменить бесплатно за сутки, удобно, беру второй",
        ),
    ),
    "не работает сайт": (
        (
            "Ваш сайт с утра не работает, ошибка 502",
            "Что с сайтом? Второй день у меня не работает ни с телефона, ни с ноутбука",
            "сайт опять не работает, записаться не могу",
            "Сайт вообще перестал работать после обновления браузера",
        ),
        (
            "На сайте написано, что в выходные офис не работает. А в понедельник с какого часа?",
            "Сайт работает прекрасно, а вот терминал в зале нет",
            "Вчера сайт не работал, сегодня всё хорошо, спасибо за быстрый ремонт",
            "У подруги сайт не работает, а у меня открылся. Как мне поменять пароль?",
        ),
    ),
    "потеряли посылку": (
        (
            "Вы потеряли мою посылку, по треку она стоит в Подольске с 3 октября",
            "Посылка потерялась где-то между складами, ищите",
            "Похоже, посылка утеряна. Что делать дальше?",
            "Две посылки отправила, одну потеряли, вторая пришла мятая",
        ),
        (
            "Посылку не потеряли, она лежала у соседей, извините за беспокойство",
            "Потеряла телефон, а код на посылку приходил туда. Как получить?",
            "Посылка пришла, но бумажку с накладной я потерял",
            "Боюсь, что посылку потеряете, поэтому спрашиваю о страховке заранее",
        ),
    ),
    "сломался товар": (
        (
            "Товар сломался через три дня, гарантия год",
            "Пришёл сломанный товар, экран в трещинах",
            "Купили у вас товар, а он сломался на первой же стирке",
            "Уже второй товар у вас ломается, качество ужас",
        ),
        (
            "Товар целый, но коробка сломана, это нормально?",
            "Сломался лифт, курьеру с товаром придётся пешком на шестой",
            "Товар хороший, за год ни разу не сломался",
            "Если товар сломается, куда обращаться? Пока всё хорошо",
        ),
    ),
    "не пришло письмо": (
        (
            "Письмо с билетами так и не пришло, вылет завтра",
            "Жду ссылку для входа полчаса, письмо не приходит, спам проверила",
            "Никакого письма мне не пришло, проверьте адрес",
            "Подтверждения нет: письмо на почту не пришло",
        ),
        (
            "Письмо пришло, спасибо, но вложение не открывается",
            "Пришло письмо, что вы не получили оплату. Квитанция во вложении",
            "Не пришло в голову проверить спам, письмо там и лежало, вопрос снят",
            "Курьер не пришёл, а в письме было обещано до обеда",
        ),
    ),
    "списали дважды": (
        (
            "За один и тот же проезд списали дважды, скриншот ниже",
            "Дважды списаны 349 р. за подписку, одно верните",
            "Почему с меня списывают дважды в месяц?",
            "Посмотрите платёж от 12.11, его списали по ошибке дважды",
        ),
        (
            "Дважды не списали, показалось: одно списание отменилось само",
            "Дважды вам писал, баллы всё-таки списали, благодарю",
            "А меня не спишут дважды, если нажать ещё раз?",
            "Списали один раз, всё верно. Дважды проверила",
        ),
    ),
    "жалоба на курьера": (
        (
            "Примите жалобу на вашего курьера, хамил и требовал чаевые",
            "Хочу пожаловаться: курьер бросил пакет у подъезда",
            "Жалуюсь уже второй раз, курьер тот же самый",
            "Куда писать жалобы на курьеров?",
        ),
        (
            "Курьер отличный, жаловаться не на что",
            "Жалоб на курьера нет, только на упаковку",
            "На курьера жаловаться не буду, он не виноват, что лифт стоит",
            "Курьер пожаловался, что не мог меня найти, уточняю адрес: корпус 2",
        ),
    ),
    "нет в наличии": (
        (
            "Третью неделю нет в наличии сорокового размера, когда завоз?",
            "Оплатила, а теперь пишут, что товара нет в наличии",
            "Позвонили из магазина: чёрного в наличии нет, а сайт продаёт",
            "Почему на витрине показано, если в наличии его нет?",
        ),
        (
            "Есть ли в наличии синяя? Нет ли скидки на две?",
            "В наличии есть, а кнопки «купить» нет",
            "Нет, спасибо. В наличии оказался в соседнем магазине",
            "Скажите, платить только картой или можно наличными? Банкомата рядом нет",
        ),
    ),
}

ENGLISH: Labelled = {
    "refund": (
        (
            "Still waiting on that refund you promised in October",
            "You have not refunded the second ticket",
            "Can I get my money refunded if the class is cancelled?",
            "refund pls, charged after i had already closed the account",
        ),
        (
            "Thanks, the refund came through this morning. Separate question about parking",
            "I'm not after a refund, just tell me when it ships",
            "No refund needed, an exchange is fine",
            "Your competitor offers a refund policy in plain words, nice touch of yours too",
        ),
    ),
    "late delivery": (
        (
            "This is the second late delivery in a row",
            "Delivery is two hours late and the food is cold",
            "Who do I talk to about my delivery being late?",
            "The delivery came too late for the birthday, very disappointed",
        ),
        (
            "Delivery was not late at all, well done",
            "I will be home late, can the delivery be after eight?",
            "Is it too late to change the delivery address?",
            "Sorry for the late reply, yes the delivery slot on Monday suits me",
        ),
    ),
    "cancel subscription": (
        (
            "How do I cancel my subscription? The page loops",
            "I cancelled the subscription in May and was billed again in June",
            "Please cancel all subscriptions on this account",
            "Want my subscription cancelled before the next billing date",
        ),
        (
            "Please don't cancel my subscription, the card has been updated",
            "If I cancel the gym visit, does my subscription stay the same?",
            "I am not going to cancel the subscription, I just want an invoice",
            "You cancelled the Tuesday class. Is it still part of the subscription?",
        ),
    ),
    "not working": (
        (
            "The card reader is not working since the update",
            "Search isn't working on mobile, it just spins",
            "My promo code does not work",
            "Heating stopped working last night, there is a baby in the flat",
        ),
        (
            "It was not working yesterday but is fine today, you can close this",
            "I am not working on Friday, please call on Monday",
            "Working great so far, not a single fault",
            "Does it not work like the old model, with two batteries?",
        ),
    ),
    "damaged parcel": (
        (
            "The parcel was damaged and half of the cups are broken",
            "Damaged parcel again, see photos",
            "I want to report damage to a parcel delivered today",
            "Parcel arrived wet, its corner was damaged",
        ),
        (
            "The parcel was not damaged, the label was only smudged",
            "My car got damaged, so I can't collect the parcel until Friday",
            "What happens if a parcel is damaged on the way? I'd like to buy insurance",
            "The parcel came without any damage, many thanks",
        ),
    ),
    "wrong item": (
        (
            "I received the wrong item, ordered blue got black",
            "You sent a wrong item in order 5512",
            "The item is wrong: size 38 instead of 42",
            "Two items were wrong, the third one missing",
        ),
        (
            "Nothing wrong with the item, I simply do not need it",
            "I typed a wrong address, the item has not shipped yet, please fix it",
            "The item is great. What is wrong with your chat?",
            "My neighbour got a wrong item from you once, so can I open mine at the door?",
        ),
    ),
    "password reset": (
        (
            "Password reset email never arrives",
            "Please reset my password, I am locked out",
            "I've reset the password three times and it is still rejected",
            "How can I reset the password of a shared account?",
        ),
        (
            "I don't need a password reset, I need a new user name",
            "The password is fine, but how do I reset the thermostat?",
            "Managed to reset my password myself, thanks. Now about the invoice",
            "I changed my password. Does that reset my loyalty points?",
        ),
    ),
    "rude staff": (
        (
            "Your staff were rude to my mother at the counter",
            "Staff on the phone was unbelievably rude",
            "I have never met such rude staff",
            "The rudeness of your staff in Leeds is beyond words",
        ),
        (
            "Your staff are never rude, unlike the other shop",
            "Another customer was rude to your staff, please thank Emma for her calm",
            "I hope it's not rude to ask how many staff work on Sundays",
            "Staff were kind, no rudeness whatsoever",
        ),
    ),
    "cannot log in": (
        (
            "I cannot log in since I changed my phone",
            "Can't log in, it says the account does not exist",
            "My colleague can't log in either, we are both locked out",
            "I am not able to log in to the driver app",
        ),
        (
            "I can log in again, thank you",
            "I logged in, but cannot find the export button",
            "Cannot find your log book template in the downloads",
            "Could not log in on Monday, it works now, thanks",
        ),
    ),
    "complaint": (
        (
            "I would like to make a formal complaint about the driver",
            "This is my third complaint and nobody has replied",
            "I am complaining about the noise from your depot",
            "Where do I send complaints?",
        ),
        (
            "No complaints, lovely service",
            "I can't complain, everything went smoothly",
            "This is not a complaint, only a suggestion for the menu",
            "I have nothing to complain about except that I would love more colours",
        ),
    ),
}
