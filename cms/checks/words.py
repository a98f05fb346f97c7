"""Words that say nothing, and words that tell a language or a time."""

import re

EMPTY_LINKS = {
    *(
        "här",
        "läs mer",
        "läs mer här",
        "klicka här",
        "mer",
        "mer information",
        "mer info",
        "länk",
        "länken",
        "denna länk",
        "se mer",
    ),
    *("den här sidan", "ladda ner", "läs vidare", "till sidan", "gå till sidan", "öppna"),
    *(
        "here",
        "read more",
        "read more here",
        "click here",
        "more",
        "more information",
        "more info",
        "link",
        "this link",
        "see more",
    ),
    *("this page", "download", "learn more", "find out more", "go to page", "open"),
}

EMPTY_ALTS = {
    *("bild", "bilden", "bilder", "foto", "fotografi", "porträtt", "profilbild", "illustration", "logga", "logotyp", "ikon"),
    *("genrebild", "dekorbild", "omslagsbild", "skärmbild", "skärmdump", "diagram", "karta"),
    *("image", "images", "picture", "photo", "photograph", "portrait", "profile image", "profile picture", "graphic", "logo"),
    *("icon", "stock photo", "screenshot", "chart", "map", "banner", "header image"),
}
FILE_NAME = re.compile(
    r".*\.(?:avif|gif|jpe?g|png|svg|tiff?|webp)|(?:img|dsc|dscn|pxl|p|image|bild|foto|photo|screenshot)[-_ ]?\d[\w-]*",
    re.IGNORECASE,
)

SMALL_WORDS = {
    "sv": {"och", "på", "med", "en", "ett", "av", "som", "för", "är", "till", "den", "det", "vid", "runt", "från"},
    "en": {"and", "on", "with", "a", "an", "of", "the", "for", "is", "to", "at", "from", "are", "around", "image"},
}

TO_COME = {
    "sv": re.compile(r"\b(?:ska|skall|kommer att|planerar|planeras|väntas|beräknas|tänker)\b", re.IGNORECASE),
    "en": re.compile(
        r"\b(?:will|shall|(?:is|are) (?:going |due |planned |expected )?to|plans? to|intends? to|expects? to)\b", re.IGNORECASE
    ),
}
