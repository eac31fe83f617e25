"""A device as it was written for the old server: a connection for each exchange. Prints the answer's topic and data, one JSON array a line."""
import json
import socket
import sys

host, port, device, exchanges = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
for number in range(exchanges):
    sock = socket.create_connection((host, port))
    text = json.dumps({"m_id": int(device), "data": [json.dumps({"linear": {"x": number}}), json.dumps("} {")]}).encode()
    for start in range(0, len(text), 11):
        sock.sendall(text[start:start + 11])
    received = b""
    while b"{" not in received:
        received += sock.recv(1)
    length = int(received[:-1])
    while len(received) < length:
        received += sock.recv(length - len(received))
    sock.close()
    answer = json.loads(received[received.index(b"{"):])
    print(json.dumps([answer["topic"], json.loads(answer["data"])]), flush=True)
    if number + 1 < exchanges:
        sys.stdin.readline()
