"""What the old page does, without the page: prints all that it hears, and drives the robot of the given id as soon as it is in the list."""
import asyncio
import json
import sys

import websockets

url, robot_id = sys.argv[1], sys.argv[2]


async def main():
    async with websockets.connect(url) as socket:
        paired = False
        async for text in socket:
            print(text, flush=True)
            message = json.loads(text)
            if message["type"] == "robots" and not paired and any(robot["id"] == robot_id for robot in message["data"]):
                paired = True
                await socket.send(json.dumps({"type": "conn_req", "data": {"id": robot_id}}))
                await socket.send(json.dumps({"type": "com_motor", "data": {"m1": {"dir": "CW", "spd": 40}, "m2": {"dir": "CCW", "spd": 20}}}))
            if message["type"] == "msg" or (message["type"] == "motor_state" and message["data"]["m1"]["spd"] == 40):
                await socket.send("quit")


asyncio.run(main())
