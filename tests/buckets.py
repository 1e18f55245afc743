"""A real S3 interface for the tests that need one: moto's server."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import Request, urlopen

import boto3
from moto.server import ThreadedMotoServer


class Storage:
    """An S3 server with one bucket; ``environment`` is what leads a client there."""

    def __init__(self) -> None:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
        self._server.start()
        host, port = self._server.get_host_and_port()
        self.environment = {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
        self._client: Any = boto3.client(
            "s3",
            endpoint_url=self.environment["AWS_ENDPOINT_URL"],
            aws_access_key_id="key",
            aws_secret_access_key="secret",
            region_name="us-east-1",
        )
        self._reset()  # all servers of a process share what they hold
        self._client.create_bucket(Bucket="bucket")

    def _reset(self) -> None:
        address = f"{self.environment['AWS_ENDPOINT_URL']}/moto-api/reset"
        urlopen(Request(address, method="POST")).close()

    def put(self, files: dict[str, str]) -> None:
        """Write files into the folder ``stories`` of the bucket."""
        for name, text in files.items():
            self._client.put_object(Bucket="bucket", Key=f"stories/{name}", Body=text.encode())

    def delete(self, name: str) -> None:
        """Remove a file of the folder ``stories``."""
        self._client.delete_object(Bucket="bucket", Key=f"stories/{name}")

    def stop(self) -> None:
        """Answer nothing any more."""
        self._client.close()
        self._server.stop()


@contextmanager
def storage() -> Iterator[Storage]:
    """Yield an S3 server until the block ends."""
    server = Storage()
    try:
        yield server
    finally:
        server.stop()
