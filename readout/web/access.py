"""Who may ask and who may correct: users with hashed passwords, a token, sessions in a signed cookie."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import json
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from readout.errors import UsageError

Role = Literal["read", "correct", "admin"]
#: From the least to the greatest; each may do what those before it may.
ROLES: tuple[Role, ...] = get_args(Role)

COOKIE = "readout_session"
SESSION = 12 * 3600  # seconds
SHORTEST = 16  # letters of a token, 12 of a password
_SHORTEST_PASSWORD = 12
_N, _R, _P = 2**14, 8, 1  # scrypt: 16 MiB, about 50 ms
_LONGEST = 1_024


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who asks, under the name that the history of corrections gives."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether the role, or a greater one, is theirs."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True)
class Account:
    """A line of a file of users."""

    name: str
    role: Role
    hashed: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Access:
    """Who may do what here.

    Attributes:
        local: who everybody is where neither users nor a token are given.
        accounts: users by their names.
        token: what opens the pages to whoever has it, with the role to correct.
        hosts: the names under which the pages may be asked for, without ports, in small letters.
        secret: what sessions are signed with; made anew at each start, which ends them all.
        clock: seconds.
    """

    local: User | None
    accounts: Mapping[str, Account] = field(default_factory=dict)
    token: str | None = field(default=None, repr=False)
    hosts: frozenset[str] = frozenset(("127.0.0.1", "localhost", "[::1]"))
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    clock: Callable[[], float] = time.time

    def log_in(self, name: str, password: str) -> User | None:
        """The user of a name and password, or of any name and the token; None where they are not right."""
        if not name.strip() or len(name) > _LONGEST or len(password) > _LONGEST or not name.isprintable():
            return None
        account = self.accounts.get(name.strip())
        if account is not None:
            return User(account.name, account.role) if matches(password, account.hashed) else None
        if self.accounts:
            matches(password, _NOBODY)  # it takes as long as for a name that is known
        return self.bearer(password, name.strip())

    def bearer(self, token: str, name: str = "token") -> User | None:
        """Who has the token; None where it is another."""
        right = self.token is not None and hmac.compare_digest(token.encode("utf-8", "replace"), self.token.encode())
        return User(name, "correct") if right else None

    def session(self, user: User) -> str:
        """The value of a cookie that says who somebody is, for twelve hours."""
        content = [user.name, user.role, int(self.clock()) + SESSION]
        body = base64.urlsafe_b64encode(json.dumps(content).encode()).decode()
        return f"{body}.{self._signed(body)}"

    def whose(self, cookie: str) -> User | None:
        """Who a cookie says that somebody is; None where it is not ours, is over, or names a user of another role by now."""
        body, _, signature = cookie.partition(".")
        if not hmac.compare_digest(signature.encode("utf-8", "replace"), self._signed(body).encode()):
            return None
        name, role, until = json.loads(base64.urlsafe_b64decode(body))
        if until < self.clock():
            return None
        account = self.accounts.get(name)
        return User(name, role) if account is None or account.role == role else None

    def _signed(self, body: str) -> str:
        return hmac.new(self.secret, body.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def hash_password(password: str, salt: bytes | None = None) -> str:
    """A password as a file of users keeps it: scrypt's numbers, the salt and the hash.

    Raises:
        UsageError: it is too short or too long.
    """
    if not _SHORTEST_PASSWORD <= len(password) <= _LONGEST:
        raise UsageError(f"a password has from {_SHORTEST_PASSWORD} to {_LONGEST:,} letters")
    salt = secrets.token_bytes(16) if salt is None else salt
    made = hashlib.scrypt(password.encode("utf-8", "surrogatepass"), salt=salt, n=_N, r=_R, p=_P)
    return f"scrypt${_N}${_R}${_P}${salt.hex()}${made.hex()}"


def matches(password: str, hashed: str) -> bool:
    """Whether a password is the one that was hashed."""
    _, n, r, p, salt, made = hashed.split("$")
    again = hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"), salt=bytes.fromhex(salt), n=int(n), r=int(r), p=int(p)
    )
    return hmac.compare_digest(again.hex(), made)


_NOBODY = f"scrypt${_N}${_R}${_P}${'00' * 16}${'00' * 64}"


def read_users(path: Path) -> dict[str, Account]:
    """The users of a file: a line each, `name:role:hash`; empty lines and those that begin with # say nothing.

    Raises:
        UsageError: it cannot be read, or a line is none; the message holds no hash.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: the users cannot be read: {getattr(error, 'strerror', None) or error}") from error
    found: dict[str, Account] = {}
    for n, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, rest = line.strip().partition(":")
        role, _, hashed = rest.partition(":")
        if not name or role not in ROLES or not _is_hash(hashed):
            raise UsageError(
                f"{path} line {n}: not name:role:hash, with a role of {', '.join(ROLES)}; `readout serve --add-user` writes one"
            )
        if name in found:
            raise UsageError(f"{path} line {n}: {name} is there twice")
        found[name] = Account(name, role, hashed)
    if not found:
        raise UsageError(f"{path}: there is nobody in it; `readout serve --add-user NAME --users {path}` adds one")
    return found


