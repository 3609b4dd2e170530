"""Written by someone who did not know the rules; ten trades."""

from tests.unit.labelled_messages import Labelled

RUSSIAN: Labelled = {
    "возврат денег": (
        (
            "Добрый день! Диван привезли с трещиной на ножке, от замены "
            "отказываюсь. Когда вернёте деньги? Номер заказа 7718.",
            "деньги мне так никто и не возвратил, хотя заявление написала ещё 3 октября",
            "Прошу оформить возврат уплаченных денежных средств за шкаф Осло, "
            "он не подошёл по размеру",
            "Мы с мужем отказались от экскурсии в первый же день. Гид обещал, "
            "что деньги вернут прямо на карту. Прошло две недели.",
        ),
        (
            "Возвращать деньги не нужно, просто замените столешницу",
            "Оплатил заказ, деньги списались. Когда ваш сборщик возвращается "
            "из отпуска? Хочу, чтобы собирал именно он.",
            "Ребёнок вернулся из школы без рюкзака, там были деньги на обеды. Не находили?",
            "Вернитесь, пожалуйста, к моему вопросу: сколько денег надо "
            "доплатить за подъём на этаж?",
        ),
    ),
    "не открывается": (
        (
            "Сайт нашей клиники с утра не открывается, ни с телефона, ни с компьютера",
            "Здравствуйте, третий день не могу открыть личный кабинет, крутится кружок и всё",
            "Обновил приложение банка, и оно перестало открываться. Телефон самсунг.",
            "у меня почему то панель управления хостингом НЕ ОТКРЫЛАСЬ, пишет 502",
        ),
        (
            "Теперь всё открывается, спасибо за помощь! А как поменять тариф?",
            "Подскажите, когда открывается отделение на Садовой? Не хочу приехать зря.",
            "Не открывайте, пожалуйста, заявку повторно, я уже во всём разобрался",
            "Не понимаю, какой вклад лучше открыть на полгода",
        ),
    ),
    "сломалась дверца": (
        (
            "Через неделю после сборки у шкафа сломалась левая дверца",
            "Дверцы на кухонном гарнитуре сломаны, обе, прямо из коробки",
            "дверца тумбы под раковину опять сломалась, петлю вырвало с мясом",
            "Добрый вечер. Комод брали у вас в мае, всё нравилось. Вчера "
            "ребёнок потянул за ручку и дверцу сломал. Можно ли купить такую "
            "отдельно?",
        ),
        (
            "Дверца не сломана, просто висит криво, подскажите, как отрегулировать петли",
            "Какие дверцы бывают у шкафа Берген? Матовые есть?",
            "Сломался лифт в третьем подъезде, мастер сказал ждать. И ещё "
            "вопрос: кто красит дверцы почтовых ящиков?",
            "Сломал голову, как навесить дверцу, инструкции в коробке нет",
        ),
    ),
    "запись на приём": (
        (
            "Запишите меня, пожалуйста, на приём к Орловой, лучше в среду после шести",
            "можно ли записаться к ортодонту на прием на следующей неделе?",
            "Здравствуйте, у сына второй день болит зуб снизу. На приём "
            "хотели бы записать его поскорее, можно и утром.",
            "Хочу перенести свою запись на ПРИЕМ с 12-го на 15-е",
        ),
        (
            "На приёме врач обещала прислать запись консультации на почту, до сих пор нет",
            "Записываться на приём не хочу, подскажите только цену чистки",
            "Запишите мой новый номер телефона. Приём платежей у вас по карте есть?",
            "Приставка плохо принимает сигнал, запись эфира идёт с полосами",
        ),
    ),
    "отмена тура": (
        (
            "Мы вынуждены отменить тур в Турцию из-за болезни мамы, что нужно прислать?",
            "Тур на 14 ноября отменяется, дети заболели. Какой будет штраф?",
            "почему мой тур отменили без предупреждения?? узнала случайно от гостиницы",
            "Здравствуйте, покупали у вас поездку на Алтай на четверых. Вчера "
            "пришло письмо об отмене тура, звонили три раза, никто не берёт "
            "трубку. Что нам делать с билетами?",
        ),
        (
            "Отменять тур мы не собираемся, просто хотим доплатить за завтрак",
            "Во время тура отменили одну экскурсию, зато отель прекрасный. Где оставить отзыв?",
            "Отмените, пожалуйста, рассылку на мою почту. Туры я и так смотрю на сайте.",
            "Тур отменный, отдохнули замечательно!",
        ),
    ),
    "потеряли посылку": (
        (
            "Вы потеряли мою посылку! Трек RB2231, с 9 числа никаких движений",
            "Похоже, посылка потерялась где-то между Самарой и Уфой",
            "Моя посылка утеряна, как написать претензию?",
            "Добрый день. Отправляла документы брату, вес полтора кило. В "
            "пункте сказали, что посылку, видимо, потерял водитель. Кто будет "
            "отвечать?",
        ),
        (
            "Посылка не потерялась, лежала у соседей, извините за беспокойство",
            "Потерял паспорт, можно ли получить посылку по водительским правам?",
            "Потеряла код для постамата, пришлите ещё раз. Посылка там с понедельника.",
            "Сколько стоит отправить посылку в Минск? Не хочу терять время в очереди.",
        ),
    ),
    "нет интернета": (
        (
            "С восьми утра нет интернета, Лесная 14, квартира 60",
            "Интернета нету второй день, а я работаю из дома",
            "интернет есть только ночью, днём его нет вообще",
            "Подскажите, что происходит: телевизор показывает, телефон "
            "работает, а вот интернета совсем нет. Роутер перезагружал.",
        ),
        (
            "Нет, интернет работает нормально, вопрос по телевидению",
            "Интернет есть, но нет третьего канала",
            "Есть ли у вас интернет в посёлке Заречный? На сайте нет карты покрытия.",
            "Претензий к интернету нет, скорость отличная, хочу только "
            "переоформить договор на жену",
        ),
    ),
    "блокировка карты": (
        (
            "Срочно заблокируйте мою карту, сумку украли в метро",
            "Карта заблокирована, хотя я ничего не нарушала. Почему?",
            "за что вы блокируете карты клиентам без звонка",
            "Приехал в отпуск, пошёл расплатиться за ужин, и тут сообщение: "
            "ваша карта временно заблокирована. Что делать за границей без "
            "денег?",
        ),
        (
            "Блокировать карту не надо, она нашлась в куртке",
            "Карта не заблокирована, просто забыл пин-код",
            "Телефон заблокировался после трёх попыток, а номер карты был "
            "записан в нём. Как узнать свои реквизиты?",
            "Карта проезда к вашему складу не грузится, браузер блокирует всплывающие окна",
        ),
    ),
    "продление домена": (
        (
            "Как продлить домен ещё на год?",
            "Домен вчера закончился, прошу срочно его продлить, сайт лежит",
            "оплатил счет, но домен до сих пор не продлён",
            "Автоматическое продление моих доменов почему-то отключилось, сделайте как было",
        ),
        (
            "Продлевать домен не будем, пусть освобождается",
            "Продлите хостинг на три месяца. Домен у нас у другого регистратора.",
            "Хочу привязать домен к почте, это надолго? Работу продолжим завтра.",
            "Дайте, пожалуйста, ещё неделю пробного периода, продлите его, а "
            "домен мы ещё даже не выбрали",
        ),
    ),
    "протекает крыша": (
        (
            "Крыша протекает третий год, вода уже в подъезде на пятом этаже",
            "После ливня протекла крыша над квартирой 88",
            "Снова течёт крыша, тазики стоят по всей кухне",
            "Уважаемая управляющая компания! Дом сдали всего два года назад, "
            "а с потолка капает. Соседи говорят, что крышу чинили в сентябре "
            "и она опять протекает. Пришлите мастера.",
        ),
        (
            "Крыша не протекает, пятно на потолке осталось с прошлого года, хотим только покраску",
            "После ремонта крыша больше не течёт, спасибо бригаде",
            "Протекает кран на кухне, а с крыши ещё и сосулька висит над входом",
            "Когда закончат ремонт крыши? Как вообще протекают работы?",
        ),
    ),
    "нет горячей воды": (
        (
            "В доме 7 по Школьной со вчерашнего вечера нет горячей воды",
            "Горячей воды нет уже неделю, сколько можно",
            "горячей воды не было все выходные, а в квитанции полная сумма",
            "Холодная идёт, отопление тёплое, а воды горячей опять нету. "
            "Дозвониться до диспетчера не могу с утра.",
        ),
        (
            "Нет, горячая вода есть, вопрос про отопление",
            "Холодной воды нет с утра, горячая идёт нормально",
            "Нет ли у вас телефона мастера? Горячая вода пошла, но счётчик не крутится.",
            "Жалоб на горячую воду нет, давление хорошее",
        ),
    ),
    "стучит подвеска": (
        (
            "Стучит подвеска на ямах, пробег 60 тысяч, когда можно подъехать?",
            "После вашего ремонта подвеска застучала ещё сильнее",
            "что-то стучит спереди справа, кажется подвеска",
            "Забрал машину в пятницу, всё объяснили, спасибо. Но в подвеске "
            "на второй день появился стук, особенно на холодную.",
        ),
        (
            "Подвеска больше не стучит, спасибо, сделали на совесть",
            "Проверили подвеску, стуков нет. Теперь нужна замена масла.",
            "Мастер не отвечает, стучался к вам в чат трижды. Сколько стоит диагностика подвески?",
            "Стучит клапан на холодном двигателе, а подвеску вы летом уже меняли",
        ),
    ),
    "выпала пломба": (
        (
            "Выпала пломба, которую ставили у вас в августе",
            "Вчера за ужином пломба выпала целиком, зуб не болит",
            "у дочки второй раз выпадает пломба на одном и том же зубе",
            "Добрый день, подскажите, пожалуйста. Лечила шестёрку у доктора "
            "Гусева, прошло полгода, и кусочек пломбы у меня выпал. Надо ли "
            "платить за новую?",
        ),
        (
            "Пломба не выпала, но зуб реагирует на холодное",
            "Какую пломбу лучше поставить ребёнку, световую?",
            "Мне выпал выходной в четверг, можно ли поставить пломбу в этот день?",
            "Инспектор поставил пломбу на счётчик, а квитанция выпала из "
            "ящика и промокла, пришлите новую",
        ),
    ),
    "исправить оценку": (
        (
            "Как исправить оценку по алгебре за вторую четверть?",
            "Учительница отказывается исправлять оценку, хотя в тетради пять",
            "в электронном дневнике оценка стоит неправильная, прошу ее исправить",
            "Здравствуйте! Дочь болела, контрольную пропустила. Нам сказали, "
            "что исправление оценок возможно только до пятницы. Так ли это?",
        ),
        (
            "Исправлять оценку не требуется, я перепутала предмет",
            "Исправьте фамилию в дневнике, с оценками всё в порядке",
            "Оцените, пожалуйста, исправность котла, в квартире пахнет гарью",
            "За поведение оценки ставят? Мальчик исправно ходит на все уроки.",
        ),
    ),
    "двойное списание": (
        (
            "Произошло двойное списание за тариф, верните 650 рублей",
            "За подписку СПИСАНИЕ прошло двойное, чек прилагаю",
            "Дважды списали деньги за один и тот же перевод",
            "Смотрю выписку за октябрь: кафе, аптека, проездной. А "
            "абонентская плата списана в двойном размере, это ошибка?",
        ),
        (
            "Двойного списания не было, это я сама оплатила второй счёт",
            "Сыну поставили двойку за то, что списывал на контрольной. Можно переписать?",
            "Хочу двойной матрас 160 на 200. Списание бонусов на него действует?",
            "Списание прошло один раз, всё верно. Подскажите, что за двойной кэшбэк?",
        ),
    ),
}

