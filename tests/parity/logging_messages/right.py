import logging

log = logging.getLogger("shop.items")


def process(items):
    log.info("processing %d items", len(items))
    for item in items:
        if item < 0:
            log.warning("skipped %s", item)


def load(text):
    try:
        return int(text)
    except ValueError:
        log.exception("can't read %r", text)
        return None
