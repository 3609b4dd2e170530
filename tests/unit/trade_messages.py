"""Messages of a clinic, a house, an internet provider, a shop, used for mending.

Shape: labelled_messages.
"""

from tests.unit.labelled_messages import Labelled

RUSSIAN: Labelled = {
    "отмена записи": (
        (
            "Здравствуйте! Хочу отменить запись к стоматологу на вторник.",
            "Отмените, пожалуйста, мою запись на 14:00, не смогу приехать",
            "Почему вы отменили мою запись без предупреждения?",
        ),
        (
            "Пожалуйста, не отменяйте запись, я приду вовремя",
            "Запись отменена, спасибо большое!",
        ),
    ),
    "перенос приёма": (
        (
            "Можно ли перенести приём у кардиолога на следующую неделю?",
            "приём невролога опять перенесли, третий раз подряд!",
            "перенесите пожалуйста прием на четверг",
        ),
        (
            "Приём прошёл отлично, врач понравился. Перенёс операцию хорошо.",
            "Приём переносить не нужно, меня всё устраивает",
        ),
    ),
    "протечка крыши": (
        (
            "У нас протекает крыша над пятым подъездом, вода в квартире",
            "Крыша течёт после каждого дождя, когда почините?",
            "На последнем этаже протекла крыша, залило потолок",
        ),
        (
            "Крышу починили, больше не протекает, спасибо",
            "Протекает кран на кухне. На крыше кто-то ходит ночью.",
        ),
    ),
    "нет отопления": (
        (
            "В квартире третий день нет отопления, дети мёрзнут",
            "Отопления до сих пор нет, обещали к понедельнику",
            "Отопление так и не включили",
        ),
        (
            "Отопление есть, но батареи еле тёплые в одной комнате",
            "Нет вопросов, отопление работает",
        ),
    ),
    "обрыв интернета": (
        (
            "Интернет обрывается каждые десять минут",
            "постоянные обрывы интернета по вечерам, работать невозможно",
            "Вчера вечером оборвался интернет и до сих пор не появился",
        ),
        (
            "Интернет теперь без обрывов, мастеру спасибо",
            "Обрыв кабеля телевидения, а интернет работает нормально",
        ),
    ),
    "низкая скорость": (
        (
            "Скорость очень низкая, 2 мегабита вместо 100",
            "Почему такая низкая скорость после девяти вечера?",
            "жалуюсь на низкую скорость интернета",
        ),
        (
            "Скорость не низкая, всё летает, вопрос по оплате",
            "Цена низкая, скорость высокая — подключайте",
        ),
    ),
    "двойное списание": (
        (
            "С карты дважды списали деньги за один заказ",
            "Произошло двойное списание по заказу 5512, верните лишнее",
            "У меня списание прошло двойное, проверьте",
        ),
        (
            "Списание прошло один раз, двойного не было",
            "Спасибо, двойное списание вернули",
        ),
    ),
    "обмен размера": (
        (
            "Хочу обменять куртку на другой размер",
            "Размер не подошёл, можно обменять на 46?",
            "Нужен обмен: прислали не тот размер",
        ),
        (
            "Размер подошёл, обменивать не буду",
            "Какой размер скидки по программе обмена баллов?",
        ),
    ),
    "потеря карты": (
        (
            "Потерял карту лояльности, как восстановить?",
            "моя карта потерялась при переезде",
            "Сообщаю о потере карты доступа в подъезд",
        ),
        (
            "Карта нашлась, я её не терял, оказывается",
            "Потерял чек. Оплачивал картой.",
        ),
    ),
    "застрял лифт": (
        (
            "Лифт застрял между этажами, внутри люди!",
            "Мы застряли в лифте, срочно вызовите мастера",
            "Опять застревает грузовой лифт во втором подъезде",
        ),
        (
            "Лифт больше не застревает, спасибо за ремонт",
            "Застрял курьер в пробке, лифт тут ни при чём",
        ),
    ),
    "замена счётчика": (
        (
            "Прошу заменить счётчик горячей воды, истёк срок поверки",
            "Когда будет замена счетчиков в нашем доме?",
            "Счётчик заменили, но не опломбировали",
        ),
        (
            "Счётчик менять не надо, только передать показания",
            "Заменили лампочку, передаю показания: счётчик 00512",
        ),
    ),
    "потёк бойлер": (
        (
            "Бойлер потёк, вода на полу в ванной",
            "бойлер течет уже второй день",
            "потек новый бойлер, гарантия действует?",
        ),
        (
            "Бойлер не течёт, просто не греет воду",
            "Купил бойлер. Потёк смеситель, не по вашей части, извините.",
        ),
    ),
}