ENGLISH: Labelled = {
    "refund": (
        (
            "Hi, the wardrobe came without shelves and I've had enough. I'd "
            "like to be refunded, order 20931.",
            "has my REFUND been processed yet??",
            "Your colleague promised that you would refund the deposit within "
            "five days. It has been twelve.",
            "We left the hotel two nights early because of the mould. Do you "
            "do partial refunds in such cases, and what papers do you need?",
        ),
        (
            "No refund necessary, a replacement drawer is fine",
            "I'm not asking for a refund. I only want to know when the fitter comes.",
            "Where do I see the performance of my pension fund? The app shows last year only.",
            "The fundraiser at school is on Friday, which room is it in?",
        ),
    ),
    "cannot log in": (
        (
            "I can't log in to the control panel since the update",
            "Logging in is not possible, it says session expired every time",
            "my wife and I both cannot login to online banking this morning",
            "Good afternoon. Moved to a new phone yesterday, restored "
            "everything from backup. After that I could not log in to the app "
            "even with the right code, please help.",
        ),
        (
            "I can log in fine, I just can't find the invoices",
            "Logged in without any problem, thanks. How do I change my email?",
            "I cannot read the driver's log in the tracking page, the letters are tiny",
            "The log shows the parcel came in on Monday but I cannot collect it before Friday",
        ),
    ),
    "wrong size": (
        (
            "You sent the wrong size mattress, I ordered 140 not 160",
            "The size is wrong, the curtain is a foot too short",
            "both sofa covers arrived in Wrong Sizes",
            "Everything was packed nicely and the driver was polite. However, "
            "the size of the table top turned out to be wrong, it should be "
            "120 cm.",
        ),
        (
            "The size isn't wrong, I simply don't like the colour",
            "What size is the Bergen desk? The photo opens the wrong page.",
            "Wrong colour, right size. Can I swap?",
            "There's nothing wrong with the size, I just need longer screws",
        ),
    ),
    "site is down": (
        (
            "Our site is down again, error 503",
            "The whole site went down at noon and customers are calling",
            "is your site down or is it just me? can't get quotes for a tour",
            "We moved to the business plan a week ago and were told it's more "
            "stable. Since last night both sites have been down and nobody "
            "picks up the phone.",
        ),
        (
            "The site isn't down any more, you can close this",
            "Please take down the old photo of me from your school site",
            "I scrolled down the site and still can't see the delivery price",
            "Site is up and running, but could you bring the price down for the next year?",
        ),
    ),
    "lost parcel": (
        (
            "I think you lost my parcel, tracking has not moved for 10 days",
            "My parcel got lost between the depot and my house",
            "how do I claim for a parcel that's been lost",
            "Two boxes were sent on the 3rd. One came the next day. The other "
            "parcel, with my mother's medicine, was apparently lost at your "
            "depot.",
        ),
        (
            "The parcel wasn't lost after all, my neighbour had it",
            "I lost the key to the parcel locker, what now?",
            "Lost my way to your depot, where do I collect a parcel?",
            "I have lost my receipt. Can I still send a parcel back?",
        ),
    ),
    "card blocked": (
        (
            "Why is my card blocked? I'm at the till right now",
            "You have blocked my debit card for no reason",
            "both of our CARDS got blocked while abroad",
            "I tried to pay for the dentist, then for fuel, nothing went "
            "through. The bank's message says the card has been temporarily "
            "blocked, how long will this take?",
        ),
        (
            "The card isn't blocked, I just forgot the PIN",
            "The drain outside building C is blocked. Can I pay the call-out with a card?",
            "Someone's car is blocking our gate. The visitor card on the windscreen says flat 12.",
            "My card was never blocked, thanks for checking. I only wanted a "
            "new one with my married name.",
        ),
    ),
    "no hot water": (
        (
            "There's no hot water in flat 9 since Sunday",
            "we have had no hot water for three days, with a baby",
            "Still no HOT WATER on the third floor!!!",
            "The radiators are warm and the boiler light is green. Even so, "
            "there isn't any hot water in the bathroom, only cold.",
        ),
        (
            "No, the hot water is fine, it's the heating that's off",
            "There is no problem with the hot water, I need the meter read",
            "No cold water since morning, hot water runs as usual",
            "The hotel had no kettle, and they charged for hot water at breakfast",
        ),
    ),
    "book an appointment": (
        (
            "I'd like to book an appointment for a cleaning next week",
            "Can an appointment be booked online?",
            "booking an appointment with Dr Hale, is Tuesday free?",
            "My crown feels loose since Saturday. It does not hurt yet but I "
            "travel on the 20th. Could you please book me in for an "
            "appointment before then?",
        ),
        (
            "I don't want to book an appointment, just tell me the price of whitening",
            "I left my book in the waiting room after my appointment",
            "No need to book another appointment, the tooth has settled down",
            "The new head teacher's appointment was announced. Where do we buy the maths book?",
        ),
    ),
    "cancel the trip": (
        (
            "We have to cancel our trip to Crete, my father is in hospital",
            "The trip was cancelled by the airline, what happens now?",
            "what's the fee for cancelling a trip two weeks before",
            "Hello, booking TR-881, two adults and a child. The passport "
            "office has let us down badly, so unfortunately this trip must be "
            "canceled.",
        ),
        (
            "We're not cancelling the trip, only changing the hotel",
            "Please cancel my newsletter. The trip itself was lovely.",
            "Noise cancelling headphones were left on the bus during the "
            "trip, have you found them?",
            "Please don't cancel our trip, the payment goes out tonight!",
        ),
    ),
    "brakes squeak": (
        (
            "My brakes squeak every morning",
            "The rear brake started squeaking right after your service",
            "Picked up the Skoda on Friday and the bill was fair. Now there's "
            "a squeak whenever I touch the brakes, is that normal?",
        ),
        (
            "The brakes don't squeak any longer, great job",
            "The wiper squeaks. Brakes were done in May, so leave them.",
            "Is there a coffee break? The chair in your waiting room squeaks.",
        ),
    ),
    "slow internet": (
        (
            "The internet is so slow tonight I can't even open mail",
            "why does my internet get slower every evening",
            "We pay for 300 megabits. The technician came twice and changed "
            "the cable. Internet still works slowly in both rooms.",
        ),
        (
            "Internet isn't slow at all, I'm writing about the TV box",
            "Your support is slow to answer. The internet itself is great.",
            "I ordered through the internet and the slow cooker came without a lid",
        ),
    ),
    "bus is late": (
        (
            "The bus is late again, the kids are standing in the rain",
            "Why was the school bus late on Monday?",
            "My son is in year 4 and takes route 2. Twice this week the bus "
            "came twenty minutes late, and he missed the spelling test.",
        ),
        (
            "The bus was not late today, thank you for sorting it",
            "Is there a later bus for children in the chess club?",
            "She took the bus and is home. Can she hand in her essay late?",
        ),
    ),
}
