"""Hundreds of robots that come and go at random, on several threads.

robots.py COUNT SEED URI...

When it is quiet again, prints {"here": n, "wrong": m}: how many robots are there, and how many of them saw another count
last. Then prints {"left": n} for a last robot that stays when all others have dropped their sockets.
"""
import asyncio
import json
import random
import sys
import threading
import time

import websockets

THREADS = 5
PATIENCE = 60

count, seed = int(sys.argv[1]), int(sys.argv[2])
uris = sys.argv[3:]


class Robot:
    def __init__(self):
        self.last = None

    async def join(self, uri):
        self.socket = await websockets.connect(uri, ping_interval=None, max_queue=None)
        self.reading = asyncio.ensure_future(self.read())

    async def read(self):
        try:
            async for text in self.socket:
                frame = json.loads(text)
                if frame["type"] == "users":
                    self.last = frame["count"]
        except websockets.ConnectionClosed:
            pass

    def drop(self):
        self.socket.transport.abort()


async def act(here, part):
    choose = random.Random(seed * 1000 + part)
    for _ in range(count // THREADS):
        if len(here) > 10 and choose.random() < 0.4:
            here.pop(choose.randrange(len(here))).drop()
        robot = Robot()
        await robot.join(choose.choice(uris))
        here.append(robot)


def until(done):
    end = time.monotonic() + PATIENCE
    while not done() and time.monotonic() < end:
        time.sleep(0.05)


def main():
    loops, crowds, acting = [], [], []
    for part in range(THREADS):
        loop = asyncio.new_event_loop()
        threading.Thread(target=loop.run_forever, daemon=True).start()
        here = []
        loops.append(loop)
        crowds.append(here)
        acting.append(asyncio.run_coroutine_threadsafe(act(here, part), loop))
    for part in acting:
        part.result()

    robots = [robot for here in crowds for robot in here]
    wrong = lambda: [robot for robot in robots if robot.last != len(robots)]
    until(lambda: not wrong())
    print(json.dumps({"here": len(robots), "wrong": len(wrong())}), flush=True)

    last = robots[0]
    for here, loop in zip(crowds, loops):
        for robot in here:
            if robot is not last:
                loop.call_soon_threadsafe(robot.drop)
    until(lambda: last.last == 1)
    print(json.dumps({"left": last.last}), flush=True)


main()
