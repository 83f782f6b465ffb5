"""What can go wrong in the pipeline. The id is the contract; the words are a template's."""


class PipelineError(Exception):
    """The base of all of them.

    `id` names the error to templates, logs and callers and never changes. `visitors` says whose
    it is to mend (the visitor's, or ours), `again` whether the same attempt may yet succeed.
    """

    id = "pipeline"
    visitors = False
    again = True


class EngineUnavailableError(PipelineError):
    """This server cannot run that engine; the first argument says why."""

    id = "engine-unavailable"


class StepFailedError(PipelineError):
    """A step raised something nobody foresaw; the cause is chained."""

    id = "step-failed"


class DeviceFullError(PipelineError):
    """Even alone, the picture is too much for the device's memory."""

    id = "device-full"
    again = False


class DeviceLostError(PipelineError):
    """The device answers this process no more: only another process can go on."""

    id = "device-lost"


class CancelledError(PipelineError):
    """Whoever asked no longer wants the result."""

    id = "cancelled"
    visitors = True


class NotObedientError(PipelineError):
    """A model changed the product in every picture that it drew."""

    id = "not-obedient"


class NoLoraError(PipelineError):
    """The style that was asked for is not on this server, or does not fit the model."""

    id = "no-lora"
    again = False


class NoSubjectError(PipelineError):
    """Nothing in the picture stands out from the rest of it."""

    id = "no-subject"
    visitors = True
    again = False
