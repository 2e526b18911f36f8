"""Files people and bots sent, by file_id."""


class FileStore:
    pass
