"""Every table; importing this package makes the metadata complete."""

import importlib
import pkgutil

from sqlmodel import SQLModel

# What checks values is made when it is first asked for; of rows nobody asks it.
SQLModel.model_config["defer_build"] = True
for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")

metadata = SQLModel.metadata
