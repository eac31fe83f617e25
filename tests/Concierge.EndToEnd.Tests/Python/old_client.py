"""A client of one of the older servers: connects, and knows nothing of a concierge.

old_client.py URI

Every line of standard input is a JSON string, and is sent as a text frame; at the end of the input the socket is dropped
without a closing handshake, as these clients do. Every frame that is received is printed as a JSON string, a close as
{"closed": code}.
"""
import asyncio
import json
import sys
import threading

import websockets


def show(value):
    print(json.dumps(value), flush=True)


def feed(loop, lines):
    """Reads what is to be sent, on a thread of its own."""
    for line in sys.stdin:
        loop.call_soon_threadsafe(lines.put_nowait, json.loads(line))
    loop.call_soon_threadsafe(lines.put_nowait, None)


async def receive(socket):
    try:
        async for text in socket:
            show(text)
    except websockets.ConnectionClosed:
        pass
    show({"closed": socket.close_code})


async def main():
    lines = asyncio.Queue()
    threading.Thread(target=feed, args=(asyncio.get_running_loop(), lines), daemon=True).start()
    socket = await websockets.connect(sys.argv[1])
    receiving = asyncio.ensure_future(receive(socket))
    while True:
        text = await lines.get()
        if text is None:
            break
        await socket.send(text)
    receiving.cancel()
    socket.transport.abort()


asyncio.run(main())
