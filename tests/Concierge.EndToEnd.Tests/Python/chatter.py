"""Somebody who visits a chat: subscribes, says something, asks /about, leaves.

chatter.py URI NAME NICKNAME SERVICE TEXT

Prints each payload that it received as a JSON object a line.
"""
import asyncio
import json
import sys

import websockets

uri, name, nickname, service, text = sys.argv[1:]


async def receive(socket, what, is_it):
    """Waits for a certain payload, and shows those that come before it, too."""
    try:
        while True:
            payload = json.loads(await asyncio.wait_for(socket.recv(), 20))
            print(json.dumps(payload), flush=True)
            if is_it(payload):
                return payload
    except asyncio.TimeoutError:
        sys.exit(f"{name} waited in vain for {what}")


def is_data(kind, text_of=None):
    return lambda payload: (payload["type"] == "MESSAGE" and payload["data"]["type"] == kind
                            and text_of in (None, payload["data"]["text"]))


def is_type(*types):
    return lambda payload: payload["type"] in types and "seq" in payload


async def say(socket, words):
    await socket.send(json.dumps({
        "type": "MESSAGE",
        "target": {"type": "SERVICE", "service": service},
        "data": {"type": "TEXT", "text": words}
    }))


async def main():
    async with websockets.connect(uri, subprotocols=["ert-concierge"]) as socket:
        await socket.send(json.dumps({"type": "IDENTIFY", "name": name, "nickname": nickname, "version": "0.2.0", "tags": []}))
        await receive(socket, "HELLO", lambda payload: payload["type"] == "HELLO")

        await socket.send(json.dumps({"type": "SELF_SUBSCRIBE", "service": service}))
        await receive(socket, "its subscription", is_type("SELF_SUBSCRIBE_RESULT"))
        await receive(socket, "its own arrival", is_data("STATUS"))

        await say(socket, text)
        await receive(socket, "what it said", is_data("TEXT", text))
        await say(socket, "/about")
        await receive(socket, "the answer to /about", is_data("TEXT"))

        await socket.send(json.dumps({"type": "SELF_UNSUBSCRIBE", "service": service}))
        await receive(socket, "the end of its subscription", is_type("SELF_UNSUBSCRIBE_RESULT"))


asyncio.run(main())
