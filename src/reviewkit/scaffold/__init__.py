"""Starts a workspace and the parameters of a client, with every key explained in place."""

from reviewkit.scaffold.write import Made, init_workspace, new_client

__all__ = ["Made", "init_workspace", "new_client"]
