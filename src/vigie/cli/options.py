"""Options that several commands have, said once."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any


def command(
    run: Callable[..., None], told: Callable[..., Any], *parts: Callable[..., Any], without: str | None = None
) -> Callable[..., None]:
    """A command that calls `run` with the parameters of several functions, `parts`, in their order; `told` has its name
    and its words for the help. A parameter called `without` is none of the command's: `run` sees to it."""

    def called(**given: Any) -> None:
        run(**given)

    parameters = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for part in parts
        for parameter in inspect.signature(part, eval_str=True).parameters.values()
        if parameter.name != without
    ]
    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    called.__name__, called.__doc__ = told.__name__, told.__doc__
    return called