def _is_hash(text: str) -> bool:
    parts = text.split("$")
    if len(parts) != 6 or parts[0] != "scrypt" or not all(part.isdecimal() for part in parts[1:4]):
        return False
    n, r, p = (int(part) if len(part) < 9 else 0 for part in parts[1:4])
    try:
        salt, made = bytes.fromhex(parts[4]), bytes.fromhex(parts[5])
    except ValueError:
        return False
    # What would take more than 64 MiB is none of ours.
    return n >= _N and n & (n - 1) == 0 and 1 <= r <= 32 and 1 <= p <= 4 and n * r <= 2**19 and bool(salt and made)


def add_user(path: Path, name: str, role: Role, password: str) -> None:
    """Writes a user into a file of users, in place of one of the same name; the file is for its owner alone.

    Raises:
        UsageError: the name or the password cannot be, or the file cannot be read or written.
    """
    if not name.strip() or ":" in name or not name.isprintable() or name.startswith("#") or len(name) > 100:
        raise UsageError(f"{name!r} cannot be a name: letters without a colon, 100 at most")
    users = read_users(path) if path.exists() and path.stat().st_size else {}
    users[name.strip()] = Account(name.strip(), role, hash_password(password))
    text = "".join(f"{user.name}:{user.role}:{user.hashed}\n" for user in users.values())
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.unlink(missing_ok=True)
        beside.touch(mode=0o600, exist_ok=False)
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error


def is_loopback(host: str) -> bool:
    """Whether an address is of this machine alone."""
    try:
        return host.casefold() == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def access_for(host: str, *, users: Path | None, token: str | None, names: tuple[str, ...], local_name: str) -> Access:
    """Who may do what, from what was said at the start.

    Args:
        host: the address that is listened on.
        users: a file of users.
        token: a token.
        names: further names under which the pages may be asked for.
        local_name: who corrects where everybody may.

    Raises:
        UsageError: others could ask and neither users nor a token are given, the token is too short, or the users cannot be read.
    """
    if users is None and token is None and not is_loopback(host):
        raise UsageError(
            f"{host} can be reached by others: give --token or --users, or leave --host away to be asked by this machine alone"
        )
    if token is not None and (len(token) < SHORTEST or not token.isascii() or not token.isprintable()):
        raise UsageError(f"a token has {SHORTEST} ASCII letters or more: `openssl rand -hex 24` makes one")
    accounts = read_users(users) if users is not None else {}
    own = {"127.0.0.1", "localhost", "[::1]"}
    if host not in ("0.0.0.0", "::", ""):  # noqa: S104 - these are compared, not listened on
        own.add(f"[{host}]" if ":" in host and not host.startswith("[") else host)
    hosts = frozenset(name.strip().casefold() for name in (*own, *names))
    local = User(local_name, "admin") if users is None and token is None else None
    return Access(local, accounts, token, hosts)
