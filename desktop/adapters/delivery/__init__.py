"""The ways by which reports leave the desk: a web address, a mailbox, a shared folder."""

from __future__ import annotations

from desktop.adapters.delivery.folder import FolderSender
from desktop.adapters.delivery.https import HttpsSender
from desktop.adapters.delivery.secret import FindSecret
from desktop.adapters.delivery.smtp import SmtpSender
from desktop.domain.delivery_targets import FolderTarget, HttpsTarget, Target
from desktop.services.delivery_ports import Sender, SenderFactory


def sender_factory(find: FindSecret) -> SenderFactory:
    """Makes the sender of each target; `find` looks into the keyring."""

    def make(target: Target) -> Sender:
        if isinstance(target, HttpsTarget):
            return HttpsSender(target, find)
        if isinstance(target, FolderTarget):
            return FolderSender(target)
        return SmtpSender(target, find)

    return make
