"""The two secrets of a run: one signs sessions and links, the other encrypts personal words.

Each comes from the environment, or else from a file in GONGZHI_HOME that only its owner may read. Outside
production a missing file is made; in production a missing secret stops the start, because a new data key
would make every stored personal word unreadable.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from gongzhi.config.environment import Environment


def secret_key(environment: Environment) -> str:
    """The key that signs sessions, links and forms (at least 50 characters when made here)."""
    return _secret(environment, "GONGZHI_SECRET_KEY", "secret.key", secrets.token_urlsafe(64))


def data_key(environment: Environment) -> str:
    """The key that encrypts personal words at rest: 32 bytes in URL-safe base64, as Fernet keys are.

    Raises ImproperlyConfigured when the text is no such key.
    """
    text = _secret(environment, "GONGZHI_DATA_KEY", "data.key", Fernet.generate_key().decode())
    try:
        Fernet(text)
    except ValueError as error:
        raise ImproperlyConfigured("GONGZHI_DATA_KEY must be 32 bytes in URL-safe base64.") from error
    return text


def _secret(environment: Environment, variable: str, file_name: str, fresh: str) -> str:
    if given := environment.variables.get(variable):
        return given
    file = environment.home / file_name
    if file.exists():
        return file.read_text().strip()
    if environment.is_production:
        raise ImproperlyConfigured(f"Production needs {variable}, or the file {file_name} in GONGZHI_HOME.")
    return _make_once(file, fresh)


def _make_once(file: Path, fresh: str) -> str:
    """Writes the secret whole or not at all; of several processes that start together, one wins."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(fresh + "\n")
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return file.read_text().strip()
