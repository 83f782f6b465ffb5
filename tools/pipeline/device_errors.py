"""What a device's errors mean, told by their names and words: no library is imported for it."""

from collections.abc import Iterator

NO_MEMORY = ("out of memory", "failed to allocate", "cublas_status_alloc_failed")
# After these every later use of the device by this process fails too.
POISONED = ("cuda error", "cublas_status", "cudnn error", "cudnn_status", "device-side assert")


def causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


def is_out_of_memory(error: BaseException) -> bool:
    return any(
        isinstance(cause, MemoryError)
        or type(cause).__name__ == "OutOfMemoryError"
        or (isinstance(cause, RuntimeError) and says(cause, NO_MEMORY))
        for cause in causes(error)
    )


def is_poisoned(error: BaseException) -> bool:
    """Whether the device is lost to this process."""
    return not is_out_of_memory(error) and any(
        type(cause).__name__ == "AcceleratorError"
        or (isinstance(cause, RuntimeError) and says(cause, POISONED))
        for cause in causes(error)
    )


def says(error: BaseException, words: tuple[str, ...]) -> bool:
    said = str(error).lower()
    return any(word in said for word in words)
