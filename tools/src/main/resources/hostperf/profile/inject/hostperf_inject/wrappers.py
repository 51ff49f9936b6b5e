"""Switches the profiler on for as long as a function's own frames run."""
import functools
import time
import types

DONE = "__hostperf__"
DESCRIPTORS = (staticmethod, classmethod, property)
GENERATOR, COROUTINE, ITERABLE_COROUTINE, ASYNC_GENERATOR = 0x20, 0x80, 0x100, 0x200


def wrapped(value, target, name, recorder):
    """`value` with the profiler around it; itself, with a reason at the target, where it cannot."""
    if hasattr(recorder, "wrap"):
        return recorder.wrap(value, target, name)
    again = lambda inner: wrapped(inner, target, name, recorder)
    if isinstance(value, DESCRIPTORS):
        return of_descriptor(value, again)
    if isinstance(value, types.FunctionType):
        return of_function(value, target, name, recorder)
    if type(value).__name__ in ("cached_property", "partialmethod", "singledispatchmethod"):
        value.func = again(value.func)
        return value
    inner = innermost(value)
    if isinstance(inner, types.FunctionType) and recorder.register(inner, target, name):
        return of_object(value, target, recorder)
    if callable(value) and not isinstance(value, type):
        return timed(value, target, name, recorder)
    target.fail("`%s` is a %s, no function" % (name, type(value).__name__))
    return value


def of_descriptor(value, again):
    """With what it holds wrapped by `again`."""
    if not isinstance(value, property):
        inner = again(value.__func__)
        return value if inner is value.__func__ else type(value)(inner)
    if value.fget is not None:
        value = value.getter(again(value.fget))
    if value.fset is not None:
        value = value.setter(again(value.fset))
    if value.fdel is not None:
        value = value.deleter(again(value.fdel))
    return value


def of_function(function, target, name, recorder):
    if getattr(function, DONE, False):
        return function
    inner = innermost(function)
    if not isinstance(inner, types.FunctionType):
        return timed(function, target, name, recorder)
    if not recorder.register(inner, target, name):
        return function
    return recorder.around(function, target)


def of_object(value, target, recorder):
    """An object around a function. That of `lru_cache` is wrapped with its methods; of others only
    the inner function is known to the profiler, which sees it when it is on already."""
    if not hasattr(value, "cache_info"):
        target.remark = "is a %s: seen only while another profiled function runs" % (
            type(value).__name__)
        return value
    return with_cache(plain(value, recorder.profiler), value)


def with_cache(wrapper, value):
    """With the methods of an `lru_cache`, where `value` has them."""
    for name in ("cache_info", "cache_clear", "cache_parameters"):
        if hasattr(value, name):
            setattr(wrapper, name, getattr(value, name))
    return wrapper


def innermost(value):
    seen = set()
    while hasattr(value, "__wrapped__") and id(value) not in seen:
        seen.add(id(value))
        value = value.__wrapped__
    return value


def around(function, profiler):
    flags = function.__code__.co_flags
    if flags & COROUTINE:
        wrapper = of_coroutine(function, profiler)
    elif flags & ASYNC_GENERATOR:
        wrapper = of_async_generator(function, profiler)
    elif flags & (GENERATOR | ITERABLE_COROUTINE):
        wrapper = of_generator(function, profiler)
        if flags & ITERABLE_COROUTINE:
            wrapper = types.coroutine(wrapper)
    else:
        return plain(function, profiler)
    return finished(wrapper, function)


def plain(function, profiler):
    enable, disable = profiler.enable_by_count, profiler.disable_by_count

    def wrapper(*args, **kwargs):
        enable()
        try:
            return function(*args, **kwargs)
        finally:
            disable()

    return finished(wrapper, function)


def of_generator(function, profiler):
    def wrapper(*args, **kwargs):
        return (yield from driven(function(*args, **kwargs), profiler))

    return wrapper


def of_coroutine(function, profiler):
    async def wrapper(*args, **kwargs):
        return await awaited(function(*args, **kwargs), profiler)

    return wrapper


def of_async_generator(function, profiler):
    async def wrapper(*args, **kwargs):
        inner = function(*args, **kwargs)
        step = inner.asend(None)
        while True:
            try:
                item = await awaited(step, profiler)
            except StopAsyncIteration:
                return
            try:
                step = inner.asend((yield item))
            except GeneratorExit:
                await inner.aclose()
                raise
            except BaseException as e:
                step = inner.athrow(e)

    return wrapper


@types.coroutine
def awaited(steps, profiler):
    return (yield from driven(steps, profiler))


def driven(steps, profiler):
    """`yield from steps`, with the profiler on only while `steps` itself runs."""
    resume, value = steps.send, None
    while True:
        profiler.enable_by_count()
        try:
            item = resume(value)
        except StopIteration as stop:
            return stop.value
        finally:
            profiler.disable_by_count()
        try:
            resume, value = steps.send, (yield item)
        except GeneratorExit:
            steps.close()
            raise
        except BaseException as e:
            resume, value = steps.throw, e


def timed(value, target, name, recorder):
    """Without a code object there are no lines: the calls are counted and timed."""
    timer = recorder.timer(name, target, type(value).__name__)

    def wrapper(*args, **kwargs):
        start = time.perf_counter_ns()
        try:
            return value(*args, **kwargs)
        except BaseException:
            timer.exceptions += 1
            raise
        finally:
            timer.add(time.perf_counter_ns() - start)

    return finished(wrapper, value)


def finished(wrapper, function):
    functools.update_wrapper(wrapper, function)
    setattr(wrapper, DONE, True)
    return wrapper
