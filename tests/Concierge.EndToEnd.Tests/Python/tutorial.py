"""The chat service of the original server's tutorial, step by step and word for word.

tutorial.py URI NAME NICKNAME SERVICE SERVICE_NICKNAME

Prints a JSON object a line: first what it was greeted with, then each payload that it received.
"""
import asyncio
import json
import sys

import websockets

uri, name, nickname, service_name, service_nickname = sys.argv[1:]
version = "0.2.0"


def show(thing):
    print(json.dumps(thing), flush=True)


async def handle_payload(payload, socket):
    show(payload)
    if payload["type"] == "SERVICE_CLIENT_SUBSCRIBED":
        client = payload["client"]
        await send_to_all(socket, {"type": "STATUS", "text": f"{client['nickname'] or client['name']} joined the chat."})
    elif payload["type"] == "MESSAGE":
        msg_data = payload["data"]
        if msg_data["type"] != "TEXT":
            return
        if msg_data["text"] == "/about":
            await answer_about(socket, payload)
        else:
            await pass_on(socket, payload, msg_data)


async def send_to_all(socket, data):
    await socket.send(json.dumps({
        "type": "MESSAGE",
        "target": {
            "type": "SERVICE",
            "service": service_name
        },
        "data": data
    }))


async def pass_on(socket, payload, msg_data):
    output_name = payload["origin"]["nickname"] or payload["origin"]["name"]
    await socket.send(json.dumps({
        "type": "MESSAGE",
        "target": {
            "type": "SERVICE",
            "service": service_name
        },
        "data": {
            "type": "TEXT",
            "author": output_name,
            "author_uuid": payload["origin"]["uuid"],
            "text": msg_data["text"]
        }
    }))


async def answer_about(socket, payload):
    await socket.send(json.dumps({
        "type": "MESSAGE",
        "target": {
            "type": "SERVICE_CLIENT_UUID",
            "service": service_name,
            "uuid": payload["origin"]["uuid"]
        },
        "data": {
            "type": "TEXT",
            "author": "System Message",
            "author_uuid": "0",
            "text": "(Only you can see this!)\nERT Chat Service\nVersion: 0.1"
        }
    }))


async def main():
    # A plain string, as the tutorial passes it, is a list of its characters to the versions of its time; later ones
    # refuse a string.
    async with websockets.connect(uri, subprotocols=list("ert-concierge")) as socket:
        await socket.send(json.dumps({
            "type": "IDENTIFY",
            "name": name,
            "nickname": nickname,
            "version": version,
            "tags": ["service", "chat"]
        }))

        hello = json.loads(await socket.recv())
        uuid = hello["uuid"]
        server_version = hello["version"]
        show({"uuid": uuid, "server_version": server_version, "type": hello["type"], "subprotocol": socket.subprotocol})

        await socket.send(json.dumps({
            "type": "SERVICE_CREATE",
            "service": service_name,
            "nickname": service_nickname
        }))
        await socket.send(json.dumps({
            "type": "SELF_SUBSCRIBE",
            "service": service_name
        }))

        async for msg in socket:
            payload = json.loads(msg)
            await handle_payload(payload, socket)


asyncio.run(main())