ENGLISH: Labelled = {
    "cancel appointment": (
        (
            "Hi, I need to cancel my dental appointment on Tuesday.",
            "Why was my appointment cancelled without notice?",
            "Please could you cancell the appointment for tomorow",
        ),
        (
            "Please don't cancel my appointment, I'll be there on time.",
            "The appointment went great. Cancel my newsletter, please.",
        ),
    ),
    "roof leak": (
        (
            "The roof is leaking again over the third floor.",
            "Water leaks through the roof every time it rains",
            "We have a leaky roof, when can someone come?",
        ),
        (
            "The roof no longer leaks, thank you!",
            "The kitchen tap leaks. Someone is walking on the roof at night.",
        ),
    ),
    "no heating": (
        (
            "There is no heating in flat 12 since Friday",
            "The heating hasn't been turned on yet, it is freezing",
            "We still have no heat, children are ill",
        ),
        (
            "No questions, the heating works fine.",
            "The heating is back on, thanks.",
        ),
    ),
    "slow internet": (
        (
            "My internet is terribly slow in the evening",
            "Internet has been very slow since the update",
            "Why is the internet so slow?",
        ),
        (
            "The internet isn't slow at all, my question is about the bill",
            "Your support is slow, although the internet is fast",
        ),
    ),
    "double charge": (
        (
            "I was charged double for order 5512",
            "You double charged my card, please fix",
            "There is a double charge on my statement",
        ),
        (
            "I was not double charged, just asking about the VAT",
            "The double charge was refunded, thanks a lot",
        ),
    ),
    "exchange size": (
        (
            "Can I exchange this jacket for a different size?",
            "The size is wrong, I'd like to exchange it",
            "How do I exchange the shoes for a bigger size",
        ),
        (
            "The size fits, I don't want to exchange it",
            "What is the exchange rate? Also the font size on your site is tiny.",
        ),
    ),
    "lost card": (
        (
            "I lost my access card yesterday",
            "My loyalty card got lost while moving house",
            "Lost the card. What should I do now?",
        ),
        (
            "I found my card, it wasn't lost after all",
            "I lost my receipt. I paid by card.",
        ),
    ),
    "elevator stuck": (
        (
            "The elevator is stuck between floors, people inside!",
            "We are stuck in the elevator",
            "the lift keeps getting stuck, elevator in block 2",
        ),
        (
            "The elevator isn't stuck anymore, thanks",
            "The courier is stuck in traffic, the elevator is fine",
        ),
    ),
    "broken screen": (
        (
            "The screen broke on the second day",
            "My tablet arrived with a broken screen",
            "screen is completely broken, I want a refund",
        ),
        (
            "The screen is not broken, only the charger is missing",
            "The charger is broken. The screen looks beautiful.",
        ),
    ),
    "meter replacement": (
        (
            "Please replace my water meter, it is out of date",
            "When are the meters going to be replaced in our building?",
            "I would like to book a meter replacement",
        ),
        (
            "The meter does not need to be replaced, just recording the reading",
            "We replaced a light bulb. Meter reading: 00512.",
        ),
    ),
    "missing invoice": (
        (
            "The invoice for March is missing",
            "I'm missing an invoice for order 77",
            "Where is it? Invoice 12 still missing!",
        ),
        (
            "The invoice is not missing, I found it in spam",
            "One chair is missing, the invoice is attached",
        ),
    ),
    "reset password": (
        (
            "How can I reset my password?",
            "I need a password reset for the client portal",
            "Resetting the password doesn't work",
        ),
        (
            "I don't need to reset my password, I need to change my email",
            "Thanks, I have already reset my password",
        ),
    ),
}
