"""One end of a bad line between two machines: packets take their time, and some never come.

usage: wire.py OWN-SOCKET OTHER-SOCKET OWN-ADDRESS OTHER-ADDRESS MILLISECONDS LOST-IN-1000 SEED

It makes a device of this machine whose packets go to the other end, so many milliseconds later and up to half as
much again; so many of a thousand are lost. It says "up" when the device is there.
"""

import fcntl
import heapq
import os
import random
import select
import socket
import struct
import subprocess
import sys
import time

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
# Of this many that wait, the next is lost, as a full router loses it.
MOST = 2000

own, other, address, peer, delay, lost, seed = sys.argv[1:]
delay, lost, chance = int(delay) / 1000, int(lost) / 1000, random.Random(int(seed))
device = os.open("/dev/net/tun", os.O_RDWR)
name = "wire" + address.split(".")[2]
fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH14x", name.encode(), IFF_TUN | IFF_NO_PI))
for words in (f"addr add {address} peer {peer} dev {name}", f"link set {name} mtu 1400 up"):
    subprocess.run(["ip"] + words.split(), check=True)
line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
line.bind(own)
line.setblocking(False)
print("up", flush=True)

waiting, number = [], 0
while True:
    due = waiting[0][0] - time.monotonic() if waiting else None
    ready, _, _ = select.select([device, line], [], [], max(0, due) if waiting else None)
    if device in ready:
        packet = os.read(device, 2000)
        if chance.random() >= lost and len(waiting) < MOST:
            number += 1
            heapq.heappush(waiting, (time.monotonic() + delay * chance.uniform(1, 1.5), number, packet))
    if line in ready:
        try:
            os.write(device, line.recv(2000))
        except OSError:
            pass  # No packet of this network: lost.
    while waiting and waiting[0][0] <= time.monotonic():
        _, _, packet = waiting[0]
        try:
            line.sendto(packet, other)
        except BlockingIOError:
            time.sleep(0.001)  # The other end takes ten at once: what comes behind waits for it.
            break
        except OSError:
            pass  # The other end is not there: lost.
        heapq.heappop(waiting)
