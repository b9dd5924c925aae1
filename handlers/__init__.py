"""The features. Each module here that has a `router` is one; adding a file adds a feature."""

import importlib
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.core.router import Router


def load() -> "Router":
    """All features' routes in one router; raises ValueError where two claim the same name."""
    # Imported here so that `handlers.core.when` can be had alone, without the database.
    from handlers.core.router import Router

    router = Router()
    for found in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{found.name}")
        if isinstance(getattr(module, "router", None), Router):
            router.include(module.router)
    return router
