"""The pretend account: its names, its secrets, and what it may do by its kind."""

from dataclasses import dataclass, field

KINDS = ("personal", "subscription", "service")
VERIFIED = frozenset({"message/custom/send", "message/subscribe/bizsend", "menu/create"})
SERVICE = frozenset({"message/template/send", "qrcode/create"})


@dataclass
class Account:
    """What the owner of an account reads off its pages; the secrets are worth nothing anywhere else."""

    kind: str = "service"
    app_id: str = "wxsandbox0000000001"
    original: str = "gh_sandbox000001"
    secret: str = field(default="sandbox-app-secret-of-this-computer", repr=False)
    token: str = field(default="sandboxtoken", repr=False)
    aes_key: str = field(default="sandboxsandboxsandboxsandboxsandboxsandbox0", repr=False)
    # Approved forms, with the fields each has.
    templates: dict[str, list[str]] = field(default_factory=lambda: {"REMIND": ["thing1"]})

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind}: one of {', '.join(KINDS)}")

    def may(self, method: str) -> bool:
        """Whether an account of this kind has the right to call *method*."""
        if method in SERVICE:
            return self.kind == "service"
        return method not in VERIFIED or self.kind != "personal"
