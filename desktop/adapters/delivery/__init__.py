"""The ways by which reports leave the desk: a web address, a mailbox, a shared folder."""

from __future__ import annotations

from desktop.adapters.delivery.secret import FindSecret
from desktop.domain.delivery_targets import FolderTarget, HttpsTarget, Target
from desktop.services.delivery_ports import Sender, SenderFactory


def sender_factory(find: FindSecret) -> SenderFactory:
    """Makes the sender of each target; `find` looks into the keyring."""

    def make(target: Target) -> Sender:
        # Each with its library only where a policy sends reports that way.
        if isinstance(target, HttpsTarget):
            from desktop.adapters.delivery.https import HttpsSender

            return HttpsSender(target, find)
        if isinstance(target, FolderTarget):
            from desktop.adapters.delivery.folder import FolderSender

            return FolderSender(target)
        from desktop.adapters.delivery.smtp import SmtpSender

        return SmtpSender(target, find)

    return make
