"""The words that stand around texts on a site: menus, notices, credits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Words = Mapping[str, str | Sequence[str]]

FURNITURE: Mapping[str, Words] = {
    "ru": {
        "menu": ("Главная", "Новости", "Документы", "Фото", "Видео", "О нас"),
        "footer": ("Контакты", "Правила использования", "Реклама", "Карта сайта"),
        "search": "Поиск по сайту",
        "read_also": "Читайте также",
        "share": "Поделиться",
        "cookies": "Мы используем файлы cookie, чтобы сайт работал удобнее. Продолжая, вы соглашаетесь.",
        "accept": "Хорошо",
        "rights": "Все права защищены. При цитировании ссылка обязательна.",
        "photo": "Фото",
        "photographer": "Иван Сидоров",
        "advertising": "Реклама",
        "topics": "Темы",
        "category": "Политика",
        "tooltip": "Подробная справка:",
        "published_in": "Опубликовано в разделе «События»:",
        "print": "Версия для печати",
        "all_news": "Новости",
        "older": "Предыдущие",
        "contacts": "Пресс-центр",
        "address": "Телефон для справок: 000-00-00, ежедневно с 9 до 18.",
        "subscribe": "Подписывайтесь на канал и расскажите друзьям.",
        "friends": "Дружественный канал",
        "about": "О нашем сайте",
        "about_text": "Сайт обновляется каждый рабочий день.\n\nЗдесь публикуются сообщения и анонсы.",
    },
    "en": {
        "menu": ("Home", "News", "Documents", "Photos", "Video", "About us"),
        "footer": ("Contacts", "Terms of use", "Advertise", "Site map"),
        "search": "Search the site",
        "read_also": "Read also",
        "share": "Share",
        "cookies": "We use cookies to make this site work better. By staying here you agree to that.",
        "accept": "Accept",
        "rights": "All rights reserved. Please credit the source when quoting.",
        "photo": "Photo",
        "photographer": "John Smith",
        "advertising": "Advertisement",
        "topics": "Topics",
        "category": "Politics",
        "tooltip": "More about:",
        "published_in": "Published in the section Events:",
        "print": "Print version",
        "all_news": "News",
        "older": "Previous",
        "contacts": "Press centre",
        "address": "For enquiries call 000-00-00, daily from 9 to 18.",
        "subscribe": "Join the channel and tell your friends.",
        "friends": "A friendly channel",
        "about": "About this site",
        "about_text": "The site is updated every working day.\n\nIt carries announcements and releases.",
    },
}

MONTHS = {
    "ru": (
        "января", "февраля", "марта", "апреля", "мая", "июня",
        "июля", "августа", "сентября", "октября", "ноября", "декабря",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
