"""What others may not do with a call of ours: send it elsewhere, replace it, lead it to another number."""

from __future__ import annotations

from typing import Any

import pjsua2 as pj

from desktop.adapters.sip.library import guarded


class NotMoved(pj.Call):  # type: ignore[misc]
    """A call that stays where it is."""

    @guarded
    def onCallTransferRequest(self, prm: Any) -> None:
        """Others may not send our calls elsewhere."""
        prm.statusCode = pj.PJSIP_SC_DECLINE

    @guarded
    def onCallReplaceRequest(self, prm: Any) -> None:
        """Nor replace them."""
        prm.statusCode = pj.PJSIP_SC_DECLINE

    def onCallRedirected(self, prm: Any) -> int:
        """Nor lead them to somebody whom the agent has not called: the call ends as moved."""
        return int(pj.PJSIP_REDIRECT_REJECT)
