"""A robot as it was written for the old server: a bare socket, JSON objects without separators.

It counts braces as they come and knows nothing of strings with braces in them; what it sends it sends as the kernel likes.
Prints what it was sent, one JSON object a line; "gone" when the server has closed.
"""
import json
import socket
import sys
import time

host, port, robot_id, name = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
sock = socket.create_connection((host, port))
sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def receive():
    buffer = ""
    while True:
        data = sock.recv(7)
        if not data:
            return
        buffer += data.decode("latin-1")
        while buffer.count("{") and buffer.count("{") == buffer.count("}"):
            try:
                value, end = json.JSONDecoder().raw_decode(buffer)
            except ValueError:
                break
            buffer = buffer[end:]
            yield value


def send(*messages):
    data = "".join(json.dumps(message) for message in messages).encode()
    half = len(data) // 2
    sock.sendall(data[:half])
    time.sleep(0.02)
    sock.sendall(data[half:])


received = receive()
print(json.dumps(next(received)), flush=True)
send({"type": "self_info", "data": {"name": name, "id": robot_id}}, {"type": "climate_data", "data": {"temperature": 215, "pressure": 99812}})
for message in received:
    print(json.dumps(message), flush=True)
    if message.get("type") == "com_motor":
        send(
            {"type": "orientation_data", "data": {"pitch": 1.5, "roll": -2.25}},
            {"type": "msg", "data": {"data": "a } in a \" string {"}},
        )
print(json.dumps("gone"), flush=True)
