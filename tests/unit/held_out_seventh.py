"""Messages as clients write every day, written after what plain_messages had shown was mended.

Shape: labelled_messages.
"""

from tests.unit.labelled_messages import Labelled

RUSSIAN: Labelled = {
    "отменить заказ": (
        (
            "Добрый день. Хочу отменить заказ 7781, передумала",
            "Как отменить мой заказ? В приложении кнопки нет",
            "Отмените, пожалуйста, вчерашний заказ!",
            "Заказ случайно оформил дважды, второй прошу отменить",
            "Прошу отмены заказа и возврата средств",
            "отменяю заказ 33 21",
        ),
        (
            "Заказ приехал, спасибо! Встречу отменить не пришлось",
            "Почему вы отменили скидку? Заказ на 5000 был",
            "Заказ не отменяйте, я заберу завтра",
            "Хочу изменить заказ: добавьте вторую коробку",
            "Где мой заказ?",
        ),
    ),
    "потеряли посылку": (
        (
            "Вы потеряли мою посылку, трек не обновляется две недели",
            "Посылка потерялась где-то в Самаре, помогите найти",
            "Похоже, курьер потерял посылку",
            "Посылку потеряли! Требую компенсацию",
            "Утеряна посылка с документами",
        ),
        (
            "Я потерял телефон, пришлите код на почту. Посылка у меня",
            "Посылка пришла, но чек потерялся",
            "Посылку получил, ничего не потеряли, спасибо",
            "Потеряла пароль от кабинета. Как узнать, где посылка?",
            "Вес посылки указан неверно",
        ),
    ),
    "грубый курьер": (
        (
            "Курьер нагрубил моей маме",
            "Ваш курьер грубо разговаривал и бросил коробку",
            "Очень грубый курьер, фамилия на Ш",
            "курьеры грубят, сколько можно",
        ),
        (
            "Курьер приехал вовремя, очень вежливый",
            "Коробка из грубого картона, а курьер молодец",
            "Как связаться с курьером?",
            "Грубых ошибок в документах нет, курьера отпустил",
        ),
    ),
}

ENGLISH: Labelled = {
    "cancel order": (
        (
            "Hi, I'd like to cancel my order 7781, changed my mind",
            "How do I cancel an order? There is no button in the app",
            "Please cancel yesterday's order!",
            "I ordered twice by accident, cancel the second order please",
            "Order cancellation for 3321",
            "My order should have been cancelled but it was shipped",
        ),
        (
            "The order arrived, thanks! No need to cancel the meeting",
            "Why did you cancel the discount? My order was 5000",
            "Do not cancel my order, I'll collect it tomorrow",
            "I want to change the order: add a second box",
            "Where is my order?",
        ),
    ),
    "lost parcel": (
        (
            "You lost my parcel, tracking has not moved for two weeks",
            "The parcel got lost somewhere in Leeds, please help",
            "I think the courier has lost the parcel",
            "Parcel lost! I demand compensation",
            "My parcels were lost in the mail",
        ),
        (
            "I lost my phone, send the code by mail. I have the parcel",
            "The parcel came but I lost the receipt",
            "Got the parcel, nothing was lost, thanks",
            "Lost my password. How do I see where the parcel is?",
            "The weight of the parcel is wrong",
        ),
    ),
    "rude courier": (
        (
            "The courier was rude to my mother",
            "Your courier was very rude and threw the box",
            "A really rude courier, no name on the badge",
            "Couriers are being rude, enough of this",
        ),
        (
            "The courier was on time and polite",
            "How do I contact the courier?",
            "Sorry if I sounded rude, the courier is great",
            "The rude word on the box is not from the courier, kids did it",
        ),
    ),
}
