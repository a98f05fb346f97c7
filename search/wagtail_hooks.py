from wagtail import hooks

from search import upkeep

MINUTE, DAY = 60, 86400


@hooks.register("register_jobs")
def keep_the_index() -> list[tuple]:
    return [
        ("search index", 2, upkeep.keep),
        ("search index: what time changes", MINUTE, upkeep.follow_time),
        ("search index: mend", DAY, upkeep.mend),
    ]
