"""Starts bots quickly: the imports are paid for once, then every bot is a fork of this process.

Reads one order a line (JSON); answers with the bot's process id, and with "ended" once it has.
"""

import json
import os
import sys

from tests.crash import child


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        number = os.fork()
        if number == 0:
            child.live(order)
            os._exit(0)
        print(number, flush=True)
        _, status = os.waitpid(number, 0)
        print(json.dumps({"signal": os.WTERMSIG(status), "code": status >> 8}), flush=True)


if __name__ == "__main__":
    main()
