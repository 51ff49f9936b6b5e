"""A radix cache in plain Python, `radix.py STEPS`: each step makes thousands of short calls."""
import json
import random
import sys


class Node:
    def __init__(self, key, parent):
        self.key = key
        self.parent = parent
        self.children = {}
        self.used = 0


class Key:
    def __init__(self, ids):
        self.ids = ids

    def __len__(self):
        return len(self.ids)

    def __getitem__(self, at):
        return Key(self.ids[at])

    def child(self):
        return self.ids[0]


def match(a, b):
    n = min(len(a), len(b))
    for i in range(n):
        if a.ids[i] != b.ids[i]:
            return i
    return n


class Cache:
    def __init__(self):
        self.root = Node(Key([]), None)
        self.clock = 0

    def touch(self, node):
        self.clock += 1
        node.used = self.clock

    def find(self, key):
        """The node under which the rest of the key belongs."""
        node = self.root
        while len(key):
            child = node.children.get(key.child())
            if child is None:
                break
            self.touch(child)
            n = match(child.key, key)
            node = child if n == len(child.key) else self.split(child, n)
            key = key[n:]
        return node, key

    def insert(self, key):
        node, rest = self.find(key)
        if len(rest):
            node.children[rest.child()] = Node(rest, node)

    def split(self, child, n):
        head = Node(child.key[:n], child.parent)
        child.parent.children[child.key.child()] = head
        child.key = child.key[n:]
        child.parent = head
        head.children[child.key.child()] = child
        return head

    def size(self):
        total = 0
        stack = [self.root]
        while stack:
            node = stack.pop()
            total += len(node.key)
            for child in node.children.values():
                stack.append(child)
        return total


class Load:
    def __init__(self):
        self.random = random.Random(1)
        self.cache = Cache()
        self.prefixes = [self.tokens(60) for _ in range(30)]

    def tokens(self, n):
        return [self.random.randrange(500) for _ in range(n)]

    def step(self):
        for _ in range(10):
            prefix = self.random.choice(self.prefixes)
            self.cache.insert(Key(prefix[: self.random.randrange(5, 60)] + self.tokens(10)))
        if self.cache.size() > 20_000:
            self.cache = Cache()


def main():
    load = Load()
    codes = [Cache.find.__code__, Cache.size.__code__, Key.__len__.__code__, match.__code__]
    steps = int(sys.argv[1])
    restored = 0
    for _ in range(steps):
        load.step()
        restored += codes == [
            Cache.find.__code__, Cache.size.__code__, Key.__len__.__code__, match.__code__]
    print(json.dumps({"steps": steps, "restored": restored}))


if __name__ == "__main__":
    main()
