import asyncio
import threading

from asgiref.sync import sync_to_async

from foundation import threads


def served(requests, together):
    """The threads that answered so many requests, one after another or at once; and the server."""
    names = []

    async def app(_scope, _receive, _send):
        names.append(await sync_to_async(threading.get_ident)())

    async def serve():
        pool = threads.Threads(app)
        if together:
            await asyncio.gather(*(pool({}, None, None) for _ in range(requests)))
        else:
            for _ in range(requests):
                await pool({}, None, None)
        return pool

    pool = asyncio.run(serve())
    idle = len(pool.idle)
    for thread in pool.idle:
        thread.shutdown()
    return names, idle


def test_requests_one_after_another_share_a_thread_and_its_connection():
    names, idle = served(3, together=False)
    assert (len(set(names)), idle) == (1, 1)


def test_requests_at_once_have_a_thread_each_and_few_of_them_stay():
    names, idle = served(threads.MOST_IDLE + 2, together=True)
    assert (len(set(names)), idle) == (len(names), threads.MOST_IDLE)


def test_a_thread_of_a_request_that_failed_is_lent_again():
    async def app(_scope, _receive, _send):
        raise ValueError

    async def serve():
        pool = threads.Threads(app)
        await asyncio.gather(pool({}, None, None), return_exceptions=True)
        return pool

    assert len(asyncio.run(serve()).idle) == 1
