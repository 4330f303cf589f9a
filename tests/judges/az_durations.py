"""Prints durations as azure-cli prints them, with its own models and its own conversion to JSON, offline.

Standard input:   one ISO 8601 duration per line.
Standard output:  per line the sync window of a connected registry that has this duration, as
                  `az acr connected-registry show --query parent.syncProperties.syncWindow --output tsv` prints it.
"""

import sys

from azure.cli.core.util import todict
from azure.mgmt.containerregistry._utils.model_base import _deserialize
from azure.mgmt.containerregistry.models import ConnectedRegistry

for line in sys.stdin:
    synchronization = {"tokenId": "token", "messageTtl": "P1D", "syncWindow": line.strip()}
    properties = {"mode": "ReadOnly", "parent": {"syncProperties": synchronization}}
    connected_registry = todict(_deserialize(ConnectedRegistry, {"properties": properties}))
    print(connected_registry["parent"]["syncProperties"]["syncWindow"])
