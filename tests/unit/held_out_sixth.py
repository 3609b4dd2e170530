"""Messages written after desk.automation.matters, before it was asked about them.

Shape: labelled_messages.
"""

from tests.unit.labelled_messages import Labelled

RUSSIAN: Labelled = {
    "задержка доставки": (
        (
            "Доставку задерживают уже четвёртый день",
            "Когда закончатся ваши вечные задержки с доставкой?",
            "Из-за задержки доставки пропал букет",
            "Доставка опять запаздывает, то есть задерживается на три часа",
        ),
        (
            "Спасибо, доставили вовремя, никаких задержек",
            "Задержите курьера у проходной, я спускаюсь, доставка для седьмого этажа",
            "Есть ли доставка в Мурино?",
        ),
    ),
    "не пришёл чек": (
        (
            "Оплатил, а чек на почту так и не пришёл",
            "Не приходят чеки за прошлый месяц",
            "Чек до сих пор не пришёл, проверьте адрес",
        ),
        (
            "Чек пришёл, но сумма в нём неверная",
            "Курьер не пришёл, чек отменять не надо",
            "Чек пришёл сразу, спасибо",
        ),
    ),
    "сменить тариф": (
        (
            "Как мне сменить тариф на «Бизнес»?",
            "Хотим поменять и адрес, и сменить наш тариф",
            "Смените нам тариф с первого числа",
            "Тариф сменила, а цена старая",
        ),
        (
            "Тариф менять не буду, вопрос про счёт",
            "У меня сменился номер, тариф оставьте прежний",
            "Какой тариф лучше для склада?",
        ),
    ),
    "двойное списание": (
        (
            "С меня дважды списали за ноябрь, это двойное списание",
            "Двойное списание по карте 4417",
            "Вижу двойные списания за каждую поездку",
        ),
        (
            "Купил двойную порцию, списание прошло верно",
            "Когда будет списание за декабрь?",
            "Двойной клик открывает карту",
        ),
    ),
    "потерян пакет": (
        (
            "Мой пакет потерян, где искать?",
            "Вы потеряли пакет с документами",
            "Пакет с лекарствами потеряли на складе",
        ),
        (
            "Пакет нашёлся, он не потерян",
            "Потерял квитанцию, пакет получить смогу?",
            "Пакет порван, но ничего не потерялось",
        ),
    ),
    "не открывается приложение": (
        (
            "После обновления приложение не открывается",
            "Приложение вообще не открывается на айфоне",
            "Не могу работать: не открывается ваше приложение",
        ),
        (
            "Приложение открывается, но медленно",
            "Дверь пункта не открывается, код из приложения верный",
            "Как открыть приложение в браузере?",
        ),
    ),
    "грубый водитель": (
        (
            "Водитель грубый, накричал на мать",
            "Попался очень грубый и наглый водитель",
            "Грубого водителя больше не присылайте",
        ),
        (
            "Водитель вежливый, спасибо ему",
            "Коробка из грубого картона, водитель помог донести",
        ),
    ),
    "нужен акт": (
        (
            "Нам нужен акт за октябрь",
            "Акты сверки нужны до пятницы",
            "Пришлите акт, он очень нужен бухгалтерии",
        ),
        (
            "Акт уже получили, больше ничего не нужно",
            "Акт не нужен, хватит счёта",
            "Нужен пропуск для водителя",
        ),
    ),
}

ENGLISH: Labelled = {
    "delivery delay": (
        (
            "Another delay in delivery, third this week",
            "Why was my delivery delayed?",
            "The delivery has been delayed twice already",
            "Delivery delays are killing our shop",
        ),
        (
            "No delay at all, delivery was perfect",
            "Please delay the invoice, not the delivery",
            "Does delivery cost extra on Sunday?",
        ),
    ),
    "receipt missing": (
        (
            "My receipt is missing from the e-mail",
            "There's a missing receipt for order 12",
            "Receipts have gone missing again",
        ),
        (
            "The receipt is here, nothing is missing",
            "One cup is missing, receipt attached",
            "Where do I find a receipt?",
        ),
    ),
    "change plan": (
        (
            "How do I change my plan?",
            "We want to change to the annual plan",
            "Please have our plan changed by Monday",
        ),
        (
            "My plan is fine, I need to change the address",
            "Do your plans change in January?",
            "We don't want to change the plan",
        ),
    ),
    "app crashes": (
        (
            "Your app crashes on start",
            "The app crashed three times today",
            "Since the update the app keeps crashing",
        ),
        (
            "The app works again, no crashes since Monday",
            "A car crash blocked the road, the app shows it",
            "Is there an app for Linux?",
        ),
    ),
    "lost package": (
        (
            "You lost my package",
            "The package got lost in transit",
            "I think my package is lost",
        ),
        (
            "I got lost on the way to pick up my package",
            "The package was not lost, the guard had it",
            "I lost my temper, sorry, the package is here",
        ),
    ),
    "invoice wrong": (
        (
            "The invoice is wrong, we ordered two",
            "Wrong amount on invoice 118",
            "Your invoices are wrong every month",
        ),
        (
            "Nothing is wrong with the invoice, thanks",
            "I dialled a wrong number, ignore the invoice question",
            "Please resend the invoice",
        ),
    ),
    "rude driver": (
        (
            "The driver was very rude to my mother",
            "Rude drivers, twice in a row",
            "What a rude driver you have",
        ),
        (
            "The driver was not rude at all",
            "My neighbour was rude to the driver, sorry for that",
        ),
    ),
    "cannot sign in": (
        (
            "I cannot sign in since yesterday",
            "Still can't sign in to my account",
            "Our staff cannot sign in at all",
        ),
        (
            "Sign in works now, thank you",
            "The courier cannot find the sign in the yard",
            "I can sign in, but the list is empty",
        ),
    ),
}
