"""One function of each shape that a target name can have; run as a script or with -m."""
import asyncio
import functools

REGISTRY = []


def registered(function):
    REGISTRY.append(function)
    return function


def decorated(function):
    @functools.wraps(function)
    def wrapper(*args):
        return function(*args)

    return wrapper


class Outer:
    class Inner:
        def method(self, n):
            return n

    @property
    def prop(self):
        return 1

    @prop.setter
    def prop(self, value):
        self.value = value

    @staticmethod
    def static(n):
        return n

    @classmethod
    def klass(cls, n):
        return n

    @decorated
    def wrapped(self, n):
        return n


class Derived(Outer):
    pass


@registered
def handler(n):
    return n


def generator(n):
    for i in range(n):
        yield i


async def coroutine(n):
    await asyncio.sleep(0)
    return n


async def async_generator(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i


@functools.lru_cache
def cached(n):
    return n


def never():
    return 0


async def asynchronous():
    assert await coroutine(3) == 3
    return [i async for i in async_generator(4)]


def main():
    outer = Derived()
    for i in range(3):
        outer.prop = outer.prop
        assert Outer.Inner().method(i) == outer.static(i) == Derived.klass(i) == outer.wrapped(i)
        assert REGISTRY[0](i) == cached(i)
    assert list(generator(4)) == asyncio.run(asynchronous()) == [0, 1, 2, 3]
    print("main of", __name__, "in", main.__module__, cached.cache_info().misses)


if __name__ == "__main__":
    main()
